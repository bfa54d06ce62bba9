"""A bill's page shows what prints: a draft as of now, an issued bill as it was issued."""

import datetime as dt
import gzip
import re
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from letterhead.billing.kinds import kind_of
from letterhead.billing.models import Bill, Diagnosis
from letterhead.billing.queries import draft_contents
from letterhead.billing.visits.actions import NewLine
from letterhead.clients.models import Client
from letterhead.practices.models import Membership, Practice
from tests.billing.ready import NOW, change_everything, draft, full_visit, issued
from tests.billing.test_bills import page_of
from tests.clients.desk import Desk, client_of, visit_of
from tests.details.pages import MyDetails

SUPERBILL, CMS1500 = Bill.Kind.SUPERBILL, Bill.Kind.CMS1500
KINDS = pytest.mark.parametrize("kind", Bill.Kind.values)


def picture(person: Any, bill: Bill) -> str:
    answer = Desk(person).get(f"{page_of(bill)}sheet.svg")
    assert answer.status_code == 200
    return str(answer.content.decode())


def texts(svg: str) -> list[str]:
    return [text for text in ElementTree.fromstring(svg).itertext() if text.strip()]  # noqa: S314


def height(svg: str) -> float:
    found = re.match(r'<svg [^>]*viewBox="0 0 [0-9.]+ ([0-9.]+)"', svg)
    return float(found[1]) if found else 0


@KINDS
def test_the_page_of_a_bill_shows_what_prints(cast: SimpleNamespace, kind: str) -> None:
    visit = full_visit(cast)

    for bill in (draft(cast, visit, kind), issued(cast, visit, kind).bill):
        page = Desk(cast.dana).read(page_of(bill))
        assert f'<img src="{page_of(bill)}sheet.svg"' in page
        assert "as it prints. “What it says” has its details in words." in page
        assert "What it says" in page
        assert "$120.00" in page


@KINDS
def test_a_draft_is_drawn_anew_and_an_issued_bill_stays(cast: SimpleNamespace, kind: str) -> None:
    visit = full_visit(cast)
    open_bill, bill = draft(cast, visit, kind), issued(cast, visit, kind).bill
    before = picture(cast.dana, open_bill), picture(cast.dana, bill)
    says = Desk(cast.dana).read(page_of(bill)).partition("<main")[2]

    MyDetails(cast.dana).save({"Individual NPI": "2721717298"})
    now = picture(cast.dana, open_bill), picture(cast.dana, bill)
    change_everything(cast.practice)

    assert now[0] != before[0]
    assert now[1] == before[1] == picture(cast.dana, bill)
    facts = re.compile(r'<dl class="facts">.*?</dl>', re.DOTALL)
    after = Desk(cast.dana).read(page_of(bill)).partition("<main")[2]
    assert facts.findall(after)[0] == facts.findall(says)[0]


def test_a_claims_picture_has_the_values_of_its_form(cast: SimpleNamespace) -> None:
    said = texts(picture(cast.dana, issued(cast, full_visit(cast), CMS1500).bill))

    for value in ("MORENA III, ADAH, K", "97802", "D RIVERA JR RDN", "CL-2026-0001"):
        assert value in said
    number = Practice.objects.get(pk=cast.practice.pk).tax_id
    assert f"•••••{number[-4:]}" in said
    assert not [text for text in said if number in text]


def test_a_superbills_picture_masks_tax_ids(cast: SimpleNamespace) -> None:
    visit = full_visit(cast)
    MyDetails(cast.dana).save({"Print on superbills and invoices": True})
    contents = draft_contents(draft(cast, visit, SUPERBILL), now=NOW)

    masked = kind_of(Bill(kind=SUPERBILL)).draw(contents)

    other = with_tax_id(contents, "111223333")
    assert kind_of(Bill(kind=SUPERBILL)).draw(other) != masked
    assert kind_of(Bill(kind=SUPERBILL)).draw(with_tax_id(contents, "111229998")) == masked


def with_tax_id(contents: Any, number: str) -> Any:
    """The same bill with another tax ID of the clinician."""
    clinician = contents.letterhead.clinician
    clinician = replace(clinician, tax_id=replace(clinician.tax_id, number=number))
    return replace(contents, letterhead=replace(contents.letterhead, clinician=clinician))


@pytest.mark.parametrize(("kind", "lines", "pages"), [(SUPERBILL, 45, 2), (CMS1500, 8, 2)])
def test_pages_stand_one_below_the_other(
    cast: SimpleNamespace, kind: str, lines: int, pages: int
) -> None:
    visit = visit_of(
        cast,
        client_of(cast.dana),
        lines=tuple(
            NewLine(service_on=NOW.date(), place_of_service="11", code="97803",
                    description="Nutrition therapy", charge=Decimal(10), pointers="A")
            for _ in range(lines)
        ),
    )  # fmt: skip

    drawn = picture(cast.dana, draft(cast, visit, kind))

    assert len(re.findall(r"<svg [^>]*viewBox", drawn)) == pages + 1
    assert height(drawn) == pages * 792 + (pages - 1) * 14


def wrong_ones(contents: Any) -> list[Any]:
    """Bills with something missing, too long, too old or unprintable, as the pages allow."""
    (line,), visit, client = contents.visit.lines, contents.visit, contents.client
    odd = replace(line, description="W" * 80, code="9" * 12, charge=Decimal("999999.99"))
    named = [replace(client.name, last=last) for last in ("😀李", "W" * 60)]
    return [
        replace(contents, policy=None, payer=None),
        replace(contents, visit=replace(visit, lines=(), diagnoses=(), referrer=None)),
        replace(contents, visit=replace(visit, lines=(odd,) * 3, visited_on=dt.date(1901, 1, 1))),
        *(replace(contents, client=replace(client, name=name, birth_date=None)) for name in named),
    ]


@KINDS
def test_a_draft_is_drawn_whatever_is_wrong_with_it(cast: SimpleNamespace, kind: str) -> None:
    bill = draft(cast, full_visit(cast), kind)

    for wrong in wrong_ones(draft_contents(bill, now=NOW)):
        for page in kind_of(bill).draw(wrong):
            assert ElementTree.fromstring(page).tag.endswith("}svg")  # noqa: S314 (our own)


@KINDS
def test_a_picture_needs_no_style_and_no_script(cast: SimpleNamespace, kind: str) -> None:
    visit = full_visit(cast)
    Client.objects.filter(pk=visit.client_id).update(last_name="<script>&")

    drawn = picture(cast.dana, draft(cast, visit, kind))

    assert not re.search(r"<style|<script|style=|\son\w+=|<foreignObject", drawn)
    assert not re.search(r'href="(?!#|data:image/)', drawn)


def test_a_picture_is_kept_by_nobody_and_sent_compressed(cast: SimpleNamespace) -> None:
    bill = draft(cast, full_visit(cast), SUPERBILL)

    answer = Desk(cast.dana).browser.get(f"{page_of(bill)}sheet.svg", HTTP_ACCEPT_ENCODING="gzip")

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"] == "no-store"
    assert gzip.decompress(answer.content).startswith(b"<svg ")


def test_who_may_see_the_picture_of_a_bill(cast: SimpleNamespace) -> None:
    bill = issued(cast, full_visit(cast), SUPERBILL).bill

    def status(person: Any) -> int:
        return int(Desk(person).get(f"{page_of(bill)}sheet.svg").status_code)

    assert [status(who) for who in (cast.dana, cast.lee)] == [200, 200]
    assert [status(who) for who in (cast.sam, cast.stranger)] == [404, 404]
    assert status(cast.noor) == 403
    Membership.objects.filter(user=cast.noor.user).update(access_billing=True)
    assert status(cast.noor) == 200


@KINDS
def test_the_picture_costs_the_same_for_any_visit(
    cast: SimpleNamespace, kind: str, django_assert_num_queries: Any
) -> None:
    visit = full_visit(cast)
    bill, done = draft(cast, visit, kind), issued(cast, visit, kind).bill
    desk = Desk(cast.dana)
    desk.read(page_of(bill))
    for codes in ((), ("I10", "E66.9", "N18.31")):
        Diagnosis.objects.bulk_create(
            Diagnosis(visit=visit, position=n + 3, code=code) for n, code in enumerate(codes)
        )
        with django_assert_num_queries(10):
            desk.get(f"{page_of(bill)}sheet.svg")
        with django_assert_num_queries(5):
            desk.get(f"{page_of(done)}sheet.svg")
