"""A receipt outside the US: its country's words, its numbers each once, and no empty columns."""

from decimal import Decimal
from typing import Any

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from letterhead.billing.contents import Contents, ServiceLinePicture
from letterhead.billing.problems import Place
from letterhead.billing.superbill.appearance import superbill_sheet
from letterhead.billing.superbill.charges import taxes_in
from letterhead.billing.superbill.checks import superbill_problems
from letterhead.billing.superbill.words import words
from letterhead.countries.country import Asked, Country
from letterhead.countries.table import DESCRIBED, country_of
from letterhead.details.letterhead import Address, License, Number, OtherIdNumber
from tests.billing.receipts import CONSULTATION, ELSEWHERE, GST, RECEIPT
from tests.billing.samples import SUPERBILL
from tests.billing.superbill.test_superbill_paper import said_by, squeezed
from tests.claims.samples import changed

PROVIDER = Number(kind="medicare provider", label="Provider number", number="2429602B")


def facts_of(contents: Contents) -> list[tuple[str, str]]:
    said = words(contents)
    return [*said["practice"]["facts"], *said["clinician"]["facts"]]


def lines(*changes: dict[str, Any]) -> tuple[ServiceLinePicture, ...]:
    return tuple(replace(CONSULTATION, **each) for each in changes)


@pytest.mark.parametrize(
    "value",
    [
        "Receipt R26-0001", "26 November 2026", "ABN 51 824 753 556", "Provider number 2429601F",
        "Work (08) 5550 1234", "Referred by Ruth Vale Provider number 2429601F",
        "Date of referral 20 Oct 2026", "3 Nov 2026 500 Initial consultation $110.00",
        "Paid in full on 3 Nov 2026, by card", "Item",
        "This is a receipt for services. It promises no payment by any insurer.",
    ],
)  # fmt: skip
def test_a_receipt_shows_each_field_in_its_countrys_words(value: str) -> None:
    assert squeezed(value) in said_by(RECEIPT)


@pytest.mark.parametrize(
    "value", ["Superbill", "CPT", "NPI", "Modifiers", "ICD-10-CM", "Place", "Units", "Taxonomy"]
)
def test_a_receipt_has_no_word_of_us_claims(value: str) -> None:
    assert squeezed(value) not in said_by(RECEIPT)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"code": ""}, "code"), ({"modifiers": ("95",)}, "modifiers"), ({"pointers": "A"},
        "pointers"), ({"minutes": 50}, "minutes"), ({"factor": Decimal("2.3")}, "factor"),
        ({"units": Decimal(2)}, "units"), ({"taxes": (GST,)}, "tax"),
    ],
)  # fmt: skip
def test_a_column_that_is_empty_in_all_lines_is_dropped(
    change: dict[str, Any], column: str
) -> None:
    without = "code" in change
    used = words(changed(RECEIPT, visit__lines=lines(change, change)))["columns"]
    usual = words(RECEIPT)["columns"]

    assert (column in used) is not without
    assert (column in usual) is without
    one_has_it = changed(RECEIPT, visit__lines=lines({}, change))
    assert column in words(one_has_it)["columns"]


def test_a_place_of_service_prints_only_where_it_means_something() -> None:
    assert "place" not in words(RECEIPT)["columns"]
    assert "place" in words(changed(RECEIPT, practice__bills_us_payers=True))["columns"]


def test_all_columns_of_the_us_form_stay() -> None:
    bare = replace(SUPERBILL.visit.lines[0], modifiers=(), pointers="", units=Decimal(1))

    assert words(changed(SUPERBILL, visit__lines=(bare,)))["columns"] == [
        *("date", "place", "code", "modifiers", "description", "pointers", "units", "charge")
    ]


def test_letters_of_diagnoses_print_where_services_point_to_them() -> None:
    coded = changed(RECEIPT, visit__diagnoses=("E11.9",))
    pointed = changed(coded, visit__lines=lines({"pointers": "A"}))

    assert words(coded)["diagnoses"] == [("", "E11.9")]
    assert words(pointed)["diagnoses"] == [("A", "E11.9")]


@pytest.mark.parametrize("code", ["500", "870", "19.2", "15_003_0118_1_3"])
def test_any_code_stands_on_one_line(code: str) -> None:
    said = said_by(changed(RECEIPT, visit__lines=lines({"code": code})))

    assert squeezed(f"3 Nov 2026 {code} Initial consultation") in said


def test_factor_and_minutes_print() -> None:
    timed = changed(RECEIPT, visit__lines=lines({"minutes": 50, "factor": Decimal("2.30")}))

    assert squeezed("Initial consultation 50 2.3 $110.00") in said_by(timed)


def test_each_tax_says_what_is_in_the_total() -> None:
    taxed = lines({"taxes": (GST,)}, {"taxes": (GST,), "charge": Decimal("22.22")}, {})
    note = "GST-free health service (GST Act s 38-10)"
    said = said_by(changed(RECEIPT, visit__lines=taxed, practice__tax_note=note))

    assert squeezed("Total $242.22 GST 10 % included $12.02 Paid") in said
    assert squeezed(note) in said


def test_the_sentence_on_taxes_prints_only_where_a_line_has_none() -> None:
    taxed = changed(RECEIPT, visit__lines=lines({"taxes": (GST,)}), practice__tax_note="No GST")

    assert words(taxed)["tax_note"] == ""
    assert words(changed(RECEIPT, practice__tax_note="No GST"))["tax_note"] == "No GST"


@pytest.mark.parametrize(
    ("charges", "percents", "taxes"),
    [
        (["110.00"], ["10"], ["10.00"]),
        (["0.11", "0.11", "0.11"], ["10"], ["0.03"]),  # once over the sum
        (["114.98"], ["5", "9.975"], ["5.00", "9.98"]),  # both of the same net charge
        (["0.10"], ["100"], ["0.05"]),
        (["0.01"], ["100"], ["0.01"]),  # half a cent: up
    ],
)
def test_a_tax_is_rounded_once_half_up(
    charges: list[str], percents: list[str], taxes: list[str]
) -> None:
    parts = tuple(replace(GST, label=each, percent=Decimal(each)) for each in percents)
    taxed = lines(*({"taxes": parts, "charge": Decimal(charge)} for charge in charges))

    found = taxes_in(changed(RECEIPT, visit__lines=taxed))

    assert [f"{each:.2f}" for each in found.values()] == taxes


def test_a_practices_legal_name_prints_below_its_name() -> None:
    said = words(changed(RECEIPT, practice__legal_name="Harbour Dietetics Pty Ltd"))

    assert said["practice"]["lines"][0] == "Harbour Dietetics Pty Ltd"


@pytest.mark.parametrize(
    ("paid", "day", "how", "said"),
    [
        (Decimal(0), UNSET, UNSET, "isn't paid in full"),
        (RECEIPT.total, UNSET, "card", "On which day and how"),
        (RECEIPT.total, RECEIPT.issued_on, UNSET, "On which day and how"),
        (RECEIPT.total, RECEIPT.issued_on, "card", ""),
    ],
)
def test_a_receipt_says_when_and_how_it_was_paid(
    paid: Decimal, day: Any, how: Any, said: str
) -> None:
    bill = changed(RECEIPT, visit__amount_paid=paid, visit__paid_on=day, visit__payment_method=how)
    found = [each.message for each in superbill_problems(bill) if "paid" in each.message]

    assert [said in message for message in found] == ([True] if said else [])


def test_numbers_print_for_this_payer_or_for_any() -> None:
    rows = (
        replace(PROVIDER, kind="", label="Fund number", number="A1", payer=None),
        replace(PROVIDER, kind="", label="Fund number", number="B2", payer=7),
        replace(PROVIDER, kind="", label="Fund number", number="C3", payer=8),
    )
    bill = changed(RECEIPT, clinician__numbers=rows)
    paid = replace(bill, payer=replace(SUPERBILL.payer, id=7) if SUPERBILL.payer else None)

    assert ("Fund number", "A1") in facts_of(bill)
    assert [said for label, said in facts_of(paid) if label == "Fund number"] == ["B2"]


@pytest.mark.parametrize("changes", [{"of_location": True}, {"payer": 7}])
def test_a_number_for_this_place_or_payer_prints_instead_of_the_main_one(
    changes: dict[str, Any],
) -> None:
    bill = changed(RECEIPT, clinician__numbers=(replace(PROVIDER, **changes),))
    paid = replace(bill, payer=replace(SUPERBILL.payer, id=7) if SUPERBILL.payer else None)

    said = [number for label, number in facts_of(paid) if label == "Provider number"]
    assert said == ["2429602B"]


def test_a_number_entered_twice_prints_once() -> None:
    bill = changed(
        RECEIPT,
        clinician__npi="PSY0001234567",
        clinician__numbers=(
            Number(kind="ahpra", label="AHPRA registration", number="PSY 000 123 4567"),
            Number(kind="abn", label="ABN", number="51824753556", is_tax=True),
        ),
        clinician__licenses=(License(number="psy-0001234567"),),
        clinician__other_ids=(OtherIdNumber(qualifier="0B", number="PSY0001234567"),),
    )

    said = squeezed("".join(number for _label, number in facts_of(bill))).upper()

    assert said.count("PSY0001234567") == 1
    assert said.count("51824753556") == 1


def test_an_own_name_of_the_main_number_stays_and_the_usual_one_is_the_countrys() -> None:
    for own, printed in (("Medicare no.", "Medicare no."), ("NPI", "Provider number")):
        bill = changed(RECEIPT, clinician__npi_label=own)
        assert facts_of(bill)[1] == (printed, "2429601F")


def test_an_npi_keeps_its_name_where_us_payers_are_billed_too() -> None:
    npi = {"clinician__npi": "2000000010", "clinician__npi_label": "NPI"}
    bill = changed(RECEIPT, practice__bills_us_payers=True, **npi)

    assert ("NPI", "2000000010") in facts_of(bill)


def test_a_tax_id_is_never_written_as_an_ssn() -> None:
    bill = changed(RECEIPT, practice__tax_id=ELSEWHERE)

    assert "123456789" in said_by(bill)
    assert "Tax ID (" not in str(words(bill))
    assert not any(written == "123-45-6789" for _label, written in facts_of(bill))


def test_a_masked_tax_id_isnt_either() -> None:
    sheet = superbill_sheet(changed(RECEIPT, practice__tax_id=ELSEWHERE))

    assert "•••••6789" in sheet


def test_numbers_of_us_claims_print_where_us_payers_are_billed() -> None:
    us = {
        "practice__group_npi": "2000000028",
        "practice__taxonomy": "133V00000X",
        "location__npi": "2000000036",
        "clinician__other_ids": (OtherIdNumber(qualifier="G2", number="H99120"),),
    }
    bill = changed(RECEIPT, **us)
    with_us = changed(bill, practice__bills_us_payers=True)

    for number in ("2000000028", "133V00000X", "2000000036", "H99120"):
        assert number not in said_by(bill)
        assert number in said_by(with_us)


def test_paper_is_the_practices_or_the_countrys() -> None:
    assert words(RECEIPT)["paper"] == "a4"
    assert words(changed(RECEIPT, practice__paper="us-letter"))["paper"] == "us-letter"
    assert words(changed(SUPERBILL, practice__paper="a4"))["paper"] == "a4"


def test_what_was_issued_before_keeps_its_words() -> None:
    before = changed(SUPERBILL, practice__address=RECEIPT.letterhead.practice.address)

    assert squeezed("CPT/HCPCS Modifiers") in said_by(before)
    assert squeezed("Superbill SB-2026-0001") in said_by(before)


def field_of(contents: Contents, place: Place, field: str) -> list[str]:
    return [
        problem.message
        for problem in superbill_problems(contents)
        if (problem.place, problem.field) == (place, field)
    ]


def test_what_insurers_there_dont_ask_for_isnt_missed() -> None:
    bare = changed(
        RECEIPT, practice__address__country="PT", client__birth_date=None, clinician__npi="",
        visit__diagnoses=(), practice__numbers=(), client__address__line1="",
    )  # fmt: skip

    assert superbill_problems(bare) == ()


def test_a_number_that_is_missed_says_who_asks_for_it() -> None:
    source = country_of("AU").asks_for("provider number")
    (message,) = field_of(changed(RECEIPT, clinician__npi=""), Place.MY_DETAILS, "npi")

    assert message.endswith(f"Source: {source}.")
    own = changed(RECEIPT, clinician__npi="", clinician__numbers=(PROVIDER,))
    assert field_of(own, Place.MY_DETAILS, "npi") == []


def test_medicare_of_the_us_is_no_other_medicare() -> None:
    medicare = SUPERBILL.payer and replace(SUPERBILL.payer, kind="medicare")
    bill = replace(RECEIPT, payer=medicare)

    assert field_of(bill, Place.VISIT, "policy") == []
    assert field_of(changed(bill, practice__bills_us_payers=True), Place.VISIT, "policy")


BARE = {
    "client__birth_date": None,
    "client__address__line1": "",
    "clinician__npi": "",
    "clinician__paper_signature": UNSET,
    "practice__numbers": UNSET,
    "visit__lines": lines({"description": "", "code": ""}),
    "visit__amount_paid": Decimal(0),
    "visit__referrer__npi": "",
    "visit__referred_on": UNSET,
}
ASKED = [
    (row, asked) for row in DESCRIBED.values() if not row.bills_us_payers for asked in row.asked
]


@pytest.mark.parametrize(
    ("row", "asked"), ASKED, ids=[f"{row.code} {asked.what}" for row, asked in ASKED]
)
def test_all_that_a_country_asks_for_is_missed_and_says_who_asks(
    row: Country, asked: Asked
) -> None:
    here = changed(RECEIPT, practice__address__country=row.code)
    said = [problem.message for problem in superbill_problems(changed(here, **BARE))]

    assert any(message.endswith(f"Source: {asked.source}.") for message in said)
    assert not any("%(" in message for message in said)


@pytest.mark.parametrize("row", {row.code: row for row, _asked in ASKED}.values(),
                         ids=lambda row: row.code)  # fmt: skip
def test_nothing_else_is_missed_there(row: Country) -> None:
    here = changed(RECEIPT, practice__address__country=row.code, **BARE)
    sources = {asked.source for asked in row.asked}

    for problem in superbill_problems(here):
        assert problem.severity == "warning"
        assert any(problem.message.endswith(f"Source: {source}.") for source in sources)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"visit__referrer__npi": ""}, "referrer_npi"),
        ({"visit__referred_on": UNSET}, "referred_on"),
    ],
)
def test_medicare_in_australia_asks_for_the_referrers_number_and_date(
    change: dict[str, Any], field: str
) -> None:
    assert field_of(RECEIPT, Place.VISIT, field) == []
    assert field_of(changed(RECEIPT, **change), Place.VISIT, field)
    assert field_of(changed(RECEIPT, visit__referrer=None, **{"visit__referred_on": UNSET}),
                    Place.VISIT, field) == []  # fmt: skip


@pytest.mark.parametrize(("country", "warned"), [("CA", True), ("AU", False), ("DE", False)])
def test_a_license_elsewhere_is_said_only_where_licenses_are_regional(
    country: str, warned: bool
) -> None:
    bill = changed(
        RECEIPT,
        practice__address__country=country,
        client__address=Address(line1="1 Main", state="Ontario", city="Town", country=country),
        clinician__licenses=(License(state="BC", number="1"),),
    )

    found = field_of(bill, Place.MY_DETAILS, "licenses-0-state")
    assert bool(found) is warned
