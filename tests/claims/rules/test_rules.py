"""The rules of claim readiness: for each a claim that trips it, and one as near that doesn't."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from letterhead.billing.contents import DateRange, InsuredPicture, Referrer
from letterhead.claims.readiness import RULES, problems
from letterhead.claims.rules.rule import Rule
from letterhead.details.letterhead import (
    Address,
    License,
    OtherIdNumber,
    PersonName,
    Phone,
    PlaceOfCare,
    TaxId,
)
from tests.claims.rules.cases_of_coding import MORE_OF_CODING, OF_CODING
from tests.claims.rules.cases_of_programs import MORE, OF_PROGRAMS
from tests.claims.samples import A_LINE, CLAIM, GROUP_NPI, WATER_STREET, changed, npi_of

Changes = dict[str, Any]
AWAY = Address(line1="9 Foundry Sq", city="Troy", state="NY", postal_code="12180-0001")
IRISH = Address(line1="3 Harbour Row", city="Cobh", country="IE")
NO_EIRCODE = msgspec.structs.replace(IRISH, postal_code="D02")
QUEBEC = msgspec.structs.replace(AWAY, state="QC", postal_code="H2X 1Y4", country="CA")
NO_PROVINCE = msgspec.structs.replace(QUEBEC, state="Ontari")
PUERTO_RICAN = msgspec.structs.replace(AWAY, state="", postal_code="00930-0001", country="PR")
LEE = PersonName(first="Ann", last="Lee")
LI = PersonName(first="Ann", last="李")
LARS = PersonName(first="Åsa", last="Lärs-O'Brien")
DAY, NEXT = dt.date(2026, 11, 2), dt.date(2026, 11, 3)
WRONG_NPI, NPI = "2000000011", npi_of(9)
THE_INSURED = InsuredPicture(name=LEE, birth_date=DAY, address=AWAY)


def line(**changes: Any) -> Changes:
    return {"visit__lines": (A_LINE, msgspec.structs.replace(A_LINE, **changes))}


def other_id(qualifier: str, number: str, **more: Any) -> Changes:
    only = OtherIdNumber(qualifier=qualifier, number=number, is_default=True, **more)
    return {"clinician__other_ids": (only,)}


def of_client(address: Address) -> Changes:
    return {"client__address": address}


def of_payer(address: Address) -> Changes:
    return {"payer__address": address}


def of_practice(address: Address) -> Changes:
    return {"practice__address": address}


def of_insured(address: Address) -> Changes:
    return insured(address=address)


def of_location(address: Address) -> Changes:
    return changes_of(elsewhere(), address=address)


def insured(**changes: Any) -> Changes:
    return {"policy__insured": msgspec.structs.replace(THE_INSURED, **changes),
            "policy__relationship": "spouse"}  # fmt: skip


def another_plan(**changes: Any) -> Changes:
    plan: Changes = {"other_insured_name": LEE, "other_policy_number": "1", "other_plan_name": "B"}
    return {f"policy__{k}": v for k, v in {"another_plan": True, **plan, **changes}.items()}


def referrer(**changes: Any) -> Changes:
    return {"visit__referrer": Referrer(**{"name": LEE, "npi": NPI, **changes})}


def elsewhere(npi: str = "", name: str = "Annex", **address: str) -> Changes:
    place = msgspec.structs.replace(AWAY, **address)
    location = PlaceOfCare(name=name, place_of_service="11", address=place, npi=npi)
    return {"letterhead__location": location}


def at_home(**address: str) -> Changes:
    """The same, for a visit at the client's home, which has no service facility."""
    return {**changes_of(elsewhere(**address), place_of_service="12"), **lines("12")}


def lines(*places: str) -> Changes:
    every = [msgspec.structs.replace(A_LINE, place_of_service=place) for place in places]
    return {"visit__lines": tuple(every)}


def changes_of(changes: Changes, **more: Any) -> Changes:
    location = changes["letterhead__location"]
    return {**changes, "letterhead__location": msgspec.structs.replace(location, **more)}


def telehealth(address: Address) -> Changes:
    return {**changes_of(of_location(address), place_of_service="02"), **lines("02")}


def holder(**changes: Any) -> Changes:
    whole = {"holder": LEE, "holder_npi": NPI, **changes}
    return {"practice__npi_type": "individual", **{f"practice__{k}": v for k, v in whole.items()}}


def taxonomy(code: str, asked: str = "taxonomy") -> Changes:
    return {
        "practice__taxonomy": code,
        "payer__other_id_in_24j": asked,
        "clinician__other_ids": (OtherIdNumber(qualifier="ZZ", number="133N00000X"),),
    }


def own_taxonomy(code: str, asked: str = "taxonomy") -> Changes:
    return {**other_id("ZZ", code), "payer__other_id_in_24j": asked}


def medicare(**changes: Any) -> Changes:
    first = {"payer__kind": "medicare", "policy__group_number": ""}
    return {**first, "policy__member_id": "1EG4-TE5-MK73", **changes}


def license(expires: dt.date | None) -> Changes:
    return {"clinician__licenses": (License(number="4812", expires=expires),)}


def tax_id(kind: str, number: str) -> Changes:
    return {"practice__tax_id": TaxId(kind=kind, number=number)}


def phone(number: str) -> Changes:
    return {"practice__phone": Phone(label="", number=number, formatted=number)}


# rule: what trips it, what doesn't
CASES: dict[str, tuple[Changes, Changes]] = {
    "carrier-name-missing": ({"payer__name": ". "}, {"payer__name": "A"}),
    "carrier-address-missing": ({"payer__address": Address()}, {"payer": None}),
    "carrier-country": (of_payer(QUEBEC), of_payer(PUERTO_RICAN)),
    "1-policy-missing": ({"payer": None}, {"payer__name": ""}),
    "1a-member_id-missing": ({"policy__member_id": " "}, {"policy": None}),
    "1a-policy-missing": ({"policy": None}, {"policy__member_id": ""}),
    "1a-mbi": (
        medicare(policy__member_id="1EG4-TE5-MK7S"), medicare(policy__member_id="1eg4 te5 mk73")),
    "2-last_name-missing": ({"client__name__last": "."}, {"client__name__last": "O"}),
    "2-name-letters": ({"client__name": LI}, {"client__name": LARS}),
    "3-birth_date-missing": ({"client__birth_date": None}, {"client__birth_date": DAY}),
    "3-born-before": (
        {"client__birth_date": dt.date(2026, 11, 4)}, {"client__birth_date": NEXT}),
    "4-insured_last_name-missing": (
        {"policy__relationship": "spouse"}, {"policy__relationship": "self"}),
    "4-insured_name-letters": (insured(name=LI), insured(name=LARS)),
    "5-address-missing": (
        {"client__address__postal_code": " . "}, {"client__address__postal_code": "1"}),
    "5-state-form": ({"client__address__state": "New York"}, {"client__address__state": "pw"}),
    "5-zip-form": (
        {"client__address__postal_code": "1070"}, {"client__address__postal_code": "10701 0001"}),
    "5-country": (of_client(IRISH), of_client(PUERTO_RICAN)),
    "5-state-letters": (of_client(NO_PROVINCE), of_client(QUEBEC)),
    "5-code-form": (of_client(NO_EIRCODE), of_client(IRISH)),
    "6-medicare-self": (
        {**insured(), **medicare(policy__relationship="child")},
        {**insured(), **medicare(policy__relationship="child", policy__group_number="7")}),
    "7-insured_line1-missing": (insured(address=Address()), insured()),
    "7-state-form": (
        insured(address=Address(state="XX")), insured(address=Address(state="XX", country="CA"))),
    "7-zip-form": (
        insured(address=Address(postal_code="K1A")),
        insured(address=Address(postal_code="K1A", country="CA"))),
    "7-country": (of_insured(IRISH), of_insured(PUERTO_RICAN)),
    "7-state-letters": (of_insured(NO_PROVINCE), of_insured(QUEBEC)),
    "7-code-form": (of_insured(NO_EIRCODE), of_insured(IRISH)),
    "9-other_insured_last_name-missing": (
        another_plan(other_insured_name=None), another_plan(another_plan=False)),
    "9-other_insured_name-letters": (
        another_plan(other_insured_name=LI), another_plan(other_insured_name=LARS)),
    "9a-other_policy_number-missing": (
        another_plan(other_policy_number=""),
        another_plan(other_policy_number="", another_plan=False)),
    "9d-other_plan_name-missing": (
        another_plan(other_plan_name=""), another_plan(other_plan_name="", another_plan=False)),
    "10b-auto_accident_state-missing": (
        {"visit__auto_accident": True}, {"visit__auto_accident": False}),
    "10b-state-form": (
        {"visit__auto_accident": True, "visit__auto_accident_state": "N."},
        {"visit__auto_accident": True, "visit__auto_accident_state": "ny"}),
    "11a-insured_birth_date-missing": (insured(birth_date=None), insured()),
    "2-card_name-letters": ({"policy__client_name": LI}, {"policy__client_name": LARS,
                                                           "client__name": LI}),
    "33b-pair": (
        {"payer__billing_other_id": "77"},
        {"payer__billing_other_id": "77", "payer__billing_other_id_qualifier": "G2"},
    ),
    "20-facility": (
        {"visit__outside_lab_charge": Decimal(5)},
        {"visit__outside_lab_charge": Decimal(5), **elsewhere()},
    ),
    "24A-until-past": (line(until=dt.date(2026, 11, 27)), line(until=dt.date(2026, 11, 26))),
    "24H-medicare": (
        {"payer__kind": "medicare", **line(epsdt_reason="AV")},
        {"payer__kind": "medicaid", **line(epsdt_reason="AV", family_plan=True)},
    ),
    "10d-codes": ({"visit__claim_codes": "W2   W6"}, {"visit__claim_codes": "W2   AD"}),
    "10d-medicaid": (
        {"payer__kind": "medicare", "visit__claim_codes": "W2"},
        {"payer__kind": "medicare", "visit__claim_codes": "MCD 1234567"},
    ),
    "11b-pair": (
        {"policy__other_claim_id": "C-1"},
        {"policy__other_claim_id": "C-1", "policy__other_claim_qualifier": "Y4"}),
    "14-qualifier": (
        {"visit__onset_on": DAY, "visit__onset_qualifier": "090"},
        {"visit__onset_on": DAY, "visit__onset_qualifier": "431"}),
    "15-qualifier": (
        {"visit__other_date_qualifier": "454"},
        {"visit__other_date": DAY, "visit__other_date_qualifier": "454"}),
    "16-order": (
        {"visit__unable_to_work": DateRange(since=NEXT, until=DAY)},
        {"visit__unable_to_work": DateRange(since=DAY, until=DAY)}),
    "17-referrer_last_name-missing": (referrer(name=PersonName(first="Ann")), referrer()),
    "17-referrer_name-letters": (referrer(name=LI), referrer(name=LARS)),
    "17a-pair": (referrer(other_id="7"), referrer(other_id="7", other_id_qualifier="0B")),
    "17a-qualifier": (
        referrer(other_id="7", other_id_qualifier="LU"),
        referrer(other_id="7", other_id_qualifier="LU", qualifier="DQ")),
    "17b-referrer_npi-form": (referrer(npi=WRONG_NPI), referrer(npi="")),
    "17b-npi-missing": (referrer(npi=""), referrer()),
    "18-order": (
        {"visit__hospitalized": DateRange(since=NEXT, until=DAY)},
        {"visit__hospitalized": DateRange(until=DAY)}),
    "20-amount": (
        {"visit__outside_lab_charge": Decimal("1.005")}, {"visit__outside_lab_charge": Decimal(0)}),
    "21-diagnoses-0-code-missing": ({"visit__diagnoses": ()}, {"visit__diagnoses": ("Z71.3",)}),
    "21-form": ({"visit__diagnoses": ("E11.9", "E1")}, {"visit__diagnoses": ("e11.9", "Z713")}),
    "22-code": ({"visit__resubmission_code": "1"}, {"visit__resubmission_code": "8"}),
    "22-pair": (
        {"visit__original_reference": "C-1"},
        {"visit__original_reference": "C-1", "visit__resubmission_code": "7"}),
    "22-medicare": (
        {"visit__original_reference": "C-1", "visit__resubmission_code": "7",
         "payer__kind": "medicare"},
        {"payer__kind": "medicare"}),
    "29-amount": (
        {"visit__amount_paid": Decimal("-0.01")}, {"visit__amount_paid": Decimal("0.00")}),
    "29-overpaid": (
        {"visit__amount_paid": Decimal("150.01")}, {"visit__amount_paid": Decimal(150)}),
    "24-lines-missing": ({"visit__lines": ()}, line()),
    "24A-past": (line(service_on=dt.date(2026, 11, 27)), line(service_on=dt.date(2026, 11, 26))),
    "24A-order": (line(until=DAY), line(until=NEXT)),
    "24B-place_of_service-missing": (line(place_of_service=""), line(place_of_service="1")),
    "24B-form": (line(place_of_service="1"), line(place_of_service=" 11 ")),
    "24D-code-missing": (line(code=" "), line(code="97803")),
    "24D-modifiers-four": (
        line(modifiers=("95", "GT", "25", "U1", "U2")), line(modifiers=("95", "GT", "25", "U1"))),
    "24D-modifiers-form": (line(modifiers=("9",)), line(modifiers=("gt",))),
    "24E-pointers-missing": (line(pointers=""), line(pointers="C")),
    "24E-pointers-known": (line(pointers="AC"), line(pointers="AB")),
    "24E-medicare-one": (
        {**medicare(), **line(pointers="AB")}, {**medicare(), **line(pointers="B")}),
    "24B-known": (line(place_of_service="00"), line(place_of_service="02")),
    "24D-code-form": (line(code="G027O"), line(code="0001U")),
    "24D-modifiers-twice": (line(modifiers=("95", "95")), line(modifiers=("95", "59"))),
    "24F-charge": (line(charge=Decimal("-0.01")), line(charge=Decimal(0))),
    "24F-zero": (line(charge=Decimal(0)), line(charge=Decimal("0.01"))),
    "24F-cents": (line(charge=Decimal("1.005")), line(charge=Decimal("1.500"))),
    "24G-units": (line(units=Decimal("0.5")), line(units=Decimal("1.5"))),
    "24I-pair": (other_id("", "A1"), other_id("0B", "A1")),
    "24I-qualifier": (other_id("1B", "A1"), other_id("1B", "A1", payer=99)),
    "24J-npi-missing": ({"clinician__npi": ""}, {"clinician__npi": WRONG_NPI}),
    "24J-npi-form": ({"clinician__npi": WRONG_NPI}, {"clinician__npi": ""}),
    "24J-other_ids-missing": (
        {"payer__other_id_in_24j": "taxonomy"}, {"payer__other_id_in_24j": "pair"}),
    "24J-taxonomy-form": (own_taxonomy("133V000000"), own_taxonomy("133V00000X")),
    "25-tax_id-missing": ({"practice__tax_id": None}, tax_id("EIN", "1")),
    "25-kind": (tax_id("ABN", "123456789"), tax_id("SSN", "123456789")),
    "25-form": (tax_id("SSN", "000123456"), tax_id("ABN", "1")),
    "25-prefix": (tax_id("EIN", "003456789"), tax_id("SSN", "003456789")),
    "31-short_signature-missing": (
        {"clinician__signature": "short"}, {"clinician__signature": "on file"}),
    "31-claim_name-letters": (
        {"clinician__claim_name": LI},
        {"clinician__claim_name": LI, "clinician__signature": "on file"}),
    "31-license-expired": (license(DAY), license(NEXT)),
    "32-name-missing": (elsewhere(name=""), at_home(name="")),
    "32-address-missing": (elsewhere(city=""), at_home(city="")),
    "32-state-form": (elsewhere(state="N"), at_home(state="N")),
    "32-zip-form": (elsewhere(postal_code="1218"), at_home(postal_code="1218")),
    "32-zip-nine": (elsewhere(postal_code="12180"), at_home(postal_code="12180")),
    "32-country": (of_location(IRISH), of_location(PUERTO_RICAN)),
    "32-state-letters": (of_location(NO_PROVINCE), of_location(QUEBEC)),
    "32-code-form": (of_location(NO_EIRCODE), of_location(IRISH)),
    "32-address-unknown": (of_location(Address()), telehealth(Address())),
    "32-numbers-unsent": (
        changes_of(of_location(WATER_STREET), npi=NPI), changes_of(of_location(AWAY), npi=NPI)),
    "32a-npi-form": (elsewhere(npi=WRONG_NPI), at_home(npi=WRONG_NPI)),
    "33-name-missing": ({"practice__name": ""}, {**holder(), "practice__name": ""}),
    "33-holder_last_name-missing": (
        holder(holder=PersonName(first="Ann")), {"practice__holder": PersonName()}),
    "33-holder_first_name-missing": (
        holder(holder=PersonName(last="Lee")), {"practice__holder": PersonName()}),
    "33-address-missing": (
        {"practice__address__line1": "#"}, {"practice__address__state": "Q"}),
    "33-holder_name-letters": (holder(holder=LI), {"practice__holder": LI}),
    "33-state-form": ({"practice__address__state": "Q"}, {"practice__address__state": "FM"}),
    "33-zip-form": (
        {"practice__address__postal_code": "1"}, {"practice__address__postal_code": "10004"}),
    "33-zip-nine": (
        {"practice__address__postal_code": "10004"},
        {"practice__address__postal_code": "10004-1234"}),
    "33-country": (of_practice(IRISH), of_practice(PUERTO_RICAN)),
    "33-state-letters": (of_practice(NO_PROVINCE), of_practice(QUEBEC)),
    "33-code-form": (of_practice(NO_EIRCODE), of_practice(IRISH)),
    "31-last_name-missing": (
        {"clinician__claim_name": PersonName(first="Dana", last="--")},
        {"clinician__claim_name": PersonName(last="Rivera")}),
    "33-po-box": (
        {"practice__address__line1": "P.O. Box 12"}, {"practice__address__line1": "12 Boxwood"}),
    "33-box": ({"practice__address__line1": "Box 512"},
               {"practice__address__line1": "12 Box Elder St"}),
    "33-phone-missing": (phone("+442079460000"), phone("+12125550140")),
    "32-two-places": (lines("11", "10"), lines("11", "11")),
    "33b-taxonomy-missing": (taxonomy(""), taxonomy("", asked="pair")),
    "33b-taxonomy-form": (
        taxonomy("133V000000"), {**taxonomy("133V000000"), "payer__kind": "medicare"}),
    "33a-group_npi-missing": ({"practice__group_npi": ""}, {**holder(), "practice__group_npi": ""}),
    "33a-holder_npi-missing": (holder(holder_npi=""), {"practice__holder_npi": ""}),
    "33a-group_npi-form": (
        {"practice__group_npi": WRONG_NPI}, {**holder(), "practice__group_npi": WRONG_NPI}),
    "33a-holder_npi-form": (holder(holder_npi=WRONG_NPI), {"practice__holder_npi": WRONG_NPI}),
    "any-box": ({"visit__diagnoses": ("Z71.3",) * 13}, {"visit__diagnoses": ("Z71.3",) * 12}),
    "any-width": ({"practice__name": "N" * 30}, {"practice__name": "N" * 29}),
    "any-letters": ({"policy__plan_name": "銀"}, {"policy__plan_name": "Sílver, 2&3"}),
    **OF_CODING,
    **OF_PROGRAMS,
}  # fmt: skip


def test_every_rule_has_an_id_of_its_own_and_cases() -> None:
    assert sorted(rule.id for rule in RULES) == sorted(CASES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_what_it_is_for(rule: Rule) -> None:
    trips, _ = CASES[rule.id]

    found = list(rule.problems(changed(CLAIM, **trips)))

    assert found
    for problem in found:
        assert problem.severity == rule.severity
        assert problem.message.endswith(".")
        if rule.place is not None:
            assert (problem.item, problem.place) == (rule.item, rule.place)
        assert re.fullmatch(rule.field.replace("#", ".+"), problem.field)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_nothing_in_what_is_as_near_but_right(rule: Rule) -> None:
    _, spares = CASES[rule.id]

    assert list(rule.problems(changed(CLAIM, **spares))) == []


@pytest.mark.parametrize(("name", "changes", "trips"), [*MORE, *MORE_OF_CODING])
def test_what_else_a_rule_finds_or_leaves(name: str, changes: Changes, trips: bool) -> None:
    (rule,) = [rule for rule in RULES if rule.id == name]

    assert bool(list(rule.problems(changed(CLAIM, **changes)))) == trips


@pytest.mark.parametrize(
    ("have", "field", "missing"),
    [
        ({}, "line1", "street, city, state and ZIP code"),
        ({"line1": "1 Elm St", "city": "Troy"}, "state", "state and ZIP code"),
        ({"line1": "1 Elm St", "city": "Troy", "state": "NY"}, "postal_code", "ZIP code"),
    ],
)
def test_what_an_address_lacks_is_said_once_and_leads_to_the_first_of_it(
    have: dict[str, str], field: str, missing: str
) -> None:
    found = problems(changed(CLAIM, practice__address=Address(**have)))

    (said,) = [each for each in found if each.item == "33" and each.severity == "error"]
    assert said.field == field
    assert said.message.startswith(
        f"Complete the practice's address. Missing: {missing}. Item 33 is missing or incomplete."
    )


def said_of_street(line1: str, line2: str = "") -> list[str]:
    street = {"practice__address__line1": line1, "practice__address__line2": line2}
    found = problems(changed(CLAIM, **street))
    return [each.severity for each in found if "box" in each.message]


@pytest.mark.parametrize(
    "street",
    [
        *("P.O. Box 5", "PO Box 5", "P. O. Box 5", "POBox 5", "PO-Box 5", "p/o box 5", "P0 Box 5"),
        *("POB 5", "P.O.B. 5", "Post Office Box 5", "Post-Office-Box 5", "Postal Box 5"),
        *("Lock Box 5", "Lockbox 5", "Postfach 5", "Apartado 5", "48 Water St, PO Box 5"),
    ],
)
def test_a_box_at_the_post_office_is_refused_however_it_is_written(street: str) -> None:
    assert said_of_street(street) == ["error"]
    assert said_of_street("48 Water St", street) == ["error"]


@pytest.mark.parametrize("street", ["Box 512", "box no. 512", "Box #512", "PMB 12", "Ste 4 PMB12"])
def test_what_may_be_a_box_is_a_warning(street: str) -> None:
    assert said_of_street(street) == ["warning"]
    assert said_of_street("48 Water St", street) == ["warning"]


@pytest.mark.parametrize(
    "street",
    [
        *("Boxwood Lane 5", "12 Box Elder St", "5 Box Canyon Rd", "12 Boxwood", "7 Lockbox Rd"),
        *("RR 2 Box 152", "HC 1 Box 5", "3 Post Box Hill", "8 Pobst Way", "9 Apartado Rd"),
        *("12 Po Boxwood Ln", "1 Compo Beach", "Poboda 5"),
    ],
)
def test_a_street_that_only_sounds_like_a_box_is_fine(street: str) -> None:
    assert said_of_street(street) == []


@pytest.mark.parametrize(
    ("location", "fields"),
    [
        (changes_of(of_location(WATER_STREET), npi=NPI), ["npi"]),
        (changes_of(of_location(WATER_STREET), npi=GROUP_NPI), []),
        (changes_of(of_location(WATER_STREET), other_id="7", other_id_qualifier="LU"),
         ["other_id"]),
        (changes_of(telehealth(AWAY), npi=NPI), ["npi"]),
        (changes_of(of_location(Address()), npi=NPI), ["line1"]),
        (of_location(WATER_STREET), []),
        (at_home(line1="", city=""), []),
    ],
)  # fmt: skip
def test_a_location_says_when_its_numbers_or_its_address_are_not_sent(
    location: Changes, fields: list[str]
) -> None:
    found = [each for each in problems(changed(CLAIM, **location)) if each.item == "32"]

    assert [(each.severity, each.field) for each in found] == [("warning", f) for f in fields]
    assert all("stays empty" in each.message for each in found)


@pytest.mark.parametrize(
    ("country", "have", "missing"),
    [
        ("IE", {"line1": "3 Harbour Row", "city": "Cobh"}, ""),
        ("IE", {"line1": "3 Harbour Row"}, "city"),
        ("NO", {"line1": "Storgata 1", "city": "Tromsø"}, "postal code"),
        ("IN", {"line1": "1 MG Road", "city": "Panaji"}, "state and PIN code"),
        ("HK", {"line1": "1 Nathan Road", "city": "Mong Kok"}, "area"),
        ("MX", {"line1": "Calle 5", "city": "León", "state": "Gto.", "postal_code": "37000"}, ""),
        ("PR", {"line1": "1 Calle Sol", "city": "San Juan"}, "ZIP code"),
    ],
)
def test_a_country_needs_only_the_parts_that_it_has(
    country: str, have: dict[str, str], missing: str
) -> None:
    found = problems(changed(CLAIM, client__address=Address(country=country, **have)))

    errors = [each.message for each in found if each.severity == "error"]
    said = f"Complete the client's address. Missing: {missing}. Item 5 is missing or incomplete."
    assert errors == ([said] if missing else [])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_can_be_read_by_a_person(rule: Rule) -> None:
    assert rule.asks[0].isupper() and not rule.asks.endswith(".")
    assert rule.source
    assert rule.item == "any" or rule.id.startswith(f"{rule.item}-")
