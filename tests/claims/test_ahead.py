"""What payers would refuse in a letterhead, before any visit exists."""

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from letterhead.billing.contents import PayerPicture
from letterhead.billing.problems import Place
from letterhead.billing.sample import SAMPLE_CLINICIAN, sample_contents
from letterhead.claims import ahead
from letterhead.claims.ahead import refusals
from letterhead.claims.readiness import problems
from letterhead.details.letterhead import Letterhead, License, OtherIdNumber
from tests.claims.samples import CLAIM, changed

TODAY = dt.date(2026, 11, 26)
ACME, BETA = (PayerPicture(id=n, name=name) for n, name in ((1, "Acme Health"), (2, "Beta")))
MEDICARE = PayerPicture(id=3, name="Medicare", kind="medicare")
TAXONOMY = PayerPicture(id=4, name="Strict Health", other_id_in_24j="taxonomy")

OWN_TAXONOMY = OtherIdNumber(qualifier="ZZ", number="133N00000X")


def said(
    *payers: PayerPicture, places: tuple[Place, ...] = (Place.MY_DETAILS,), **changes: Any
) -> list[str]:
    letterhead = changed(CLAIM, **changes).letterhead
    found = refusals(letterhead, payers=payers, places=places, today=TODAY)
    return [refusal.message for refusal in found]


def other_id(number: str, payer: int | None = None) -> dict[str, Any]:
    only = OtherIdNumber(qualifier="G2", number=number, payer=payer, is_default=payer is None)
    return {"clinician__other_ids": (only,)}


@pytest.mark.parametrize("payer", [None, ACME, MEDICARE, TAXONOMY])
@pytest.mark.parametrize("clinician", [CLAIM.letterhead.clinician, SAMPLE_CLINICIAN])
def test_the_sample_is_right_by_every_rule(payer: PayerPicture | None, clinician: Any) -> None:
    if payer is TAXONOMY:
        clinician = replace(clinician, other_ids=(OWN_TAXONOMY,))
    letterhead = Letterhead(clinician=clinician, practice=CLAIM.letterhead.practice)
    sample = sample_contents(letterhead, payer=payer, today=TODAY)

    assert [one for one in problems(sample) if one.item != "carrier"] == []


def test_what_every_payer_refuses_is_said_of_every_claim() -> None:
    expected = "Item 24J is missing or incomplete. Every claim would be rejected."
    for payers in ((), (ACME,), (ACME, MEDICARE, BETA)):
        assert said(*payers, clinician__npi="") == [f"Enter your Individual NPI. {expected}"]


def test_what_one_payer_refuses_is_said_of_claims_to_it() -> None:
    expected = "“A23456789012” has 12 characters. Only 11 fit. Shorten it. See item 24J."

    assert said(ACME, BETA, MEDICARE, **other_id("A23456789012", payer=1)) == [
        f"{expected} Claims to Acme Health would be rejected."
    ]
    assert said(ACME, BETA, MEDICARE, **other_id("A23456789012")) == [
        f"{expected} Claims to Acme Health and Beta would be rejected."
    ]


def test_of_many_payers_some_are_named_and_the_others_counted() -> None:
    plain = [PayerPicture(id=n, name=f"Plan {n}") for n in range(10, 20)]

    (message,) = said(*plain, MEDICARE, **other_id("A23456789012"))

    assert message.endswith(" Claims to Plan 10, Plan 11 and 8 other payers would be rejected.")


def test_a_doubt_says_that_claims_could_be_sent_back() -> None:
    assert said(places=(Place.PRACTICE,), practice__address__postal_code="10004") == [
        "The ZIP code has five digits. Payers ask for nine. See item 33. "
        "Every claim could be rejected."
    ]


def test_the_taxonomy_is_asked_for_by_who_asks_for_it_only() -> None:
    missing = {"practice__taxonomy": ""}

    assert said(ACME, places=(Place.BILLING,), **missing) == []
    (message,) = said(ACME, TAXONOMY, places=(Place.BILLING,), **missing)
    assert message.endswith("incomplete. Claims to Strict Health would be rejected.")


def test_the_clinicians_own_taxonomy_is_asked_for_on_my_details() -> None:
    (message,) = said(ACME, TAXONOMY)

    assert message.startswith("This payer asks for your taxonomy code.")
    assert message.endswith("Claims to Strict Health would be rejected.")
    assert said(ACME, TAXONOMY, clinician__other_ids=(OWN_TAXONOMY,)) == []


def test_licenses_are_left_to_the_reminders_of_my_details() -> None:
    expired = License(number="4812", expires=dt.date(2026, 11, 25))

    assert said(clinician__licenses=(expired,)) == []


def test_a_problem_is_listed_only_where_it_is_fixed() -> None:
    wrong: dict[str, Any] = {"clinician__npi": "", "practice__group_npi": ""}

    assert "24J" in said(**wrong)[0] and len(said(**wrong)) == 1
    assert "33a" in said(places=(Place.BILLING,), **wrong)[0]


def test_what_is_remembered_between_pages_has_no_tax_id() -> None:
    practice = changed(CLAIM, practice__group_npi="").letterhead.practice
    assert practice.tax_id

    (found,) = ahead.refusals_of_practice(practice, (), (), TODAY)

    assert ahead.refusals_of_practice(practice, (), (), TODAY)[0] is found
    assert practice.tax_id.number not in repr(ahead._found)
