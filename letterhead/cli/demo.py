"""The demo practice: synthetic, the same every time but for its dates."""

import datetime as dt
from decimal import Decimal
from itertools import cycle
from typing import TYPE_CHECKING

from django.utils import timezone

from letterhead.accounts.models import User
from letterhead.billing.actions import NewLine, VisitFacts, add_visit, issue, make_bill
from letterhead.billing.models import Bill, Visit
from letterhead.cli.demo_cards import make_cards
from letterhead.cli.demo_photos import hang_portraits
from letterhead.clients.actions import ClientFacts, PolicyFacts, add_client, add_policy
from letterhead.clients.models import Client, Policy
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

# first, last, suffix, born, sex, street, city, state, ZIP, phone
_CLIENTS = (
    ("Alma", "Hartwell", "", "1968-03-14", "F", "12 Orchard Lane", "New York", "NY", "10011"),
    ("Bruno", "Castellan", "", "1975-11-02", "M", "230 Canal Row", "New York", "NY", "10013"),
    ("Chidi", "Eze", "", "1990-07-21", "M", "5 Harbor Court", "Brooklyn", "NY", "11201"),
    ("Dorothea", "Quist", "", "1951-01-30", "F", "77 Elm Terrace", "Hoboken", "NJ", "07030"),
    ("Emil", "Sørensen", "", "1983-09-09", "M", "41 Mill Street", "New York", "NY", "10002"),
    ("Fatima", "Benali", "", "1997-05-17", "F", "8 Linden Walk", "Queens", "NY", "11101"),
    ("George", "Whitlock", "Jr", "1962-12-05", "M", "19 Chapel Hill", "Yonkers", "NY", "10701"),
    ("Hana", "Novák", "", "2009-04-11", "F", "63 Meadow Road", "New York", "NY", "10025"),
    ("Isaac", "Brenner", "", "1946-08-23", "M", "150 Sound Avenue", "New York", "NY", "10128"),
    ("Joyce", "Tremblay", "", "1979-02-28", "F", "9 Foundry Square", "Brooklyn", "NY", "11217"),
    ("Kofi", "Mensah", "", "1988-10-19", "M", "27 Garden Place", "New York", "NY", "10031"),
    ("Lucía", "Peña", "", "1993-06-06", "F", "304 Bridge Street", "Brooklyn", "NY", "11231"),
)
# code, modifiers, description, charge for the line, units, diagnoses
_NUTRITION = (
    ("97802", "", "Nutrition therapy, first visit", "195.00", 3, ("E11.9", "E66.9")),
    ("97803", "95", "Nutrition therapy, follow-up", "130.00", 2, ("E11.9",)),
    ("97803", "", "Nutrition therapy, follow-up", "130.00", 2, ("N18.31", "I10")),
)
_THERAPY = (
    ("90791", "", "First interview", "220.00", 1, ("F41.1",)),
    ("90837", "", "Psychotherapy, 60 minutes", "175.00", 1, ("F41.1",)),
    ("90834", "95", "Psychotherapy, 45 minutes", "140.00", 1, ("F33.1", "F41.1")),
)


def make_demo() -> None:
    """Make the practice "Riverside Nutrition" with its people, clients, visits and bills.

    Where it is there already, nothing happens.
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
        )
    )
    practice = _practice(director)
    payers = _payers(practice, director)
    people = _people(practice, director, payers, today_in(practice, now))
    hang_portraits(people)
    make_cards(practice)
    clinicians = cycle([people["dana"], people["dana"], people["sam"]])
    for number, row in enumerate(_CLIENTS):
        clinician = next(clinicians)
        client = _client(practice, director, row, clinician, number)
        policy = _policy(client, director, payers, number)
        _visits(client, policy, clinician, director, number=number, now=now)


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
            "tax_id_kind": Practice.TaxIdKind.EIN,
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
        licenses=(
            NewLicense(
                type="Clinical social worker",
                state="NY",
                number="084413",
                expires=today + dt.timedelta(days=45),
            ),
        ),
    )


def _client(
    practice: Practice, director: User, row: tuple[str, ...], clinician: "Practitioner", number: int
) -> Client:
    first, last, suffix, born, sex, street, city, state, postal_code = row
    return add_client(
        practice,
        new=ClientFacts(
            first_name=first,
            last_name=last,
            suffix=suffix,
            birth_date=dt.date.fromisoformat(born),
            sex=sex,
            line1=street,
            city=city,
            state=state,
            postal_code=f"{postal_code}-{1200 + number}",
            phone=f"+1212555{100 + number:04d}",
            email=f"{first.lower()}@clients.example".replace("í", "i"),
            clinician_id=clinician.pk,
        ),
        by=director,
    )


def _policy(client: Client, director: User, payers: list[Payer], number: int) -> Policy | None:
    if number % 6 == 5:  # pays alone
        return None
    member = f"RN{480_000 + 37 * number}"
    facts = {"payer_id": payers[number % 3].pk, "member_id": member, "plan_name": "Choice Plus"}
    if number == 7:  # a child, insured through a parent
        facts |= {
            "relationship": Policy.Relationship.CHILD,
            "insured_first_name": "Pavel",
            "insured_last_name": "Novák",
            "insured_birth_date": dt.date(1974, 10, 3),
            "insured_sex": "M",
            "insured_line1": client.line1,
            "insured_city": client.city,
            "insured_state": client.state,
            "insured_postal_code": client.postal_code,
        }
    return add_policy(client, new=PolicyFacts(**facts), by=director)  # type: ignore[arg-type]


def _visits(
    client: Client,
    policy: Policy | None,
    clinician: "Practitioner",
    director: User,
    *,
    number: int,
    now: dt.datetime,
) -> None:
    """Three months of visits counted back from today: the older ones issued, the last a draft."""
    today = today_in(client.practice, now)
    services = _NUTRITION if clinician.first_name == "Dana" else _THERAPY
    for step in range(5):
        day = today - dt.timedelta(days=85 - 19 * step + number % 5)
        visit = _visit(client, policy, clinician, director, services[min(step, 2)], day, step)
        if step == 4 and number % 2:
            continue
        bill = make_bill(visit, kind=Bill.Kind.SUPERBILL, by=director)
        if step < 3:
            issue(bill, by=director, now=now)
        if policy is not None and step in {1, 3}:
            claim = make_bill(visit, kind=Bill.Kind.CMS1500, by=director)
            if step == 1:
                issue(claim, by=director, now=now)


def _visit(
    client: Client,
    policy: Policy | None,
    clinician: "Practitioner",
    director: User,
    service: tuple[str, str, str, str, int, tuple[str, ...]],
    day: dt.date,
    step: int,
) -> Visit:
    code, modifiers, description, charge, units, diagnoses = service
    line = NewLine(
        service_on=day,
        place_of_service="10" if "95" in modifiers else "11",
        code=code,
        modifiers=modifiers,
        description=description,
        pointers="ABCD"[: len(diagnoses)],
        charge=Decimal(charge),
        units=units,
    )
    facts = VisitFacts(
        visited_on=day,
        practitioner_id=clinician.pk,
        location_id=locations_in(client.practice)[0].pk,
        policy_id=policy.pk if policy else None,
        amount_paid=Decimal(charge) if step < 2 or policy is None else Decimal(25),
        referrer_qualifier="DN",
        referrer_first_name="Ruth",
        referrer_last_name="Adeyemi",
        referrer_credentials="MD",
        referrer_npi="2721717298",
        diagnoses=diagnoses,
        lines=(line,),
    )
    return add_visit(client, new=facts, by=director)
