"""Correcting an issued claim: a corrected or void one, with the payer's own number in item 22."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from letterhead.activity.models import Activity
from letterhead.billing.actions import discard, issue
from letterhead.billing.models import Bill, IssuedBill
from letterhead.billing.queries import draft_contents, issued_contents
from letterhead.claims.cms1500 import fill
from letterhead.clients.models import Policy
from letterhead.practices.models import Payer
from tests.billing.ready import NOW, draft, full_visit, issued
from tests.clients.desk import Desk, said_beside

CMS1500, SUPERBILL = Bill.Kind.CMS1500, Bill.Kind.SUPERBILL
NUMBER = {"original_reference": "2026 881-A"}
CODE, REFERENCE = ("22", "resubmission code"), ("22", "original reference number")


@pytest.fixture
def claim(cast: SimpleNamespace) -> IssuedBill:
    return issued(cast, full_visit(cast), CMS1500)


@pytest.fixture
def dana(cast: SimpleNamespace) -> Desk:
    return Desk(cast.dana)


def page_of(bill: Bill) -> str:
    return f"/billing/bills/{bill.pk}/"


def correct(desk: Desk, claim: IssuedBill, **typed: str) -> Any:
    return desk.save(f"{page_of(claim.bill)}correct/", **NUMBER | typed)


def test_a_corrected_claim_says_in_item_22_what_it_replaces(dana: Desk, claim: IssuedBill) -> None:
    assert "Correct this claim" in dana.read(page_of(claim.bill))

    made = correct(dana, claim)

    draft = Bill.objects.get(state="draft")
    assert made["Location"] == page_of(draft)
    form = fill(draft_contents(draft, now=NOW))[0]
    assert (form[CODE], form[REFERENCE]) == ("7", "2026 881-A")


def test_a_void_claim_says_8(dana: Desk, claim: IssuedBill) -> None:
    correct(dana, claim, resubmission_code="8")

    draft = Bill.objects.get(state="draft")
    assert fill(draft_contents(draft, now=NOW))[0][CODE] == "8"
    assert "This voids claim" in dana.read(page_of(draft))


def test_the_draft_follows_the_visit_and_what_was_issued_stays(
    dana: Desk, claim: IssuedBill
) -> None:
    correct(dana, claim)
    dana.save(f"/billing/visits/{claim.bill.visit_id}/edit/", **{"lines-0-charge": "99"})

    draft = Bill.objects.get(state="draft")
    assert draft.total == draft_contents(draft, now=NOW).total == 99
    assert issued_contents(claim).total == 120
    assert not issued_contents(claim).visit.resubmission_code


def test_both_claims_link_to_each_other(
    cast: SimpleNamespace, dana: Desk, claim: IssuedBill
) -> None:
    correct(dana, claim)
    draft = Bill.objects.get(state="draft")
    assert f'This corrects claim <a href="{page_of(claim.bill)}">' in dana.read(page_of(draft))
    assert f'<a href="{page_of(draft)}">Draft</a>' in dana.read(page_of(claim.bill))

    later = issue(draft, by=cast.dana.user, now=NOW)

    assert f'<a href="{page_of(draft)}">{later.number}</a>' in dana.read(page_of(claim.bill))
    assert f'<a href="{page_of(claim.bill)}">{claim.number}</a>' in dana.read(page_of(draft))
    assert "Corrected claim" in dana.read(f"/clients/{draft.client_id}/")


def test_a_correction_is_recorded(dana: Desk, claim: IssuedBill) -> None:
    correct(dana, claim)

    last = Activity.objects.latest("pk")
    assert (last.act, last.about) == ("drafted a correction", claim.number)


def test_the_draft_is_opened_again_with_what_was_typed_last(dana: Desk, claim: IssuedBill) -> None:
    first = correct(dana, claim)
    page = f"{page_of(claim.bill)}correct/"
    assert dana.opened(page)["original_reference"] == "2026 881-A"

    second = correct(dana, claim, original_reference="b7", resubmission_code="8")

    assert first["Location"] == second["Location"]
    draft = Bill.objects.get(state="draft")
    assert (draft.resubmission_code, draft.original_reference) == ("8", "B7")
    assert Activity.objects.latest("pk").act == "changed a correction"


def test_a_new_claim_for_the_visit_is_another_draft(dana: Desk, claim: IssuedBill) -> None:
    correct(dana, claim)

    dana.browser.post(f"/billing/visits/{claim.bill.visit_id}/new-cms-1500/")

    assert Bill.objects.filter(state="draft").count() == 2


def test_a_correction_does_not_say_that_the_visit_was_billed_on_what_it_corrects(
    cast: SimpleNamespace, dana: Desk, claim: IssuedBill
) -> None:
    correct(dana, claim)
    draft = Bill.objects.get(state="draft")
    assert "already billed" not in dana.read(page_of(draft))

    other = issued(cast, claim.bill.visit, CMS1500)

    page = dana.read(page_of(draft))
    assert f"already billed on {other.number}" in page
    assert f'href="{page_of(other.bill)}"' in page


@pytest.mark.parametrize("typed", ["", "---", "1" * 19, "李"])
def test_a_number_that_cannot_be_printed_is_refused(
    dana: Desk, claim: IssuedBill, typed: str
) -> None:
    answer = correct(dana, claim, original_reference=typed)

    assert list(said_beside(answer)) == ["original_reference"]
    assert not Bill.objects.filter(state="draft").exists()


def test_a_draft_of_a_policy_that_became_medicares_cannot_be_issued(
    cast: SimpleNamespace, dana: Desk, claim: IssuedBill
) -> None:
    correct(dana, claim)
    Payer.objects.filter(pk=cast.acme.pk).update(kind="medicare")

    refused = dana.browser.post(f"{page_of(Bill.objects.get(state='draft'))}issue/")

    assert refused.status_code == 422
    assert "item 22 must be blank" in refused.content.decode()


def test_for_a_claim_to_medicare_the_page_says_how_its_corrections_go(
    cast: SimpleNamespace, dana: Desk
) -> None:
    visit = full_visit(cast)
    Policy.objects.update(relationship="self", another_plan=False, group_number="",
                          member_id="1EG4-TE5-MK73")  # fmt: skip
    Payer.objects.filter(pk=cast.acme.pk).update(kind="medicare")
    claim = issued(cast, visit, CMS1500)

    page = dana.read(f"{page_of(claim.bill)}correct/")

    assert "clerical error reopening" in page
    assert "original_reference" not in page
    dana.browser.post(f"{page_of(claim.bill)}correct/", NUMBER | {"resubmission_code": "7"})
    assert not Bill.objects.filter(state="draft").exists()


def test_a_corrected_claim_is_corrected_no_more_but_its_correction_is(
    cast: SimpleNamespace, dana: Desk, claim: IssuedBill
) -> None:
    correct(dana, claim)
    later = issue(Bill.objects.get(state="draft"), by=cast.dana.user, now=NOW)

    page = dana.read(f"{page_of(claim.bill)}correct/")
    assert f'<a href="{page_of(later.bill)}">{later.number}</a> replaced this claim' in page
    assert "Correct this claim" not in dana.read(page_of(claim.bill))
    assert correct(dana, later, resubmission_code="8").status_code == 302
    void = issue(Bill.objects.get(state="draft"), by=cast.dana.user, now=NOW)
    assert "A void claim can’t be corrected" in dana.read(f"{page_of(void.bill)}correct/")


def test_only_an_issued_claim_of_ones_practice_is_corrected(
    cast: SimpleNamespace, dana: Desk, claim: IssuedBill
) -> None:
    visit = claim.bill.visit
    others = [draft(cast, visit, CMS1500), issued(cast, visit, SUPERBILL).bill]

    assert [dana.get(f"{page_of(bill)}correct/").status_code for bill in others] == [404, 404]
    assert Desk(cast.stranger).get(f"{page_of(claim.bill)}correct/").status_code == 404


def test_the_database_keeps_code_number_and_claim_together(
    cast: SimpleNamespace, claim: IssuedBill
) -> None:
    new = draft(cast, claim.bill.visit, CMS1500)
    for columns in (
        {"resubmission_code": "7"},
        {"corrects": claim.bill, "resubmission_code": "7"},
        {"corrects": claim.bill, "resubmission_code": "1", "original_reference": "B"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Bill.objects.filter(pk=new.pk).update(**columns)


def test_a_discarded_correction_can_be_made_again(
    cast: SimpleNamespace, dana: Desk, claim: IssuedBill
) -> None:
    correct(dana, claim)
    discard(Bill.objects.get(state="draft"), by=cast.dana.user)

    assert correct(dana, claim).status_code == 302
