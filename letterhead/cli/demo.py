"""The demo practice: synthetic, and the same every time except for its dates."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from letterhead.accounts.models import User
from letterhead.cli.demo_calendar import make_calendar
from letterhead.cli.demo_cards import make_cards
from letterhead.cli.demo_clients import make_clients
from letterhead.cli.demo_photos import add_photos
from letterhead.details.actions import (
    Confirmation,
    GeneralDetails,
    NewLicense,
    NewOtherId,
    NewPhone,
    Registration,
    add_member,
    change_general_details,
    confirm,
    register_practice,
)
from letterhead.details.queries import practitioners_in
from letterhead.practices.actions import (
    add_payer,
    change_billing_details,
    change_location,
    change_practice_details,
)
from letterhead.practices.days import today_in
from letterhead.practices.models import Payer, Practice
from letterhead.practices.queries import locations_in, practice_with_slug
from letterhead.practices.roles import Role

if TYPE_CHECKING:
    from letterhead.details.models import Practitioner

PASSWORD = "letterhead-demo-only"  # noqa: S105 (public on purpose)
SLUG = "riverside"


def make_demo() -> None:
    """Make the practice "Riverside Nutrition" with its people, clients, visits, bills and calendar.

    Does nothing if it exists.
    """
    if practice_with_slug(SLUG) is not None:
        return
    now = timezone.now()
    director = register_practice(
        Registration(
            practice_name="Riverside Nutrition",
            country="US",
            time_zone="America/New_York",
            title="Dr",
            first_name="Dana",
            last_name="Rivera",
            login_email="dana@riverside.example",
            password=PASSWORD,
            slug=SLUG,
            is_proven=True,
        )
    )
    practice = _practice(director)
    payers = _payers(practice, director)
    people = _people(practice, director, payers, today_in(practice, now))
    add_photos(people)
    make_cards(practice)
    make_clients(practice, director, people, payers, now)
    make_calendar(practice, people, now)


def _practice(director: User) -> Practice:
    practice = director.memberships.get().practice
    address = {
        "line1": "48 Water Street",
        "line2": "Suite 2",
        "city": "New York",
        "state": "NY",
        "postal_code": "10004-2311",
    }
    change_practice_details(
        practice,
        columns={
            **address,
            "phone": "+12125550140",
            "website": "https://riverside.example",
            "profession": "Dietitian",
        },
        read_at_version=practice.version,
        by=director,
    )
    practice.refresh_from_db()
    change_billing_details(
        practice,
        columns={
            "group_npi": "2084856568",
            "tax_id": "134567891",
            "tax_id_kind": "EIN",
            "taxonomy": "133V00000X",
            "remit_line1": "PO Box 512",
            "remit_city": "New York",
            "remit_state": "NY",
            "remit_postal_code": "10004-0512",
        },
        read_at_version=practice.version,
        by=director,
    )
    office = locations_in(practice)[0]
    change_location(office, columns=address, read_at_version=office.version, by=director)
    practice.refresh_from_db()
    return practice


def _payers(practice: Practice, director: User) -> list[Payer]:
    rows = (
        ("Acme Health", Payer.Kind.GROUP, "PO Box 9100", "Albany", "12201-9100", "pair"),
        ("Medicare", Payer.Kind.MEDICARE, "PO Box 6178", "Indianapolis", "46206-6178", "none"),
        (
            "Northwind Mutual",
            Payer.Kind.OTHER,
            "700 Prairie Way",
            "Utica",
            "13501-2200",
            "taxonomy",
        ),
    )
    return [
        add_payer(
            practice,
            columns={
                "name": name,
                "kind": kind,
                "line1": street,
                "city": city,
                "state": "IN" if city == "Indianapolis" else "NY",
                "postal_code": postal_code,
                "other_id_in_24j": pair,
            },
            by=director,
        )
        for name, kind, street, city, postal_code, pair in rows
    ]


def _people(
    practice: Practice, director: User, payers: list[Payer], today: dt.date
) -> dict[str, "Practitioner"]:
    members = (
        ("sam@riverside.example", Role.CLINICAL, "Sam", "Okafor"),
        ("noor@riverside.example", Role.ADMINISTRATIVE, "Noor", "Haddad"),
        ("lee@riverside.example", Role.SUPERVISOR, "Lee", "Park"),
    )
    for email, role, first, last in members:
        add_member(
            practice,
            role=role,
            first_name=first,
            last_name=last,
            login_email=email,
            password=PASSWORD,
            access_billing=role == Role.ADMINISTRATIVE,
            by=director,
        )
    by_first_name = {person.first_name.lower(): person for person in practitioners_in(practice)}
    for person, details in (("dana", _dana(payers, today)), ("sam", _sam(today))):
        practitioner = by_first_name[person]
        change_general_details(
            practitioner, new=details, read_at_version=practitioner.version, by=practitioner.user
        )
        confirm(Confirmation(practitioner, details.contact_email, is_done=False))
    return by_first_name


def _dana(payers: list[Payer], today: dt.date) -> GeneralDetails:
    return GeneralDetails(
        title="Dr",
        first_name="Dana",
        middle_name="M.",
        last_name="Rivera",
        pronouns="she/her",
        credentials="RDN, PhD",
        contact_email="dana.rivera@riverside.example",
        npi="2363324239",
        tax_id="900704321",
        tax_id_kind="ITIN",
        phones=(
            NewPhone(kind="work", number="+12125550142", extension="3", print_on_bills=True),
            NewPhone(kind="cell", number="+12125550177", use_in_messages=True),
            NewPhone(kind="fax", number="+12125550143"),
        ),
        other_ids=(
            NewOtherId(qualifier="ZZ", number="133V00000X", is_default=True),
            NewOtherId(qualifier="G2", number="AC4410932", payer_id=payers[0].pk),
        ),
        licenses=(
            NewLicense(
                type="Registered dietitian",
                state="NY",
                number="007512",
                since=dt.date(2012, 2, 1),
                expires=today + dt.timedelta(days=400),
            ),
        ),
    )


def _sam(today: dt.date) -> GeneralDetails:
    return GeneralDetails(
        first_name="Sam",
        last_name="Okafor",
        pronouns="they/them",
        credentials="LCSW",
        contact_email="sam@riverside.example",
        npi="2328775939",
        phones=(NewPhone(kind="work", number="+12125550151", print_on_bills=True),),
        other_ids=(NewOtherId(qualifier="ZZ", number="1041C0700X", is_default=True),),
        licenses=(
            NewLicense(
                type="Clinical social worker",
                state="NY",
                number="084413",
                expires=today + dt.timedelta(days=45),
            ),
        ),
    )
