"""Who may what: every address, by each role and by strangers, against a table people can read.

`who_may.csv` has a line for each address and method, and a column for each kind of person. All
ask for one and the same object of Riverside's: a client of Sam's, Sam's membership and so on. A
cell says how they are answered: 200, 302 (sent on), login (sent to log in), 403, 404, 405 …
After a change of addresses or rules, `WRITE_WHO_MAY=yes pytest tests/test_who_may.py` writes the
table anew; read what it changed. Otherwise the addresses are asked for in shares, one for each
test, so that processes can share them.
"""

import csv
import datetime as dt
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from letterhead.billing.actions import issue, make_bill
from letterhead.billing.models import Bill
from letterhead.claims.models import Printer
from letterhead.files.kept import keep_file
from letterhead.practices.models import Membership, Practice
from letterhead.practices.roles import Role
from letterhead.scheduling.models import Hours, Service, TimeOff
from tests.billing.ready import NOW
from tests.billing.samples import logo
from tests.clients.desk import client_of, policy_of, visit_of
from tests.factories import Person, member
from tests.practices.team.team import invitation, invited, membership_of, token_of
from tests.scheduling.made import attended
from tests.scheduling.making import service

TABLE = Path(__file__).with_name("who_may.csv")
WRITE_ANEW = "WRITE_WHO_MAY" in os.environ
SHARES = 1 if WRITE_ANEW else 4
FAR = dt.date(2099, 1, 1)
Row = dict[str, str]


@dataclass
class House:
    """Riverside with a person of every kind, and what they all ask for."""

    cast: SimpleNamespace
    people: dict[str, Person | None]
    arguments: dict[str, dict[str, Any]]


def names_of(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of all addresses."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names_of(pattern.url_patterns)
        else:
            yield str(pattern.name)


def people_of(cast: SimpleNamespace) -> dict[str, Person | None]:
    """One person for each column."""
    admin = Role.ADMINISTRATIVE
    people: dict[str, Person | None] = {
        "Director": cast.dana,
        "Supervisor": cast.lee,
        "Clinical": cast.sam,
        "Clinical, not theirs": member(cast.practice, Role.CLINICAL, "Kim", "Cole"),
        "Administrative": cast.noor,
        "with Access Billing": granted(cast, "Bea", access_billing=True),
        "with Edit Account Settings": granted(cast, "Seth", edit_account_settings=True),
        "with both, Only assigned clients": granted(
            cast, "Ona", access_billing=True, edit_account_settings=True, only_assigned_clients=True
        ),
        "Director who left": member(cast.practice, Role.DIRECTOR, "Lou", "Gone"),
        "signed out": None,
        "Director elsewhere": cast.stranger,
    }
    assert Membership.objects.filter(practice=cast.practice, role=admin).count() == 4
    Membership.objects.filter(user__email="lou@riverside.example").update(ends_at=timezone.now())
    return people


def granted(cast: SimpleNamespace, first: str, **flags: bool) -> Person:
    """An Administrative with these flags."""
    person = member(cast.practice, Role.ADMINISTRATIVE, first, "Flagg")
    Membership.objects.filter(user=person.user).update(**flags)
    return person


def arguments_of(cast: SimpleNamespace) -> dict[str, dict[str, Any]]:
    """What stands in each address that names something."""
    client = client_of(cast.sam)
    policy, visit = policy_of(cast, client), visit_of(cast, client)
    draft = make_bill(visit, kind=Bill.Kind.SUPERBILL, by=cast.dana.user)
    issued = make_bill(visit_of(cast, client), kind=Bill.Kind.SUPERBILL, by=cast.dana.user)
    issue(issued, by=cast.dana.user, now=NOW)
    claim = make_bill(visit_of(cast, client), kind=Bill.Kind.SUPERBILL, by=cast.dana.user)
    issue(claim, by=cast.dana.user, now=NOW)
    Bill.objects.filter(pk=claim.pk).update(kind=Bill.Kind.CMS1500)  # which asks for more
    printer = Printer.objects.create(practice=cast.practice, name="Front desk")
    token = token_of(invited(cast.practice, cast.dana))
    sha256 = keep_file(logo())
    Practice.objects.filter(pk=cast.practice.pk).update(logo_sha256=sha256)
    sam = membership_of(cast.sam).pk
    left = Membership.objects.get(user__email="lou@riverside.example")
    asked = {"pk": invitation().pk}
    card = {"practice": "riverside", "clinician": "sam-okafor"}
    return {
        **dict.fromkeys(("client", "edit-client", "add-policy", "add-visit"), {"pk": client.pk}),
        **dict.fromkeys(("new-superbill-of-visits", "new-cms1500-of-visits"), {"pk": client.pk}),
        **dict.fromkeys(("edit-user", "edit-card-address", "end-access"), {"pk": sam}),
        **dict.fromkeys(("send-invitation-again", "revoke-invitation"), asked),
        **dict.fromkeys(("edit-visit", "new-superbill", "new-cms1500"), {"pk": visit.pk}),
        **dict.fromkeys(("bill", "bill-sheet", "issue-bill", "discard-draft"), {"pk": draft.pk}),
        **dict.fromkeys(("edit-printer", "printer-test-page"), {"pk": printer.pk}),
        **dict.fromkeys(("mfa_edit_webauthn", "mfa_remove_webauthn", "forget-device"), {"pk": 1}),
        **dict.fromkeys(
            ("unsubscribe", "confirm-contact-email", "confirm-login-email", "calendar-feed-file"),
            {"token": "dead"},
        ),
        **dict.fromkeys(("book-clinician", "book-vcard"), card),
        **calendar_arguments(cast, client),
        **booking_arguments(cast, card),
        "accept-invitation": {"token": token},
        "preview-details": {"section": "general-details"},
        "book": {"practice": "riverside"},
        "book-clinician-preview": {**card, "name": "none"},
        "book-logo": {"practice": "riverside", "sha256": sha256},
        "book-preview": {"practice": "riverside", "name": "none"},
        "draft-file": {"pk": draft.pk, "form": "superbill"},
        **dict.fromkeys(("edit-location", "remove-location"), {"pk": cast.office.pk}),
        "correct-claim": {"pk": claim.pk},
        "edit-payer": {"pk": cast.acme.pk},
        "edit-policy": {"pk": policy.pk},
        "file-for-printer": {"pk": issued.pk, "printer": printer.pk},
        **dict.fromkeys(("give-access-back", "hand-clients-over"), {"pk": left.pk}),
        "guide-page": {"page": "signature"},
        "issued-file": {"pk": issued.pk, "form": "superbill"},
        "logo": {"sha256": sha256},
        "password-reset-link": {"key": "1", "token": "dead"},
        "photo": {"sha256": "0" * 64},
    }


def calendar_arguments(cast: SimpleNamespace, client: Any) -> dict[str, dict[str, Any]]:
    """What stands in the addresses of services, hours and appointments."""
    service = Service.objects.create(practice=cast.practice, name="First consult")
    came = attended(cast, cast.sam, client)
    who = cast.sam.practitioner_id
    hours = Hours.objects.create(practitioner_id=who, weekday=0, starts="09:00", ends="17:00")
    off = TimeOff.objects.create(
        practice=cast.practice, practitioner_id=who, first_day=FAR, last_day=FAR
    )
    of_bill = ("new-superbill-of-attendee", "new-cms1500-of-attendee")
    of_appointment = (
        *("appointment", "move-appointment", "cancel-appointment", "appointment-note"),
        "add-client-to-appointment",
    )
    return {
        **dict.fromkeys((*of_bill, "mark-appointment"), {"pk": came.pk}),
        **dict.fromkeys(of_appointment, {"pk": came.appointment_id}),
        **dict.fromkeys(("edit-service", "end-service"), {"pk": service.pk}),
        **dict.fromkeys(("add-hours", "add-exception", "add-time-off"), {"pk": who}),
        **dict.fromkeys(("edit-hours", "remove-hours"), {"pk": hours.pk}),
        "edit-own-booking-rules": {"pk": who},
        "remove-time-off": {"pk": off.pk},
    }


def booking_arguments(cast: SimpleNamespace, card: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What stands in the addresses of the scheduler."""
    offered = {"service": service(cast.practice, cast.sam).pk}
    of_practice = {"practice": "riverside"}
    links = ("book-booked", "book-prove", "book-reschedule", "book-cancel", "book-waiting-list")
    return {
        **dict.fromkeys(("book-service", "book-form", "book-wait"), of_practice | offered),
        **dict.fromkeys(
            ("book-clinician-service", "book-clinician-form", "book-clinician-wait"),
            card | offered,
        ),
        **dict.fromkeys(links, of_practice | {"token": "dead"}),
    }


@pytest.fixture
def house(cast: SimpleNamespace) -> House:
    """Riverside with a person of every kind."""
    return House(cast, people_of(cast), arguments_of(cast))


def answered(answer: HttpResponseBase) -> str:
    """Say how somebody was answered."""
    if answer.status_code == 302:
        return "login" if answer["Location"].startswith("/login/?next=") else "302"
    return str(answer.status_code)


def all_names() -> list[str]:
    """The names of all addresses, in the order of the table."""
    return sorted(names_of(get_resolver().url_patterns))


def asked_by_all(house: House, names: list[str]) -> list[Row]:
    """Ask for all of these as everybody; whatever that changes is taken back each time."""
    browsers = {who: Client() for who in house.people}
    for who, person in house.people.items():
        if person:
            browsers[who].force_login(person.user)
    cookies = {who: browser.cookies.output(header="") for who, browser in browsers.items()}
    rows = []
    for name in names:
        address = reverse(name, kwargs=house.arguments.get(name))
        for method in ("GET", "POST"):
            row = {"address": name, "method": method}
            for who, browser in browsers.items():
                browser.cookies = SimpleCookie(cookies[who])
                before = transaction.savepoint()
                row[who] = answered(browser.generic(method, address))
                transaction.savepoint_rollback(before)
            rows.append(row)
    return rows


def write(rows: list[Row]) -> None:
    """Write the table anew."""
    with TABLE.open("w", newline="") as file:
        table = csv.DictWriter(file, rows[0], lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def written() -> list[Row]:
    """Read the table."""
    with TABLE.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.django_db
@pytest.mark.embedded  # who may what is no matter of the database, and two thousand pages take time
@pytest.mark.parametrize("share", range(SHARES))
def test_everybody_may_what_the_table_says_and_nothing_else(
    house: House, record_property: Callable[[str, object], None], share: int
) -> None:

    rows = asked_by_all(house, all_names()[share::SHARES])
    if WRITE_ANEW:
        write(rows)

    table = {(row["address"], row["method"]): row for row in written()}
    differs = [
        f"{row['address']} {row['method']}, {who}: {came}, the table says {wanted}"
        for row in rows
        for who, came in row.items()
        if (wanted := table.get((row["address"], row["method"]), {}).get(who)) != came
    ]
    assert differs == []
    counts = len(rows), len(rows) * len(house.people)
    record_property("told", ["who_may.csv: {} rows, {} answers, all as written", *counts])


def test_the_table_names_every_address_and_no_other() -> None:

    names = all_names()

    assert len(set(names)) == len(names)
    wanted = [(name, method) for name in names for method in ("GET", "POST")]
    assert [(row["address"], row["method"]) for row in written()] == wanted
