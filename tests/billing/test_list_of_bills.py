"""The list of bills: found, filtered, in order, page by page, added up; for any number of them."""

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letterhead.billing.bills import queries
from letterhead.billing.leaving import leave
from letterhead.billing.models import Bill, Visit
from letterhead.billing.visits.actions import NewLine
from letterhead.practices.models import Membership, Practice
from tests.billing.ready import draft, full_visit, issued
from tests.clients.desk import Desk, client_of, visit_of

BILLS = "/billing/"
SUPERBILL, CMS1500 = Bill.Kind.SUPERBILL, Bill.Kind.CMS1500
WALK = 'SELECT "billing_bill"."id" AS "pk" .* ORDER BY .* LIMIT 51'


def bill_of(cast: SimpleNamespace, name: str, day: str = "2026-11-02", charge: int = 120) -> Bill:
    """A draft superbill for a visit of Dana's client, who is made for it."""
    first, last = name.split(" ", 1)
    line = NewLine(service_on=dt.date.fromisoformat(day), place_of_service="11", code="97802",
                   charge=Decimal(charge))  # fmt: skip
    visit = visit_of(cast, client_of(cast.dana, first, last), day, lines=(line,))
    return draft(cast, visit, SUPERBILL)


def rows(page: str) -> list[list[str]]:
    """The cells of the list, row by row, as a person reads them."""
    found = re.findall(r'<tr role="row">\s*(<th scope="row".*?)</tr>', page, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in found]
    return [[unescape(re.sub("<[^>]*>", "", cell)).strip() for cell in row] for row in cells]


def clients_in(page: str) -> list[str]:
    return [row[1] for row in rows(page)]


def summed(page: str) -> str:
    """What is said above the list."""
    found = re.search(r'role="status">\s*<p>(.*?)</p>', page, re.DOTALL)
    return re.sub("<[^>]*>|&nbsp;", "", found[1]).strip() if found else ""


def test_the_list_shows_each_bill_with_its_total(cast: SimpleNamespace) -> None:
    number = issued(cast, full_visit(cast), SUPERBILL).number
    bill_of(cast, "Ana Abel", "2026-11-03", 1250)

    page = Desk(cast.dana).read(BILLS)

    assert rows(page) == [
        ["Superbill", "Ana Abel", "Nov 3, 2026", "Dana Rivera", "Draft", "$1,250.00"],
        [number, "Ada Moreno", "Nov 2, 2026", "Dana Rivera", "Issued", "$120.00"],
    ]
    assert summed(page) == "2 bills · $1,370.00"


def test_a_drafts_row_follows_its_visit_and_an_issued_bills_row_stays(
    cast: SimpleNamespace,
) -> None:
    visit = full_visit(cast)
    issued(cast, visit, SUPERBILL)
    draft(cast, visit, CMS1500)
    dana = Desk(cast.dana)

    dana.save(
        f"/billing/visits/{visit.pk}/edit/",
        **{"visited_on": "2026-11-01", "practitioner": str(cast.sam.practitioner_id)},
        **{"lines-0-charge": "95.50", "lines-0-service_on": "2026-11-01"},
    )

    claim, superbill = sorted(rows(dana.read(BILLS)), key=lambda row: row[4])
    assert claim[2:4] + claim[5:] == ["Nov 1, 2026", "Sam Okafor", "$95.50"]
    assert superbill[2:4] + superbill[5:] == ["Nov 2, 2026", "Dana Rivera", "$120.00"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("obrien", ["Siobhán O'Brien"]),
        ("NOVAK jana", ["Jana Novák"]),
        ("nobody", []),
        ("***", []),
        ("\0", []),
    ],
)
def test_bills_are_found_by_the_clients_name_however_it_is_typed(
    cast: SimpleNamespace, typed: str, found: list[str]
) -> None:
    bill_of(cast, "Siobhán O'Brien")
    bill_of(cast, "Jana Novák")

    assert clients_in(Desk(cast.dana).read(BILLS, q=typed)) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("SB-2026-0001", ["SB-2026-0001"]),
        ("sb-2026-0002", ["SB-2026-0002"]),
        ("1", ["CL-2026-0001", "SB-2026-0001"]),
        ("0002", ["SB-2026-0002"]),
        ("2026-0001", ["CL-2026-0001", "SB-2026-0001"]),
        ("CL-1", ["CL-2026-0001"]),
        ("SB-2025-0001", []),
        ("999999999999999999999", []),
    ],
)
def test_bills_are_found_by_number(cast: SimpleNamespace, typed: str, found: list[str]) -> None:
    visit = full_visit(cast)
    for kind in (SUPERBILL, SUPERBILL, CMS1500):
        issued(cast, visit, kind)

    assert sorted(row[0] for row in rows(Desk(cast.dana).read(BILLS, q=typed))) == found


def test_filters_narrow_the_list_and_what_it_comes_to(cast: SimpleNamespace) -> None:
    visit, sams = full_visit(cast), client_of(cast.sam, "Ida", "Lund")
    issued(cast, visit, SUPERBILL)
    draft(cast, visit, CMS1500)
    draft(cast, visit_of(cast, sams, "2026-10-01"), SUPERBILL)
    dana = Desk(cast.dana)

    for asked, clients, sum_of in (
        ({"state": "issued"}, ["Ada Moreno"], "1 bill · $120.00"),
        ({"state": "draft"}, ["Ada Moreno", "Ida Lund"], "2 bills · $240.00"),
        ({"kind": "cms1500"}, ["Ada Moreno"], "1 bill · $120.00"),
        ({"clinician": str(cast.sam.practitioner_id)}, ["Ida Lund"], "1 bill · $120.00"),
        ({"first": "2026-10-01", "last": "2026-10-01"}, ["Ida Lund"], "1 bill · $120.00"),
        ({"last": "2026-10-31", "q": "moreno"}, [], ""),
    ):
        page = dana.read(BILLS, **asked)
        assert (clients_in(page), summed(page)) == (clients, sum_of), asked


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("", ["Zoe", "Åsa", "Bo"]),
        ("visit", ["Bo", "Åsa", "Zoe"]),
        ("client", ["Åsa", "Bo", "Zoe"]),
        ("-client", ["Zoe", "Bo", "Åsa"]),
        ("total", ["Zoe", "Bo", "Åsa"]),
        ("-total", ["Åsa", "Bo", "Zoe"]),
    ],
)
def test_the_list_is_put_in_order(cast: SimpleNamespace, order: str, found: list[str]) -> None:
    bill_of(cast, "Bo Berg", "2026-11-01", 90)
    bill_of(cast, "Åsa Aas", "2026-11-02", 100)
    bill_of(cast, "Zoe Zimmer", "2026-11-03", 9)

    listed = clients_in(Desk(cast.dana).read(BILLS, sort=order))

    assert [name.split()[0] for name in listed] == found


def link(page: str, words: str) -> str:
    """The address behind a link of the list."""
    found = re.search(rf'href="([^"]*)"[^>]*>{words}<', page)
    return found[1].replace("&amp;", "&") if found else ""


def visits_with_drafts(cast: SimpleNamespace, number: int) -> list[Bill]:
    """Drafts of so many visits of some clients, on some days, with some totals."""
    clients = [client_of(cast.dana, f"A{n}", f"B{n % 3}") for n in range(7)]
    first = visit_of(cast, clients[0])
    visits = Visit.objects.bulk_create(
        Visit(practice=cast.practice, client=clients[n % 7], location=first.location,
              practitioner_id=cast.dana.practitioner_id,
              visited_on=dt.date(2026, 1, 1) + dt.timedelta(days=n % 5))
        for n in range(number)
    )  # fmt: skip
    bills = [Bill.draft_of(visit, kind=SUPERBILL) for visit in visits]
    for n, bill in enumerate(bills):
        bill.total = Decimal(n % 4) / 10
    return Bill.objects.bulk_create(bills)


def followed(desk: Desk, address: str, words: str) -> Iterable[str]:
    """A page, and every page that a link leads to from there."""
    page = desk.read(address)
    yield page
    while onward := link(page, words):
        page = desk.read(f"{BILLS}{onward}")
        yield page


def linked(pages: Iterable[str]) -> list[list[int]]:
    return [[int(pk) for pk in re.findall(r'/billing/bills/(\d+)/"', page)] for page in pages]


@pytest.mark.parametrize("order", [f"{sign}{name}" for name in queries.KEYS for sign in ("", "-")])
@pytest.mark.parametrize("few", [1000, 20], ids=["few", "many"])
def test_every_bill_is_on_one_page_there_and_back(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, order: str, few: int
) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    monkeypatch.setattr(queries, "A_PAGE", 10)
    bills, dana = visits_with_drafts(cast, 45), Desk(cast.dana)

    there = list(followed(dana, f"{BILLS}?sort={order}", "Next"))
    back = list(followed(dana, f"{BILLS}{link(there[-2], 'Next')}", "Previous"))

    assert [len(page) for page in linked(there)] == [10, 10, 10, 10, 5]
    assert sorted(sum(linked(there), [])) == [bill.pk for bill in bills]
    assert linked(back) == linked(there)[::-1]
    assert sum(linked(there), []) == [
        bill.pk for bill in Bill.objects.order_by(*_keys(order)) if bill.practice == cast.practice
    ]


def _keys(order: str) -> list[str]:
    keys = queries.KEYS[order.lstrip("-")]
    return [f"-{key}" if order.startswith("-") else key for key in keys]


@pytest.mark.parametrize("asked", ["", "state=draft&kind=superbill", "q=b1", "last=2026-01-03"])
def test_many_bills_are_found_as_a_few_are(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    visits_with_drafts(cast, 40)
    dana = Desk(cast.dana)
    few = linked([dana.read(f"{BILLS}?{asked}")])

    monkeypatch.setattr(queries, "FEW", 2)

    page = dana.read(f"{BILLS}?{asked}")
    assert linked([page]) == few
    assert "These are many bills." in summed(page)
    assert re.fullmatch(rf"{len(few[0])} bills · \$\d\.\d\d", summed(
        dana.read(f"{BILLS}{link(page, 'Add them up')}")
    ))  # fmt: skip


def test_the_order_and_the_search_stay_from_page_to_page(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "A_PAGE", 3)
    visits_with_drafts(cast, 40)

    page = Desk(cast.dana).read(f"{BILLS}?q=b1&state=draft&sort=-total&kind=")

    for words in ("Next", "Client"):
        assert "q=b1&state=draft" in link(page, words), words
    assert "sort=-total" in link(page, "Next")
    assert "sort=client" in link(page, "Client")
    assert 'value="b1"' in page
    assert '<option value="draft" selected>' in page
    assert '<input type="hidden" name="sort" value="-total"' in page


def test_the_totals_are_exact_and_by_currency(cast: SimpleNamespace) -> None:
    issued(cast, full_visit(cast), SUPERBILL)
    for _ in range(3):
        bill_of(cast, "Ana Abel")
    Bill.objects.filter(state=Bill.State.DRAFT).update(total=Decimal("9999999.99"))

    Practice.objects.filter(pk=cast.practice.pk).update(currency="CAD")

    page = Desk(cast.dana).read(BILLS)
    assert summed(page) == "4 bills · CAD\N{NO-BREAK SPACE}29,999,999.97 + $120.00"
    assert {row[5] for row in rows(page)} == {"$120.00", "CAD\N{NO-BREAK SPACE}9,999,999.99"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("first=9999-12-31", "This is after Dec"),
        ("last=0001-01-01", "This is before 1900"),
        ("first=x", "Enter the date as year, month and day"),
        ("first=2026-02-01&last=2026-01-01", "This is before the first day."),
        ("state=paid", "Select a valid choice"),
        ("clinician=x", "Select a valid choice"),
        ("clinician=99999999999999999999", "Select a valid choice"),
        ("sort=x", "This address is wrong."),
        ("after=x", "This address is wrong."),
        ("before=99999999999999999999999", "This address is wrong."),
        ("after=-1", "This address is wrong."),
        (f"q={'x' * 101}", "at most 100 characters"),
    ],
)
def test_an_address_that_makes_no_sense_says_so(
    cast: SimpleNamespace, asked: str, said: str
) -> None:
    bill_of(cast, "Ana Abel")

    answer = Desk(cast.dana).get(f"{BILLS}?{asked}")

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Nothing to show yet" in answer.content.decode()


def test_a_page_after_a_bill_that_is_gone_begins_again_and_says_so(cast: SimpleNamespace) -> None:
    bill = bill_of(cast, "Ana Abel")

    page = Desk(cast.dana).read(BILLS, after=str(bill.pk + 1))

    assert clients_in(page) == ["Ana Abel"]
    assert "The list begins again." in page


@pytest.mark.parametrize("asked", ["", "q=ana", "sort=client", "q=2026-0001", "sum=1", "few"])
def test_a_clinician_with_assigned_clients_sees_only_theirs(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    issued(cast, full_visit(cast), SUPERBILL)
    bill_of(cast, "Ana Abel")
    draft(cast, visit_of(cast, client_of(cast.sam, "Ana", "Lund")), SUPERBILL)
    if asked == "few":
        monkeypatch.setattr(queries, "FEW", 0)
    Membership.objects.filter(user=cast.sam.user).update(only_assigned_clients=True)

    page = Desk(cast.sam).read(f"{BILLS}?{asked}")

    assert clients_in(page) == ([] if "0001" in asked else ["Ana Lund"])
    assert summed(page).startswith(("1 bill · $120.00", "These are") if "0001" not in asked else "")


def test_another_practices_bills_are_not_listed(cast: SimpleNamespace) -> None:
    bill = bill_of(cast, "Ana Abel")
    issued(cast, full_visit(cast), SUPERBILL)

    for asked in ("", "q=ana", "q=1", "sort=client", f"after={bill.pk}", "sum=1"):
        assert rows(Desk(cast.stranger).read(f"{BILLS}?{asked}")) == [], asked


def test_a_colleague_who_takes_over_has_the_drafts_of_visits_to_come(cast: SimpleNamespace) -> None:
    day = (dt.date.today() + dt.timedelta(days=9)).isoformat()
    draft(cast, visit_of(cast, client_of(cast.sam), day), SUPERBILL)

    leave(
        Membership.objects.get(user=cast.sam.user),
        ends_at=None,
        hand_over_to=cast.dana.practitioner_id,
        read_at_version=1,
        by=cast.dana.user,
    )

    (row,) = rows(Desk(cast.dana).read(BILLS))
    assert row[3] == "Dana Rivera"


def test_the_list_costs_the_same_for_any_number(
    cast: SimpleNamespace, django_assert_num_queries: Any
) -> None:
    dana = Desk(cast.dana)
    dana.read(BILLS)
    for number in (2, 60):
        visits_with_drafts(cast, number)
        with django_assert_num_queries(9):
            dana.read(BILLS)


@pytest.mark.embedded  # PostgreSQL plans by the numbers of rows
@pytest.mark.parametrize("order", ["visit", "-visit", "total", "-total"])
@pytest.mark.parametrize("asked", ["", "state=draft&kind=superbill", "last=2026-01-03", "dana"])
def test_a_page_of_many_is_read_from_the_index_of_its_order(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, order: str, asked: str
) -> None:
    """As EXPLAIN says: nothing is put in order, and no row is read that isn't listed."""
    monkeypatch.setattr(queries, "FEW", 2)
    visits_with_drafts(cast, 9)
    dana = Desk(cast.dana)
    if asked == "dana":
        asked = f"clinician={cast.dana.practitioner_id}"

    with CaptureQueriesContext(connection) as asked_for:
        dana.read(f"{BILLS}?{asked}&sort={order}")

    (sql,) = (query["sql"] for query in asked_for if re.match(WALK, query["sql"]))
    walk = _plan(sql)
    assert "COVERING INDEX bills_" in walk
    assert "TEMP B-TREE" not in walk


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return " ".join(str(row[3]) for row in cursor.fetchall())
