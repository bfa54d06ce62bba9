"""What stands in each box of the CMS-1500, rule by rule."""

import datetime as dt
from decimal import Decimal
from typing import Any, Literal

import pytest
from msgspec.structs import replace

from letterhead.billing.contents import (
    Contents,
    DateRange,
    InsuredPicture,
    Referrer,
)
from letterhead.claims.cms1500 import DoesNotFit, fill
from letterhead.claims.grid import BOXES, Key
from letterhead.details.letterhead import Address, OtherIdNumber, PersonName, PlaceOfCare, TaxId
from tests.claims.samples import (
    A_LINE,
    CLAIM,
    DANAS_NPI,
    GROUP_NPI,
    LOCATION_NPI,
    REFERRERS_NPI,
    WATER_STREET,
    changed,
)

ELM_STREET = Address(line1="9 Elm St. #3", city="Yonkers", state="NY", postal_code="10701-0002")
ELSEWHERE = PlaceOfCare(
    name="Elm St. Clinic", place_of_service="11", address=ELM_STREET, npi=LOCATION_NPI
)
RESERVED = {("8", "reserved"), ("9b", "reserved"), ("9c", "reserved"), ("30", "reserved")}


def printed(**changes: Any) -> dict[Key, str]:
    """The first form of the sample claim with some values changed."""
    return fill(changed(CLAIM, **changes))[0]


def item(form: dict[Key, str], number: str) -> dict[str, str]:
    """What stands in an item, by field."""
    return {field: text for (n, field), text in form.items() if n == number}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            PersonName(first="Dana", middle="Maria", last="Rivera", suffix="Jr."),
            "RIVERA JR, DANA, M",
        ),
        (PersonName(first="Dana", last="Rivera"), "RIVERA, DANA"),
        (PersonName(first="Zoë", middle="Ørsted", last="O’Brien-Łoś"), "OBRIEN-LOS, ZOE, O"),
        (PersonName(last="Cher"), "CHER"),
    ],
)
def test_item_2_is_last_name_with_suffix_then_first_then_initial(
    name: PersonName, shown: str
) -> None:
    assert printed(client__name=name)["2", "patient name"] == shown


def test_item_31_is_the_name_with_credentials_without_points_or_commas() -> None:
    assert item(printed(), "31") == {
        "signature with degrees or credentials": "DANA M RIVERA RDN PHD",
        "signature date": "11 26 2026",
    }


@pytest.mark.parametrize(
    ("choice", "shown"), [("short", "D RIVERA RDN"), ("on file", "SIGNATURE ON FILE")]
)
def test_item_31_is_the_chosen_form_of_signature(choice: str, shown: str) -> None:
    form = printed(clinician__signature=choice, clinician__short_signature="D. Rivera, RDN")

    assert form["31", "signature with degrees or credentials"] == shown


def test_the_default_pair_stands_in_the_upper_half_and_the_npi_in_the_lower() -> None:
    form = printed()

    assert item(form, "24I") == {"line 1 other ID qualifier shaded": "0B"}
    assert item(form, "24J") == {
        "line 1 other ID shaded": "RD004812",
        "line 1 rendering NPI": DANAS_NPI,
    }


def test_a_pair_tied_to_the_payer_wins_over_the_default() -> None:
    form = printed(payer__id=7)

    assert form["24I", "line 1 other ID qualifier shaded"] == "G2"
    assert form["24J", "line 1 other ID shaded"] == "H99120"


def test_a_pair_tied_to_another_payer_and_no_default_leaves_the_upper_half_empty() -> None:
    others = (OtherIdNumber(qualifier="G2", number="H99120", payer=7),)

    form = printed(clinician__other_ids=others)

    assert not item(form, "24I")
    assert item(form, "24J") == {"line 1 rendering NPI": DANAS_NPI}


def test_a_payer_that_asks_for_taxonomies_gets_the_clinicians_here_and_the_practices_in_33b() -> (
    None
):
    own = OtherIdNumber(qualifier="ZZ", number="133N00000X")
    others = (*CLAIM.letterhead.clinician.other_ids, own)

    form = printed(payer__other_id_in_24j="taxonomy", clinician__other_ids=others)

    assert form["24I", "line 1 other ID qualifier shaded"] == "ZZ"
    assert form["24J", "line 1 other ID shaded"] == "133N00000X"
    assert item(form, "33b") == {"billing other ID": "ZZ133V00000X"}


def test_the_practices_taxonomy_never_stands_for_the_clinicians() -> None:
    form = printed(payer__other_id_in_24j="taxonomy")

    assert not item(form, "24I")
    assert item(form, "24J") == {"line 1 rendering NPI": DANAS_NPI}


@pytest.mark.parametrize(
    ("kind", "asked", "shown"),
    [
        ("group", False, "1EG4-TE5-MK73"),
        ("group", True, "1EG4TE5MK73"),
        ("medicare", False, "1EG4TE5MK73"),
    ],
)
def test_item_1a_is_as_on_the_card_or_without_hyphens_for_who_asks(
    kind: str, asked: bool, shown: str
) -> None:
    form = printed(policy__member_id="1EG4-TE5-MK73", payer__kind=kind, payer__bare_member_id=asked)

    assert form["1a", "insured ID number"] == shown


@pytest.mark.parametrize("switch", ["pair", "taxonomy", "none"])
def test_medicare_gets_the_npi_only(switch: str) -> None:
    form = printed(payer__kind="medicare", payer__other_id_in_24j=switch)

    assert not item(form, "24I")
    assert item(form, "24J") == {"line 1 rendering NPI": DANAS_NPI}
    assert not item(form, "33b")


@pytest.mark.parametrize(
    ("switch", "group_npi", "shown"),
    [
        ("always", DANAS_NPI, DANAS_NPI),
        ("always", GROUP_NPI, DANAS_NPI),
        ("unless same as 33a", GROUP_NPI, DANAS_NPI),
        ("unless same as 33a", DANAS_NPI, None),
    ],
)
def test_the_lower_half_is_empty_only_where_the_payer_wants_so_and_33a_says_the_same(
    switch: str, group_npi: str, shown: str | None
) -> None:
    form = printed(payer__npi_in_24j=switch, practice__group_npi=group_npi)

    assert form.get(("24J", "line 1 rendering NPI")) == shown


def test_a_practice_bills_with_its_name_street_group_npi_and_ein() -> None:
    form = printed(practice__remit_to=Address(line1="P.O. Box 9", city="Albany", state="NY"))

    assert item(form, "33") == {
        "billing name": "RIVERSIDE NUTRITION",
        "billing street": "48 WATER STREET SUITE 2",
        "billing city state zip": "NEW YORK NY 100041234",
        "billing phone area": "212",
        "billing phone number": "5550140",
    }
    assert item(form, "33a") == {"billing NPI": GROUP_NPI}
    assert item(form, "25") == {"federal tax ID": "123456789", "EIN X": "X"}
    assert not item(form, "33b")


@pytest.mark.parametrize("kind", ["SSN", "ITIN"])
def test_a_person_bills_under_their_name_and_npi_with_the_x_under_ssn(kind: str) -> None:
    form = printed(
        practice__npi_type="individual",
        practice__holder=PersonName(first="Dana", middle="Maria", last="Rivera", suffix="Jr."),
        practice__holder_npi=DANAS_NPI,
        practice__tax_id=TaxId(kind=kind, number="536904399"),
    )

    assert form["33", "billing name"] == "RIVERA JR, DANA, M"
    assert item(form, "33a") == {"billing NPI": DANAS_NPI}
    assert item(form, "25") == {"federal tax ID": "536904399", "SSN X": "X"}


def test_care_elsewhere_names_the_location_in_32() -> None:
    form = printed(letterhead__location=ELSEWHERE)

    assert item(form, "32") == {
        "service facility name": "ELM ST CLINIC",
        "service facility street": "9 ELM ST 3",
        "service facility city state zip": "YONKERS NY 107010002",
    }
    assert item(form, "32a") == {"service facility NPI": LOCATION_NPI}


OFFICE = PlaceOfCare(name="Main office", place_of_service="11", address=WATER_STREET)
NOWHERE = PlaceOfCare(name="Nowhere", place_of_service="11")
AT_HOME = {
    "service facility name": "PATIENTS HOME",
    "service facility street": "7 ELM ST",
    "service facility city state zip": "YONKERS NY 107010001",
}
AT_THE_OFFICE = {
    "service facility name": "MAIN OFFICE",
    "service facility street": "48 WATER STREET SUITE 2",
    "service facility city state zip": "NEW YORK NY 100041234",
}


def at(*places: str) -> dict[str, Any]:
    """Lines of these places of service."""
    return {"visit__lines": tuple(replace(A_LINE, place_of_service=place) for place in places)}


@pytest.mark.parametrize(
    ("location", "places"),
    [(None, "11"), (OFFICE, "11"), (ELSEWHERE, "10"), (ELSEWHERE, "02"), (ELSEWHERE, "12"),
     (NOWHERE, "11")],
)  # fmt: skip
def test_care_at_the_billing_address_at_home_or_by_video_leaves_32_empty(
    location: PlaceOfCare | None, places: str
) -> None:
    form = printed(letterhead__location=location, **at(places))

    assert form["33", "billing name"] == "RIVERSIDE NUTRITION"
    assert not item(form, "32")


def test_the_lines_decide_where_care_was_given_not_the_location() -> None:
    video = replace(ELSEWHERE, place_of_service="10")

    assert item(printed(letterhead__location=video, **at("11")), "32")
    assert item(printed(letterhead__location=ELSEWHERE, **at("10", "11")), "32")


@pytest.mark.parametrize("asks", [{"payer__kind": "medicare"}, {"payer__facility_always": True}])
@pytest.mark.parametrize(
    ("place", "shown"), [("11", AT_THE_OFFICE), ("10", AT_THE_OFFICE), ("12", AT_HOME)]
)
def test_medicare_and_who_asks_for_it_get_32_for_every_service(
    asks: dict[str, Any], place: str, shown: dict[str, str]
) -> None:
    assert item(printed(letterhead__location=OFFICE, **at(place), **asks), "32") == shown


def test_medicare_gets_nothing_in_32b() -> None:
    there = replace(ELSEWHERE, other_id_qualifier="LU", other_id="77-1")

    assert item(printed(letterhead__location=there), "32b") == {
        "service facility other ID": "LU771"
    }
    assert not item(printed(letterhead__location=there, payer__kind="medicare"), "32b")


def test_a_location_with_the_billing_npi_leaves_32a_empty() -> None:
    form = printed(letterhead__location=ELSEWHERE, practice__group_npi=LOCATION_NPI)

    assert item(form, "33a") == {"billing NPI": LOCATION_NPI}
    assert item(form, "32")
    assert not item(form, "32a")


def test_a_client_who_is_the_insured_stands_in_items_4_6_7_and_11a_too() -> None:
    form = printed()

    assert form["4", "insured name"] == form["2", "patient name"]
    assert item(form, "6") == {"relationship self X": "X"}
    for patient, insured in (("5", "7"), ("3", "11a")):
        assert list(item(form, insured).values()) == list(item(form, patient).values())


def test_where_medicare_pays_first_items_4_6_7_and_11a_to_d_stay_empty() -> None:
    form = printed(payer__kind="medicare", policy__group_number="", policy__another_plan=True)

    assert form["11", "insured policy group or FECA number"] == "NONE"
    empty = ("4", "6", "7", "11a", "11b", "11c", "11d")
    assert not any(item(form, number) for number in empty)


def test_where_medicare_pays_second_they_are_those_of_who_pays_first() -> None:
    form = printed(payer__kind="medicare")

    assert form["11", "insured policy group or FECA number"] == "GRP77"
    assert all(item(form, number) for number in ("4", "6", "7", "11c"))
    assert not item(form, "11d")


def test_a_claim_issued_before_these_rules_prints_as_it_was_issued() -> None:
    first = changed(
        CLAIM,
        version=1,
        payer__other_id_in_24j="taxonomy",
        policy__member_id="1EG4-TE5",
        letterhead__location=replace(ELSEWHERE, place_of_service="10"),
    )
    form = fill(first)[0]

    assert not any(item(form, number) for number in ("4", "6", "7", "11a", "32"))
    assert form["24J", "line 1 other ID shaded"] == "133V00000X"
    assert form["1a", "insured ID number"] == "1EG4-TE5"
    medicare = fill(changed(first, payer__kind="medicare", policy__group_number=""))[0]
    assert item(medicare, "11c")
    assert item(medicare, "11d")


def test_another_insured_fills_items_4_6_7_and_11a() -> None:
    spouse = InsuredPicture(
        name=PersonName(first="Pat", last="Núñez"),
        birth_date=dt.date(1980, 1, 31),
        sex="M",
        address=ELM_STREET,
        phone="+19145550123",
    )

    form = printed(policy__insured=spouse, policy__relationship="spouse")

    assert item(form, "4") == {"insured name": "NUNEZ, PAT"}
    assert item(form, "6") == {"relationship spouse X": "X"}
    assert form["7", "insured zip"] == "107010002"
    assert item(form, "11a") == {
        "insured birth month": "01",
        "insured birth day": "31",
        "insured birth year": "1980",
        "insured sex M X": "X",
    }


@pytest.mark.parametrize(
    ("kind", "group", "shown"),
    [
        ("medicare", "", "NONE"),
        ("medicare", "MG-1 2", "MG12"),
        ("group", "", None),
    ],
)
def test_item_11_is_the_group_number_or_none_for_medicare(
    kind: str, group: str, shown: str | None
) -> None:
    form = printed(payer__kind=kind, policy__group_number=group)

    assert form.get(("11", "insured policy group or FECA number")) == shown


@pytest.mark.parametrize(
    ("there", "state", "code"),
    [
        ({"country": "IE"}, "", ""),
        ({"country": "IE", "state": "Co. Cork", "postal_code": "P24 X8N6"}, "CO", "P24X8N6"),
        ({"country": "CA", "state": "QC", "postal_code": "H2X 1Y4"}, "QC", "H2X1Y4"),
        ({"country": "MX", "state": "Jal.", "postal_code": "44100"}, "JAL", "44100"),
        ({"country": "HK", "state": "Kowloon"}, "", ""),
        ({"country": "PR", "postal_code": "00930-0001"}, "PR", "009300001"),
    ],
)
def test_an_address_abroad_prints_its_letters_and_code_and_no_country(
    there: dict[str, str], state: str, code: str
) -> None:
    whole = {"street": "3 HARBOUR ROW", "city": "COBH", "state": state, "zip": code}
    abroad = Address(line1="3 Harbour Row", city="Cobh", **there)

    form = printed(
        client__address=abroad,
        policy__insured=InsuredPicture(name=PersonName(last="Ryan"), address=abroad),
        letterhead__location=replace(ELSEWHERE, address=abroad),
    )

    for number, whose in (("5", "patient"), ("7", "insured")):
        shown = {part: form.get((number, f"{whose} {part}"), "") for part in whole}
        assert shown == whole
    last = " ".join(filter(None, ("COBH", state, code)))
    assert form["32", "service facility city state zip"] == last


def test_the_same_place_by_another_spelling_of_its_province_is_no_facility() -> None:
    here = Address(line1="1 Rue A", city="Laval", state="QC", postal_code="H7A 0A1", country="CA")
    typed = replace(here, state="Québec", postal_code="H7A0A1")

    form = printed(practice__address=here, letterhead__location=replace(ELSEWHERE, address=typed))

    assert item(form, "32") == {}


def test_items_9_9a_and_9d_are_filled_only_with_another_plan() -> None:
    other: dict[str, Any] = {
        "policy__other_insured_name": PersonName(first="Pat", last="Núñez"),
        "policy__other_policy_number": "ZZ-99",
        "policy__other_plan_name": "Gold",
    }

    assert not item(printed(**other), "9")
    form = printed(policy__another_plan=True, **other)
    assert item(form, "9") == {"other insured name": "NUNEZ, PAT"}
    assert item(form, "9a") == {"other insured policy or group": "ZZ99"}
    assert item(form, "9d") == {"other insurance plan name": "GOLD"}
    assert item(form, "11d") == {"another plan YES X": "X"}


def test_item_17_is_first_middle_last_credentials_with_the_qualifier() -> None:
    doctor = Referrer(
        name=PersonName(first="Ann", middle="B.", last="Lee"),
        credentials="M.D.",
        npi=REFERRERS_NPI,
        other_id_qualifier="G2",
        other_id="AB-12",
    )

    form = printed(visit__referrer=doctor)

    assert item(form, "17") == {"referring qualifier": "DN", "referring name": "ANN B LEE MD"}
    assert item(form, "17a") == {"referring other ID qualifier": "G2", "referring other ID": "AB12"}
    assert item(form, "17b") == {"referring NPI": REFERRERS_NPI}
    assert not item(printed(visit__referrer=doctor, payer__kind="medicare"), "17a")


def test_a_short_item_19_stands_on_its_full_line_and_a_long_one_begins_beside_the_title() -> None:
    long = "ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE"

    assert item(printed(visit__additional_information="One   two"), "19") == {
        "additional claim information second line": "ONE   TWO"
    }
    assert item(printed(visit__additional_information=long), "19") == {
        "additional claim information first line": "ONE TWO THREE FOUR FIVE",
        "additional claim information second line": "SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE",
    }


@pytest.mark.parametrize(
    ("units", "shown"), [("1", "1"), ("4.0", "4"), ("10", "10"), ("1.50", "1.5"), ("100", "100")]
)
def test_units_are_whole_or_decimal(units: str, shown: str) -> None:
    line = replace(A_LINE, units=Decimal(units))

    assert printed(visit__lines=(line,))["24G", "line 1 units"] == shown


def test_seven_lines_make_two_forms_each_with_its_own_total_and_paid() -> None:
    forms = fill(changed(CLAIM, visit__lines=(A_LINE,) * 7, visit__amount_paid=Decimal("950.50")))

    assert [len(item(form, "24G")) for form in forms] == [6, 1]
    assert [form["28", "total charge dollars"] for form in forms] == ["900", "150"]
    assert [form["29", "amount paid dollars"] for form in forms] == ["900", "50"]
    assert [form["29", "amount paid cents"] for form in forms] == ["00", "50"]


def test_codes_and_account_numbers_lose_points_hyphens_and_blanks() -> None:
    form = printed(visit__prior_authorization="PA-12 34")

    assert form["21", "diagnosis A"] == "E119"
    assert form["21", "ICD indicator"] == "0"
    assert form["23", "prior authorization number"] == "PA1234"
    assert form["26", "patient account number"] == "RV000123"


def test_a_name_too_long_is_never_cut() -> None:
    with pytest.raises(DoesNotFit) as refusal:
        fill(changed(CLAIM, practice__name="The Riverside Nutrition and Wellness Group"))

    assert refusal.value.printed.key == ("33", "billing name")


@pytest.mark.parametrize("count", [13, 20])
def test_a_thirteenth_diagnosis_is_never_dropped(count: int) -> None:
    with pytest.raises(DoesNotFit, match="Item 21"):
        fill(changed(CLAIM, visit__diagnoses=("Z71.3",) * count))


def _everything(sex: Literal["M", "F"], kind: str, relationship: str, yes: bool) -> Contents:
    """A claim with all that a form can hold; four of them cover every place."""
    dates = DateRange(since=dt.date(2026, 11, 1), until=dt.date(2026, 11, 2))
    name = PersonName(first="Pat", last="Núñez")
    day = dt.date(2026, 10, 1)
    line = replace(
        A_LINE,
        modifiers=("95", "GT", "25", "U1"),
        emergency=True,
        family_plan=True,
        epsdt_reason="AV",
        supplemental="ZZ narrative",
    )
    return changed(
        CLAIM,
        client__sex=sex,
        payer__kind=kind,
        payer__other_id_in_24j="taxonomy",
        clinician__other_ids=(OtherIdNumber(qualifier="ZZ", number="133N00000X"),),
        payer__address__line2="Floor 2",
        policy__relationship=relationship,
        policy__insured=InsuredPicture(
            name=name, birth_date=day, sex=sex, address=ELM_STREET, phone="+19145550123"
        ),
        policy__other_claim_qualifier="Y4",
        policy__other_claim_id="PC1",
        policy__another_plan=yes,
        policy__other_insured_name=name,
        policy__other_policy_number="1",
        policy__other_plan_name="Gold",
        policy__client_signature_on_file=yes,
        policy__client_signed_on=day,
        practice__tax_id=TaxId(kind="EIN" if yes else "SSN", number="123456789"),
        letterhead__location=replace(ELSEWHERE, other_id_qualifier="LU", other_id="77-1"),
        visit__diagnoses=("Z71.3",) * 12,
        visit__lines=(line,) * 6,
        visit__employment_related=yes,
        visit__auto_accident=yes,
        visit__auto_accident_state="NY",
        visit__other_accident=yes,
        visit__claim_codes="W2",
        visit__onset_on=day,
        visit__onset_qualifier="431",
        visit__other_date=day,
        visit__other_date_qualifier="454",
        visit__unable_to_work=dates,
        visit__hospitalized=dates,
        visit__referrer=Referrer(
            name=name, npi=REFERRERS_NPI, other_id_qualifier="G2", other_id="1"
        ),
        visit__additional_information="WORD " * 14,
        visit__outside_lab_charge=Decimal("12.34") if yes else None,
        visit__resubmission_code="7",
        visit__original_reference="REF1",
        visit__prior_authorization="PA1",
        visit__accept_assignment=yes,
    )


_KINDS = ["medicare", "medicaid", "tricare", "champva", "group", "feca", "other"]
_RELATIONSHIPS = ["self", "spouse", "child", "other"]


@pytest.fixture(scope="module")
def all_printed() -> set[Key]:
    """Every place that some claim fills."""
    found: set[Key] = set()
    for n, kind in enumerate(_KINDS):
        claim = _everything("F" if n % 2 else "M", kind, _RELATIONSHIPS[n % 4], yes=n % 2 == 0)
        found |= set(fill(claim)[0])
    return found


@pytest.mark.parametrize("key", BOXES, ids=" ".join)
def test_each_row_of_the_grid_prints(key: Key, all_printed: set[Key]) -> None:
    assert (key in all_printed) == (key not in RESERVED)
