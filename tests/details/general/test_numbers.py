"""Numbers and secrets of My Details: NPI, tax ID, phones."""

import csv
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection

from letterhead.activity.models import Activity
from letterhead.practices.models import Practice
from tests.details.pages import REVEAL, MyDetails
from tests.factories import PASSWORD
from tests.practices.office import Shown

with (Path(__file__).parent / "npi_cases.csv").open(encoding="utf-8", newline="") as _file:
    _rows = [(row["npi"], row["verdict"]) for row in csv.DictReader(_file)]
CASES = [(npi, verdict) for npi, verdict in _rows if npi]  # without one: the test below
MENDED = {"2363-324-239", "236 332 4239", " 2363324239"}  # cleaning takes out what isn't a digit


@pytest.mark.parametrize(("npi", "verdict"), CASES)
def test_every_case_of_an_npi_is_saved_or_refused(
    cast: SimpleNamespace, npi: str, verdict: str
) -> None:
    page = MyDetails(cast.dana).save({"Individual NPI": npi})

    if verdict == "valid" or npi in MENDED:
        assert page.status == 302
        wanted = npi if verdict == "valid" else "2363324239"
        assert cast.dana.practitioner.npi == wanted
    else:
        assert page.status == 422
        assert page.says_beside("Individual NPI")
        assert page.field("Individual NPI").value == npi
        assert cast.dana.practitioner.npi == "2363324239"


def test_a_clinician_without_an_npi_saves_and_is_told_what_that_means(
    cast: SimpleNamespace,
) -> None:
    dana = MyDetails(cast.dana)

    assert dana.save({"Individual NPI": ""}).status == 302

    assert cast.dana.practitioner.npi == ""
    assert "Enter your Individual NPI. Item 24J is missing or incomplete." in dana.read()


def test_a_colleagues_npi_is_refused_beside_its_field(cast: SimpleNamespace) -> None:
    page = MyDetails(cast.sam).save({"Individual NPI": "2363324239"})

    assert page.status == 422
    assert "A colleague already has this NPI" in page.says_beside("Individual NPI")
    assert MyDetails(cast.stranger).save({"Individual NPI": "2363324239"}).status == 302


@pytest.mark.parametrize(
    ("kind", "number", "says"),
    [
        ("SSN", "219-09-9998", ""),
        ("SSN", "219099998", ""),
        ("SSN", "000-12-3456", "isn't a valid SSN"),
        ("SSN", "666-12-3456", "isn't a valid SSN"),
        ("SSN", "12345678", "9 digits"),
        ("EIN", "12-3456789", ""),
        ("EIN", "12-345678A", "9 digits"),
        ("ITIN", "912-70-1234", ""),
        ("ITIN", "912-55-1234", ""),
        ("ITIN", "812-70-1234", "isn't a valid ITIN"),
        ("SSN", "２１９０９９９９８", "9 digits"),
        ("EIN", "", "Enter the tax ID"),
    ],
)
def test_a_tax_id_is_checked_by_its_kind(
    cast: SimpleNamespace, kind: str, number: str, says: str
) -> None:
    page = MyDetails(cast.dana).save({"Individual Tax ID": number, "Kind of tax ID": kind})

    assert page.status == (422 if says else 302)
    if says:
        assert says in page.says_beside("Individual Tax ID")
        assert cast.dana.practitioner.tax_id == ""
    else:
        assert cast.dana.practitioner.tax_id == number.replace("-", "")


def with_ssn(cast: SimpleNamespace) -> MyDetails:
    dana = MyDetails(cast.dana)
    dana.save({"Individual Tax ID": "219-09-9998", "Kind of tax ID": "SSN"})
    return dana


def test_a_number_without_its_kind_is_asked_for_the_kind(cast: SimpleNamespace) -> None:
    page = MyDetails(cast.dana).save({"Individual Tax ID": "219099998"})

    assert page.status == 422
    assert "Choose what kind" in page.says_beside("Kind of tax ID")


def test_the_mask_keeps_the_number_and_a_new_kind_is_checked_against_it(
    cast: SimpleNamespace,
) -> None:
    dana = with_ssn(cast)

    assert dana.open().field("Individual Tax ID").value == "•••-••-9998"
    assert dana.save({"Pronouns": "she/her"}).status == 302
    assert cast.dana.practitioner.tax_id == "219099998"
    page = dana.save({"Kind of tax ID": "ITIN"})
    assert page.status == 422
    assert "isn't a valid ITIN" in page.says_beside("Individual Tax ID")
    assert "219099998" not in page.html
    assert dana.save({"Kind of tax ID": "EIN"}).status == 302
    assert cast.dana.practitioner.tax_id == "219099998"


def test_half_a_mask_is_refused_and_the_number_stays(cast: SimpleNamespace) -> None:
    dana = with_ssn(cast)

    page = dana.save({"Individual Tax ID": "•••-••-9997"})

    assert page.status == 422
    assert "enter a new one" in page.says_beside("Individual Tax ID")
    assert cast.dana.practitioner.tax_id == "219099998"
    assert dana.send(page).status == 302


def test_a_tax_id_can_be_removed(cast: SimpleNamespace) -> None:
    dana = with_ssn(cast)

    assert dana.save({"Individual Tax ID": "", "Kind of tax ID": "Choose"}).status == 302

    assert cast.dana.practitioner.tax_id == ""
    assert "9998" not in dana.read()


def test_no_row_and_no_activity_holds_the_plain_tax_id(cast: SimpleNamespace) -> None:
    with_ssn(cast)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tax_id FROM details_practitioner WHERE id = %s", [cast.dana.practitioner_id]
        )
        (stored,) = cursor.fetchone()
    assert stored
    assert "219099998" not in stored
    assert "9998" not in str(list(Activity.objects.values()))


def test_the_tax_id_shows_to_its_owner_after_the_password_and_that_is_recorded(
    cast: SimpleNamespace,
) -> None:
    browser = with_ssn(cast).browser
    told = Activity.objects.filter(act="revealed individual tax ID")

    wrong = Shown(browser.post(REVEAL, {"password": "letterhead-wrong-one"}))
    assert wrong.status == 422
    assert "isn't the password" in wrong.says_beside("Password")
    assert "219-09-9998" not in wrong.html
    assert not told.exists()

    right = Shown(browser.post(REVEAL, {"password": PASSWORD}))
    assert "219-09-9998" in right.text
    assert told.get().person == cast.dana.user.pk
    assert "219-09-9998" not in Shown(browser.get(REVEAL)).text


def test_nobody_reaches_anothers_tax_id(cast: SimpleNamespace) -> None:
    with_ssn(cast)

    for person in (cast.sam, cast.noor, cast.lee, cast.stranger):
        answer = MyDetails(person).browser.post(REVEAL, {"password": PASSWORD})
        assert answer.status_code == 200
        shown = answer.content.decode()
        assert "Not set" in shown
        assert "9998" not in shown


@pytest.mark.parametrize(
    "number",
    [
        "ring me",
        "2125550142 or 3",
        "２１２５５５０１４２",
        "212 555 0142 ext ３",
        "911",
        "212555014",
    ],
)
def test_a_phone_that_is_none_is_refused(cast: SimpleNamespace, number: str) -> None:
    page = MyDetails(cast.dana).save(rows={"Phone 1": {"Phone number": number}})

    assert page.status == 422
    assert "isn't a valid phone number" in page.said("Phone number", "Phone 1")
    assert page.at("Phone number", "Phone 1").value == number


def test_phones_are_kept_as_e164_and_shown_the_countrys_way(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)

    dana.save(
        rows={
            "Phone 1": {"Phone number": "(212) 555-0142 x 77"},
            "Phone 2": {"Phone number": "+44 20 7946 0018"},
        }
    )

    rows = cast.dana.practitioner.phone_rows
    assert [(row["number"], row["extension"]) for row in rows] == [
        *(("+12125550142", "77"), ("+442079460018", ""))
    ]
    assert "(212) 555-0142 ext. 77" in dana.read()
    assert "+44 20 7946 0018" in dana.read()


@pytest.mark.parametrize("typed", ["HPR 0000123", "HPR-77"])
def test_a_number_of_a_country_whose_rule_we_dont_know_stays_as_typed(
    cast: SimpleNamespace, typed: str
) -> None:
    Practice.objects.filter(pk=cast.dana.practice.pk).update(country="NO")

    MyDetails(cast.dana).save({"HPR-nummer": typed})

    assert cast.dana.practitioner.npi == typed


def test_a_phone_number_without_area_code_asks_for_it(cast: SimpleNamespace) -> None:
    page = MyDetails(cast.dana).save(rows={"Phone 1": {"Phone number": "555-0199"}})

    assert "Enter the area code too" in page.said("Phone number", "Phone 1")


def test_a_taxonomy_in_small_letters_is_saved_in_capitals(cast: SimpleNamespace) -> None:
    row = {"Other ID Number": "133v 00000x", "Other ID Qualifier": "ZZ Provider Taxonomy"}

    assert MyDetails(cast.dana).save(rows={"Other ID 1": row}).status == 302
    assert cast.dana.practitioner.other_ids.first().number == "133V00000X"


def test_signs_that_claims_cant_carry_are_refused_in_an_other_id(cast: SimpleNamespace) -> None:
    row = {"Other ID Number": "A*B~C:D", "Other ID Qualifier": "0B State License Number"}

    page = MyDetails(cast.dana).save(rows={"Other ID 1": row})

    assert "can't carry “*~:”" in page.said("Other ID Number", "Other ID 1")
