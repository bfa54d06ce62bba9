"""What happens at one and the same moment, on the database that people share."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from letterhead.billing.actions import AlreadyIssued, issue, make_bill
from letterhead.billing.models import Bill, IssuedBill, Numbering
from letterhead.details.fields import GeneralDetails
from letterhead.details.general.actions import StaleDetails, change_general_details
from tests.billing.ready import NOW
from tests.clients.desk import client_of, visit_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all of this at the same moment; give what came of each, exceptions too."""
    barrier = threading.Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait(30)
            return act()
        except Exception as raised:
            return raised
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_of_two_saves_of_one_version_exactly_one_wins(cast: SimpleNamespace) -> None:
    dana = cast.dana.practitioner

    def save(credentials: str) -> Callable[[], Any]:
        new = GeneralDetails(
            first_name="Dana",
            last_name="Rivera",
            credentials=credentials,
            contact_email="dana@riverside.example",
        )
        return lambda: change_general_details(
            dana, new=new, read_at_version=dana.version, by=cast.dana.user
        )

    came = at_once(save("RDN"), save("LDN"))

    assert Counter(type(each) for each in came) == {bool: 1, StaleDetails: 1}
    winner = "RDN" if came[0] is True else "LDN"
    assert (cast.dana.practitioner.credentials, cast.dana.practitioner.version) == (
        winner,
        dana.version + 1,
    )


def test_ten_people_issuing_one_bill_issue_it_once(cast: SimpleNamespace) -> None:
    visit = visit_of(cast, client_of(cast.dana))
    bill = make_bill(visit, kind=Bill.Kind.SUPERBILL, by=cast.dana.user)

    came = at_once(*[lambda: issue(bill, by=cast.dana.user, now=NOW)] * 10)

    assert Counter(type(each) for each in came) == {IssuedBill: 1, AlreadyIssued: 9}
    assert Numbering.objects.get().last == 1


def test_twenty_bills_issued_at_once_are_numbered_without_a_gap(cast: SimpleNamespace) -> None:
    visit = visit_of(cast, client_of(cast.dana))
    bills = [make_bill(visit, kind=Bill.Kind.SUPERBILL, by=cast.dana.user) for _ in range(20)]

    def issuing(bill: Bill) -> Callable[[], Any]:
        return lambda: issue(bill, by=cast.dana.user, now=NOW)

    came = at_once(*map(issuing, bills))

    assert {type(each) for each in came} == {IssuedBill}, came
    numbers = sorted(IssuedBill.objects.values_list("number", flat=True))
    assert numbers == [f"SB-2026-{n:04d}" for n in range(1, 21)]
