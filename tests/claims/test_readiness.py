"""What a payer would refuse or question in a claim, and the field where it is fixed."""

import datetime as dt
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from letterhead.billing.contents import InsuredPicture, Referrer
from letterhead.billing.problems import Place
from letterhead.claims.readiness import problems, refused
from letterhead.details.letterhead import License, OtherIdNumber, PersonName, TaxId
from tests.claims.samples import A_LINE, CLAIM, changed, npi_of


def line(**changes: Any) -> dict[str, Any]:
    return {"visit__lines": (msgspec.structs.replace(A_LINE, **changes),)}


def test_the_sample_claim_is_ready() -> None:
    assert problems(CLAIM) == ()


def other_id(qualifier: str, number: str) -> dict[str, Any]:
    only = OtherIdNumber(qualifier=qualifier, number=number, is_default=True)
    return {"clinician__other_ids": (only,)}


@pytest.mark.parametrize(
    ("changes", "item", "place", "field"),
    [
        ({"clinician__npi": ""}, "24J", Place.MY_DETAILS, "npi"),
        ({"clinician__npi": "2000000011"}, "24J", Place.MY_DETAILS, "npi"),
        ({"clinician__credentials": "MS, RD, CDN"}, "31", Place.MY_DETAILS, "signature"),
        ({"clinician__signature": "short"}, "31", Place.MY_DETAILS, "short_signature"),
        ({"clinician__claim_name": PersonName(first="Dana", last="李")}, "31", Place.MY_DETAILS,
         "claim_last_name"),
        (other_id("0B", "A" * 12), "24J", Place.MY_DETAILS, "other_ids-0-number"),
        (other_id("1B", "A1"), "24I", Place.MY_DETAILS, "other_ids-0-qualifier"),
        ({"practice__name": "N" * 30}, "33", Place.BILLING, "legal_name"),
        ({"practice__address__line1": "P.O. Box 12"}, "33", Place.PRACTICE, "line1"),
        ({"practice__address__line1": ""}, "33", Place.PRACTICE, "line1"),
        ({"practice__address__state": "New York"}, "33", Place.PRACTICE, "state"),
        ({"practice__address__postal_code": "1000"}, "33", Place.PRACTICE, "postal_code"),
        ({"practice__group_npi": ""}, "33a", Place.BILLING, "group_npi"),
        ({"practice__npi_type": "individual"}, "33a", Place.BILLING, "holder_npi"),
        ({"practice__npi_type": "individual"}, "33", Place.BILLING, "holder_last_name"),
        ({"practice__tax_id": None}, "25", Place.BILLING, "tax_id"),
        ({"practice__tax_id": TaxId(kind="SSN", number="0001")}, "25", Place.BILLING, "tax_id"),
        ({"practice__tax_id": TaxId(kind="ABN", number="1")}, "25", Place.BILLING, "tax_id_kind"),
        ({"practice__taxonomy": "133V", "payer__other_id_in_24j": "taxonomy"}, "33b",
         Place.BILLING, "taxonomy"),
        ({"client__name": PersonName(first="Ana")}, "2", Place.CLIENT, "last_name"),
        ({"client__name": PersonName(first="Ana", last="N" * 26)}, "2", Place.CLIENT, "last_name"),
        ({"client__birth_date": None}, "3", Place.CLIENT, "birth_date"),
        ({"client__address__line1": ""}, "5", Place.CLIENT, "line1"),
        ({"client__address__line1": "4 Straße 😀"}, "5", Place.CLIENT, "line1"),
        ({"client__address__postal_code": ""}, "5", Place.CLIENT, "postal_code"),
        ({"policy": None}, "1a", Place.VISIT, "policy"),
        ({"policy__member_id": " "}, "1a", Place.POLICY, "member_id"),
        ({"policy__relationship": "spouse"}, "4", Place.POLICY, "insured_last_name"),
        ({"policy__another_plan": True}, "9", Place.POLICY, "other_insured_last_name"),
        ({"policy__another_plan": True}, "9a", Place.POLICY, "other_policy_number"),
        ({"policy__plan_name": "P" * 30}, "11c", Place.POLICY, "plan_name"),
        ({"payer__name": "P" * 32}, "carrier", Place.PAYER, "name"),
        ({"visit__diagnoses": ()}, "21", Place.VISIT, "diagnoses-0-code"),
        ({"visit__diagnoses": ("E11.9", "nonsense")}, "21", Place.VISIT, "diagnoses-1-code"),
        ({"visit__lines": ()}, "24", Place.VISIT, "lines-0-code"),
        (line(code=""), "24D", Place.VISIT, "lines-0-code"),
        (line(code="9780211"), "24D", Place.VISIT, "lines-0-code"),
        (line(modifiers=("95", "GT", "25", "U1", "U2")), "24D", Place.VISIT, "lines-0-modifiers"),
        (line(pointers=""), "24E", Place.VISIT, "lines-0-pointers"),
        (line(pointers="C"), "24E", Place.VISIT, "lines-0-pointers"),
        (line(charge=Decimal(-5)), "24F", Place.VISIT, "lines-0-charge"),
        (line(charge=Decimal(1000000)), "24F", Place.VISIT, "lines-0-charge"),
        (line(units=Decimal("0.5")), "24G", Place.VISIT, "lines-0-units"),
        (line(units=Decimal(1000)), "24G", Place.VISIT, "lines-0-units"),
        (line(service_on=dt.date(2026, 11, 27)), "24A", Place.VISIT, "lines-0-service_on"),
        ({"visit__auto_accident": True}, "10b", Place.VISIT, "auto_accident_state"),
        ({"visit__amount_paid": Decimal(-1)}, "29", Place.VISIT, "amount_paid"),
        ({"visit__resubmission_code": "7"}, "22", Place.CORRECTION, "original_reference"),
        ({"visit__additional_information": "I" * 72}, "19", Place.VISIT, "additional_information"),
        ({"visit__referrer": Referrer(name=PersonName())}, "17", Place.VISIT, "referrer_last_name"),
        ({"visit__referrer": Referrer(name=PersonName(last="Lee"), npi="1")}, "17b", Place.VISIT,
         "referrer_npi"),
        ({"visit__referrer": Referrer(name=PersonName(last="Lee"), npi=npi_of(9),
                                      other_id_qualifier="ZZ", other_id="133V00000X")},
         "17a", Place.VISIT, "referrer_other_id_qualifier"),
    ],
)  # fmt: skip
def test_an_error_names_its_item_its_place_and_its_field(
    changes: dict[str, Any], item: str, place: Place, field: str
) -> None:
    found = [(error.item, error.place, error.field) for error in refused(changed(CLAIM, **changes))]

    assert (item, place, field) in found


@pytest.mark.parametrize(
    ("changes", "place", "field"),
    [
        ({"practice__address__postal_code": "10004"}, Place.PRACTICE, "postal_code"),
        ({"practice__phone": None}, Place.PRACTICE, "phone"),
        ({"practice__tax_id": TaxId(kind="EIN", number="003456789")}, Place.BILLING, "tax_id"),
        ({"payer__address__line1": ""}, Place.PAYER, "line1"),
        ({"visit__amount_paid": Decimal(500)}, Place.VISIT, "amount_paid"),
        ({"visit__referrer": Referrer(name=PersonName(last="Lee"))}, Place.VISIT, "referrer_npi"),
        ({"policy__insured": InsuredPicture(name=PersonName(last="Lee"))}, Place.POLICY,
         "insured_birth_date"),
        ({"clinician__licenses": (License(number="4812", expires=dt.date(2026, 11, 2)),)},
         Place.MY_DETAILS, "licenses-0-expires"),
    ],
)  # fmt: skip
def test_a_doubt_warns_and_does_not_refuse(
    changes: dict[str, Any], place: Place, field: str
) -> None:
    claim = changed(CLAIM, **changes)

    assert not refused(claim)
    assert [(w.severity, w.place, w.field) for w in problems(claim)].count(
        ("warning", place, field)
    ) == 1


def test_a_signature_too_long_says_by_how_much_and_what_to_do() -> None:
    name = PersonName(first="Anna", middle="M", last="Lindqvist")
    claim = changed(CLAIM, clinician__claim_name=name, clinician__credentials="MS, RD, CDN")

    (error,) = refused(claim)

    assert error.message == (
        "“ANNA M LINDQVIST MS RD CDN” has 26 characters. Only 21 fit. Choose a short form. "
        "See item 31."
    )


def test_each_problem_is_named_once_however_many_lines_and_forms_show_it() -> None:
    claim = changed(CLAIM, visit__lines=(A_LINE,) * 8, **other_id("0B", "A" * 12))

    assert len(refused(claim)) == 1
