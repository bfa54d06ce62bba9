"""Several visits of a client on one claim or superbill."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letterhead.activity.models import Activity
from letterhead.billing.actions import NewLine, issue
from letterhead.billing.models import Bill, Visit
from letterhead.billing.queries import draft_contents
from letterhead.billing.superbill.words import words
from letterhead.claims.cms1500 import fill
from letterhead.practices.models import Location
from tests.billing.ready import NOW, full_visit
from tests.clients.desk import Desk, client_of, visit_of
from tests.scheduling.made import attended

CMS1500, SUPERBILL = Bill.Kind.CMS1500, Bill.Kind.SUPERBILL


@pytest.fixture
def dana(cast: SimpleNamespace) -> Desk:
    return Desk(cast.dana)


@pytest.fixture
def first(cast: SimpleNamespace) -> Visit:
    return full_visit(cast)


def another(cast: SimpleNamespace, visit: Visit, day: int, lines: int = 1, **more: Any) -> Visit:
    """A later visit like this one: its own day, diagnoses and lines, the rest alike."""
    date = dt.date(2026, 11, day)
    facts: dict[str, Any] = {
        "diagnoses": ("Z71.3", "E11.9"),
        "amount_paid": Decimal(5),
        "lines": tuple(
            NewLine(service_on=date, place_of_service="11", code="97803", pointers="AB",
                    charge=Decimal(60))
            for _ in range(lines)
        ),
    }  # fmt: skip
    alike = visit_of(cast, visit.client, date.isoformat(), **facts)
    shared = {
        column.attname: getattr(visit, column.attname)
        for column in Visit._meta.concrete_fields
        if column.name not in {"id", "visited_on", "amount_paid", "version"}
    }
    Visit.objects.filter(pk=alike.pk).update(**shared | more)
    alike.refresh_from_db()
    return alike


def choose(desk: Desk, *visits: Visit, kind: str = "cms-1500") -> Any:
    """Select visits on their client's page and press the button for a new bill."""
    page = f"/clients/{visits[0].client_id}/new-{kind}/"
    return desk.browser.post(page, {"visit": [str(visit.pk) for visit in visits]})


def bill_of(answer: Any) -> Bill:
    assert answer.status_code == 302, answer.content.decode()
    return Bill.objects.get(pk=answer["Location"].rstrip("/").rsplit("/", 1)[1])


def test_a_claim_has_the_services_of_all_with_pointers_to_one_list_of_diagnoses(
    cast: SimpleNamespace, dana: Desk, first: Visit
) -> None:
    second = another(cast, first, 9)

    claim = fill(draft_contents(bill_of(choose(dana, second, first)), now=NOW))

    (form,) = claim
    assert [form["21", f"diagnosis {letter}"] for letter in "AB"] == ["E119", "Z713"]
    assert ("21", "diagnosis C") not in form
    assert form["24E", "line 1 diagnosis pointers"] == "A"
    assert form["24E", "line 2 diagnosis pointers"] == "BA"
    assert form["24A", "line 2 from day"] == "09"
    assert form["28", "total charge dollars"].strip() == "180"
    assert form["29", "amount paid dollars"].strip() == "15"
    assert form["26", "patient account number"] == "RV1"


def test_more_than_six_services_go_on_further_forms(
    cast: SimpleNamespace, dana: Desk, first: Visit
) -> None:
    bill = bill_of(choose(dana, first, another(cast, first, 9, lines=6)))

    forms = fill(draft_contents(bill, now=NOW))

    assert [form["28", "total charge dollars"].strip() for form in forms] == ["420", "60"]


def test_a_months_visits_are_on_one_superbill(
    cast: SimpleNamespace, dana: Desk, first: Visit
) -> None:
    visits = [first, *(another(cast, first, day) for day in (9, 16, 23))]

    bill = bill_of(choose(dana, *visits, kind="superbill"))

    assert (bill.total, bill.visited_on) == (Decimal(300), dt.date(2026, 11, 2))
    page = dana.read(f"/billing/bills/{bill.pk}/")
    assert "4 visits" in page
    dates = [line["date"] for line in words(draft_contents(bill, now=NOW))["lines"]]
    assert dates == ["11/02/2026 – 11/03/2026", "11/09/2026", "11/16/2026", "11/23/2026"]
    issued = issue(bill, by=cast.dana.user, now=NOW)
    assert issued.number in dana.read("/billing/")
    assert "$300.00" in dana.read("/billing/")


def test_visits_paid_on_different_days_are_on_one_bill_that_names_no_day(
    cast: SimpleNamespace, dana: Desk, first: Visit
) -> None:
    Visit.objects.filter(pk=first.pk).update(paid_on=dt.date(2026, 11, 2), payment_method="card")
    second = another(cast, first, 9, paid_on=dt.date(2026, 11, 9), payment_method="card")

    claim = bill_of(choose(dana, first, second))
    superbill = bill_of(choose(dana, first, second, kind="superbill"))

    paid = draft_contents(superbill, now=NOW).visit
    assert (paid.paid_on, paid.payment_method) == (msgspec.UNSET, "card")
    assert fill(draft_contents(claim, now=NOW))[0]["29", "amount paid dollars"].strip() == "15"


def test_each_visit_shows_the_bill_and_the_record_names_them(
    cast: SimpleNamespace, dana: Desk, first: Visit
) -> None:
    second = another(cast, first, 9)

    bill = bill_of(choose(dana, first, second))

    assert dana.read(f"/clients/{first.client_id}/").count(f"/billing/bills/{bill.pk}/") == 2
    assert Activity.objects.latest("pk").changes == {
        "bill": bill.pk, "visit": first.pk, "further visits": [second.pk]
    }  # fmt: skip


def test_the_draft_is_opened_again_whatever_the_order_and_others_are_not(
    cast: SimpleNamespace, dana: Desk, first: Visit
) -> None:
    second, third = another(cast, first, 9), another(cast, first, 16)

    bill = bill_of(choose(dana, first, second))

    assert bill_of(choose(dana, second, first)) == bill
    assert bill_of(choose(dana, first, second, third)) != bill
    alone = dana.browser.post(f"/billing/visits/{first.pk}/new-cms-1500/")
    assert bill_of(alone) != bill
    assert bill_of(choose(dana, first, second, kind="superbill")) != bill


def test_a_draft_follows_all_its_visits(cast: SimpleNamespace, dana: Desk, first: Visit) -> None:
    second = another(cast, first, 9)
    bill = bill_of(choose(dana, first, second))

    dana.save(f"/billing/visits/{second.pk}/edit/", **{"lines-0-charge": "80"})
    dana.save(f"/billing/visits/{second.pk}/edit/", visited_on="2026-11-01")

    bill.refresh_from_db()
    assert (bill.total, bill.visited_on) == (Decimal(200), dt.date(2026, 11, 1))
    contents = draft_contents(bill, now=NOW)
    assert contents.visit.visited_on == dt.date(2026, 11, 1)
    assert [line.charge for line in contents.visit.lines] == [80, 120]


@pytest.mark.parametrize(
    ("column", "value", "named"),
    [
        ("prior_authorization", "PA-9", "Prior authorization"),
        ("auto_accident", False, "Related to an auto accident"),
        ("referrer_last_name", "Else", "Referring provider"),
        ("policy_id", None, "Policy"),
    ],
)
def test_visits_that_differ_in_what_a_claim_says_once_are_told_why_not(
    cast: SimpleNamespace, dana: Desk, first: Visit, column: str, value: Any, named: str
) -> None:
    answer = choose(dana, first, another(cast, first, 9, **{column: value}))

    assert answer.status_code == 422
    assert f"because they differ in: {named}." in answer.content.decode()
    assert not Bill.objects.exists()


def test_visits_of_two_clinicians_or_at_two_locations_are_told_why_not(
    cast: SimpleNamespace, dana: Desk, first: Visit
) -> None:
    annex = Location.objects.create(practice=cast.practice, name="Annex")
    sams = another(cast, first, 9, practitioner_id=cast.sam.practitioner_id, location_id=annex.pk)

    for kind in ("cms-1500", "superbill"):
        said = choose(dana, first, sams, kind=kind).content.decode()
        assert "because they differ in: Clinician, Location." in said


def test_a_superbill_asks_less_to_be_alike(cast: SimpleNamespace, dana: Desk, first: Visit) -> None:
    other = another(cast, first, 9, auto_accident=False, auto_accident_state="")

    assert choose(dana, first, other, kind="superbill").status_code == 302


def test_more_than_twelve_diagnoses_are_too_many(
    cast: SimpleNamespace, dana: Desk, first: Visit
) -> None:
    second = another(cast, first, 9)
    for n in range(12):
        second.diagnoses.create(position=n, code=f"E10.{n}") if n > 1 else None
    third = another(cast, first, 16)
    third.diagnoses.create(position=2, code="M1A.00X1")

    said = choose(dana, first, second, third).content.decode()

    assert "These visits have 13 diagnoses together. A bill has room for 12." in said


def test_visits_that_came_apart_after_the_draft_cannot_be_issued_together(
    cast: SimpleNamespace, dana: Desk, first: Visit
) -> None:
    second = another(cast, first, 9)
    bill = bill_of(choose(dana, first, second))
    dana.save(f"/billing/visits/{second.pk}/edit/", prior_authorization="PA-9")

    refused = dana.browser.post(f"/billing/bills/{bill.pk}/issue/")

    assert refused.status_code == 422
    assert "because they differ in: Prior authorization." in refused.content.decode()


def test_a_problem_leads_to_the_visit_and_the_row_it_is_in(
    cast: SimpleNamespace, dana: Desk, first: Visit
) -> None:
    second = another(cast, first, 9, lines=2)
    second.lines.filter(position=1).update(pointers="")
    bill = bill_of(choose(dana, first, second))

    page = dana.read(f"/billing/bills/{bill.pk}/")

    assert f'href="/billing/visits/{second.pk}/edit/#id_lines-1-pointers"' in page


def test_a_visit_that_was_issued_before_is_told(
    cast: SimpleNamespace, dana: Desk, first: Visit
) -> None:
    second = another(cast, first, 9)
    both = bill_of(choose(dana, first, second))
    issue(both, by=cast.dana.user, now=NOW)

    alone = bill_of(dana.browser.post(f"/billing/visits/{second.pk}/new-cms-1500/"))

    page = dana.read(f"/billing/bills/{alone.pk}/")
    assert "already billed" in page
    assert f'href="/billing/bills/{both.pk}/"' in page


def test_a_visit_made_from_an_appointment_is_on_one_claim_with_one_that_was_typed(
    cast: SimpleNamespace, dana: Desk, first: Visit
) -> None:
    second = another(cast, first, 9, carried_over_from=dt.date(2026, 11, 2))
    came = attended(cast, cast.dana, first.client)
    Visit.objects.filter(pk=second.pk).update(attendee=came)

    for kind in ("cms-1500", "superbill"):
        assert bill_of(choose(dana, first, second, kind=kind)).further.get() == second


def test_a_claim_of_several_visits_is_corrected_with_all_of_them(
    cast: SimpleNamespace, dana: Desk, first: Visit
) -> None:
    claim = bill_of(choose(dana, first, another(cast, first, 9)))
    issue(claim, by=cast.dana.user, now=NOW)

    made = dana.save(f"/billing/bills/{claim.pk}/correct/", original_reference="A1")

    assert len(draft_contents(bill_of(made), now=NOW).visit.lines) == 2


def test_visits_are_chosen_where_there_are_several(
    cast: SimpleNamespace, dana: Desk, first: Visit
) -> None:
    page = f"/clients/{first.client_id}/"
    assert 'name="visit"' not in dana.read(page)

    another(cast, first, 9)

    assert dana.read(page).count('name="visit"') == 2
    assert "New superbill for these" in dana.read(page)


def test_choosing_none_says_so(dana: Desk, first: Visit) -> None:
    page = f"/clients/{first.client_id}/"

    answer = dana.browser.post(f"{page}new-superbill/")

    assert answer["Location"] == page
    assert "Choose at least one visit." in dana.read(page)


def test_a_visit_of_another_client_or_practice_is_not_found(
    cast: SimpleNamespace, dana: Desk, first: Visit
) -> None:
    other = visit_of(cast, client_of(cast.dana, first="Bo"))

    assert choose(dana, first, other).status_code == 404
    assert choose(Desk(cast.stranger), first).status_code == 404
    for odd in ("x", "9" * 30, "²"):
        page = f"/clients/{first.client_id}/new-superbill/"
        assert dana.browser.post(page, {"visit": odd}).status_code == 404


def test_the_pages_ask_the_database_as_often_for_2_visits_as_for_8(
    cast: SimpleNamespace, dana: Desk, first: Visit
) -> None:
    visits = [first, *(another(cast, first, day) for day in range(9, 16))]
    asked = []
    for some in (visits[:2], visits):
        bill = bill_of(choose(dana, *some, kind="superbill"))
        for page in (f"/billing/bills/{bill.pk}/", f"/clients/{first.client_id}/", "/billing/"):
            dana.read(page)
            with CaptureQueriesContext(connection) as queries:
                dana.read(page)
            asked.append(len(queries))

    assert asked[:3] == asked[3:]
