"""My Details → Edit General Details, as a person without scripts meets it."""

import re
from types import SimpleNamespace
from typing import Any

import pytest

from letterhead.activity.models import Activity
from tests.details.pages import ADDRESS, EDIT, MyDetails
from tests.factories import Person

NAMES = {
    "Title": "Prof",
    "First name": "Danielle",
    "Middle name": "Q",
    "Last name": "Riverton",
    "Suffix": "Jr",
    "Pronouns": "they/them",
    "First name on claims": "Dana",
    "Middle name on claims": "Mae",
    "Last name on claims": "Rivera",
    "Suffix on claims": "Sr",
    "Credentials": "RDN, CSOWM",
    "Signature on claims": "Short form",
    "Short form": "D RIVERA RDN",
    "Contact Email": "desk@riverside.example",
    "Name": "Provider No",
    "Individual NPI": "2328775939",
    "Individual Tax ID": "219-09-9998",
    "Kind of tax ID": "SSN",
}
ROWS: dict[str, dict[str, Any]] = {
    "Phone 1": {
        "Type": "Other",
        "Own label": "Front desk",
        "Phone number": "212 555 0142 ext 3",
        "Print on bills": True,
    },
    "Phone 2": {"Type": "Fax", "Phone number": "+1 212 555 0143", "Use in messages": True},
    "Other ID 1": {
        "Other ID Number": "RD-0048",
        "Other ID Qualifier": "0B State License Number",
        "Default": True,
    },
    "Other ID 2": {
        "Other ID Number": "H99120",
        "Other ID Qualifier": "G2 Provider Commercial Number",
        "Payer": "Acme Health",
    },
    "License 1": {
        "License type": "Dietitian",
        "License state": "NY",
        "License number": "007512",
        "License since": "2019-02-01",
        "License expires": "2031-01-31",
    },
}


def kept(person: Person) -> dict[str, object]:
    """Everything saved of a person's details, with the ids of rows."""
    row = person.practitioner
    columns = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    rows = {
        name: list(getattr(row, name).order_by("pk").values())
        for name in ("phone_numbers", "other_ids", "licenses")
    }
    return {**columns, **rows}


def test_every_field_saves_and_comes_back(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)

    assert dana.save(NAMES, ROWS).status == 302

    page = dana.open()
    for label, value in {**NAMES, "Individual Tax ID": "•••-••-9998"}.items():
        shown = page.field(label)
        assert shown.value == shown.options.get(value, value), label
    for row, fields in {**ROWS, "Phone 1": ROWS["Phone 1"] | {
        "Phone number": "(212) 555-0142 ext. 3"
    }, "Phone 2": ROWS["Phone 2"] | {"Phone number": "(212) 555-0143"}}.items():  # fmt: skip
        for label, value in fields.items():
            control = page.at(label, row)
            if isinstance(value, bool):
                assert control.sent is value, (row, label)
            else:
                assert control.value == control.options.get(value, value), (row, label)


def test_what_was_saved_shows_on_my_details(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)

    dana.save(NAMES, ROWS)

    read = dana.read()
    for shown in (
        *("Prof", "Danielle", "Riverton", "they/them", "RDN, CSOWM", "D RIVERA RDN"),
        *("desk@riverside.example", "Provider No", "2328775939", "•••-••-9998", "SSN"),
        *("Front desk", "(212) 555-0142 ext. 3", "(212) 555-0143", "RD-0048", "H99120"),
        *("Dietitian", "007512", "January 31, 2031"),
    ):
        assert shown in read, shown
    assert "219099998" not in read.replace("-", "")


def test_the_fields_and_rows_have_the_names_of_the_contract(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    dana.save(rows={row: ROWS[row] for row in ("Phone 1", "Other ID 1", "License 1")})

    page = dana.open()

    for label in NAMES:
        assert page.field(label)
    for row in ("Phone 1", "Other ID 1", "License 1"):
        for label in ROWS[row]:
            assert page.at(label, row), label
        assert (row, "Remove") in page.presses
    assert page.at("Payer", "Other ID 1")
    assert ("Phone 1", "Move up") in page.presses
    assert ("Phone 1", "Move down") in page.presses
    for button in ("Add phone number", "Add other ID", "Add license"):
        assert ("", button) in page.presses
    assert "Save" in {text.strip() for text in page.buttons}
    assert "Cancel" in page.text


def test_the_choices_are_those_of_the_contract(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    page = dana.press(dana.press(dana.open(), "Add phone number"), "Add other ID")

    assert list(page.at("Type", "Phone 1").options) == [
        *("Cell phone", "Home", "Work", "After hours", "Fax", "Other")
    ]
    assert list(page.at("Other ID Qualifier", "Other ID 1").options)[1:] == [
        "0B State License Number",
        "1G Provider UPIN Number",
        "G2 Provider Commercial Number",
        "LU Location Number",
        "ZZ Provider Taxonomy",
    ]
    assert list(page.field("Signature on claims").options) == [
        *("Name with credentials", "Short form", "SIGNATURE ON FILE")
    ]
    assert list(page.field("Kind of tax ID").options)[1:] == ["SSN", "EIN", "ITIN"]


def test_a_wrong_save_keeps_all_that_was_typed_and_speaks_beside_the_field(
    cast: SimpleNamespace,
) -> None:
    dana = MyDetails(cast.dana)
    before = kept(cast.dana)

    page = dana.save(
        {**NAMES, "First name": "", "Individual NPI": "2363324230", "Contact Email": "desk@"},
        {"Phone 1": {"Type": "Work", "Phone number": "ring me", "Print on bills": True}},
    )

    assert page.status == 422
    assert set(page.wrong()) >= {"First name", "Individual NPI", "Contact Email"}
    assert "isn't a valid phone number" in page.said("Phone number", "Phone 1")
    for label, value in {**NAMES, "First name": "", "Individual NPI": "2363324230"}.items():
        if label != "Contact Email":
            shown = page.field(label)
            assert shown.value == shown.options.get(value, value), label
    assert page.at("Phone number", "Phone 1").value == "ring me"
    assert page.at("Print on bills", "Phone 1").sent
    assert kept(cast.dana) == before


def test_saving_again_changes_nothing(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    dana.save(NAMES, ROWS)
    before, acts = kept(cast.dana), Activity.objects.count()

    assert dana.save().status == 302

    assert kept(cast.dana) == before
    assert Activity.objects.count() == acts


def test_a_stale_save_is_told_keeps_what_was_typed_and_then_works(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    hers = dana.open()
    dana.save({"Credentials": "RDN"})

    told = dana.send(hers, {"Credentials": "RDN, LDN", "Pronouns": "she/her"})

    assert told.status == 422
    assert "Someone else saved: RDN" in told.says_beside("Credentials")
    assert told.field("Credentials").value == "RDN, LDN"
    assert cast.dana.practitioner.credentials == "RDN"
    assert dana.send(told).status == 302
    assert cast.dana.practitioner.credentials == "RDN, LDN"
    assert cast.dana.practitioner.pronouns == "she/her"


def test_a_stale_save_of_rows_is_told_keeps_them_and_then_works(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    dana.save(rows={"Phone 1": {"Phone number": "212 555 0101"}})
    hers = dana.open()
    dana.save(rows={"Phone 1": {"Phone number": "212 555 0102"}, "License 1": {
        "License number": "L-7"}})  # fmt: skip

    told = dana.send(hers, rows={"Phone 1": {"Phone number": "212 555 0103"}})

    assert told.status == 422
    assert "(212) 555-0102" in told.text
    assert "L-7" in told.text
    assert told.at("Phone number", "Phone 1").value == "212 555 0103"
    assert dana.send(told).status == 302
    assert [p["number"] for p in cast.dana.practitioner.phone_rows] == ["+12125550103"]


def test_a_stale_save_never_shows_the_tax_id_that_was_saved(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    hers = dana.open()
    dana.save({"Individual Tax ID": "219099998", "Kind of tax ID": "SSN"})

    told = dana.send(hers, {"Individual Tax ID": "078-05-1121", "Kind of tax ID": "SSN"})

    assert told.status == 422
    assert "219099998" not in told.html
    assert "219-09-9998" not in told.html
    assert "•••-••-9998" in told.says_beside("Individual Tax ID")


def test_signed_out_one_is_sent_to_log_in(cast: SimpleNamespace) -> None:
    nobody = MyDetails(None)

    for address in (ADDRESS, EDIT, f"{ADDRESS}tax-id/"):
        answer = nobody.browser.get(address)
        assert (answer.status_code, answer["Location"]) == (302, f"/login/?next={address}")


@pytest.mark.parametrize("who", ["dana", "sam", "noor", "lee"])
def test_everyone_edits_their_own_details_only(cast: SimpleNamespace, who: str) -> None:
    people = [cast.dana, cast.sam, cast.noor, cast.lee, cast.stranger]
    person = getattr(cast, who)
    others = {p.user.email: kept(p) for p in people if p is not person}

    assert MyDetails(person).save({"Pronouns": "xe/xem"}).status == 302

    assert person.practitioner.pronouns == "xe/xem"
    assert {p.user.email: kept(p) for p in people if p is not person} == others


def test_the_pencil_opens_the_same_form_as_a_dialog_for_htmx(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)

    answer = dana.browser.get(EDIT, headers={"HX-Request": "true"})

    html = answer.content.decode()
    assert html.lstrip().startswith("<dialog")
    assert "<html" not in html
    assert "<span>Edit General Details</span>" in dana.browser.get(ADDRESS).content.decode()


@pytest.mark.parametrize("rows", [0, 40])
def test_my_details_takes_at_most_seven_queries(
    cast: SimpleNamespace, rows: int, django_assert_max_num_queries: object
) -> None:
    from letterhead.details.models import PhoneNumber

    PhoneNumber.objects.bulk_create(
        PhoneNumber(practitioner=cast.dana.practitioner, position=n, number="+12125550100")
        for n in range(rows)
    )
    dana = MyDetails(cast.dana)

    dana.browser.get(ADDRESS)  # Django asks once in a process whether the database knows JSON
    for address, heading in ((ADDRESS, "My Details"), (EDIT, "Edit General Details")):
        with django_assert_max_num_queries(7):  # type: ignore[operator]
            page = dana.browser.get(address).content.decode()
        assert re.search(rf"<h[12][^>]*>\s*{heading}\s*</h", page)
