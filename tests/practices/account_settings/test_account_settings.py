"""Account Settings: who gets in, what each pop-up saves, shows, refuses and records."""

import re
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letterhead.activity.models import Activity
from letterhead.claims.models import Printer
from letterhead.practices.models import Location, Membership, Payer, Practice
from tests.factories import synthetic_npi
from tests.practices.office import ADD_PAYER, ADD_PRINTER, BILLING, LOGO, PRACTICE, SETTINGS, Office

NPI = synthetic_npi(77)
NOT_FOUND = "There is no page at this address"
PAGES = [SETTINGS, PRACTICE, BILLING, LOGO, ADD_PAYER, ADD_PRINTER]


@pytest.fixture
def dana(cast: SimpleNamespace) -> Office:
    return Office(cast.dana)


def location_page(location: Location) -> str:
    return f"{SETTINGS}locations/{location.pk}/"


def payer_page(payer: Payer) -> str:
    return f"{SETTINGS}payers/{payer.pk}/"


def printer_page(printer: Printer) -> str:
    return f"{SETTINGS}printers/{printer.pk}/"


@pytest.fixture
def laser(cast: SimpleNamespace) -> Printer:
    return Printer.objects.create(practice=cast.practice, name="Laser", is_default=True)


# who gets in


@pytest.mark.parametrize("page", PAGES)
def test_a_clinician_and_a_supervisor_get_the_403_page(cast: SimpleNamespace, page: str) -> None:
    for person in (cast.sam, cast.lee, cast.noor):
        opened, sent = Office(person).open(page), Office(person).post(page, {"name": "Theirs"})
        for answer in (opened, sent):
            assert answer.status == 403
            assert "Your role in this practice" in answer.text
            assert not answer.labels


@pytest.mark.parametrize("page", PAGES)
def test_who_is_signed_out_is_sent_to_log_in(cast: SimpleNamespace, page: str) -> None:
    assert Office().open(page).location == f"/login/?next={page}"


def test_office_staff_with_the_flag_get_in(cast: SimpleNamespace) -> None:
    Membership.objects.filter(user=cast.noor.user).update(edit_account_settings=True)

    page = Office(cast.noor).open(SETTINGS)

    assert "48 Water Street" in page.text
    assert "Edit Practice Details" in page.buttons
    assert "Edit Security" not in page.buttons


def test_another_practices_things_are_not_found(cast: SimpleNamespace, laser: Printer) -> None:
    stranger = Office(cast.stranger)
    for page in (location_page(cast.office), payer_page(cast.acme), printer_page(laser)):
        opened, sent = stranger.open(page), stranger.post(page, {"name": "Mine", "version": "1"})
        for answer in (opened, sent):
            assert answer.status == 404
            assert NOT_FOUND in answer.text
    assert NOT_FOUND in stranger.open(f"{printer_page(laser)}test-page/").text
    assert Payer.objects.get(pk=cast.acme.pk).name == "Acme Health"


@pytest.mark.parametrize("number", ["0", "999999999999999999999999"])
def test_a_number_that_no_row_has_is_not_found(dana: Office, number: str) -> None:
    for kind in ("locations", "payers", "printers"):
        answer = dana.open(f"{SETTINGS}{kind}/{number}/")
        assert answer.status == 404
        assert NOT_FOUND in answer.text


def test_the_page_shows_a_practice_and_nothing_of_another(
    cast: SimpleNamespace, dana: Office
) -> None:
    assert "Acme Health Group health plan" in dana.read(SETTINGS)
    assert "Acme Health" not in Office(cast.stranger).read(SETTINGS)


def test_every_button_has_a_name_of_its_own(dana: Office, laser: Printer) -> None:
    names = dana.open(SETTINGS).buttons

    for name in (
        *("Edit Practice Details", "Edit Logo", "Edit Billing Details", "Edit Location"),
        *("Add payer", "Edit Acme Health", "Edit Medicare", "Add printer", "Edit Laser"),
    ):
        assert names.count(name) == 1


def test_the_page_asks_the_database_as_often_for_1_payer_as_for_50(
    cast: SimpleNamespace, dana: Office
) -> None:
    dana.open(SETTINGS)
    with CaptureQueriesContext(connection) as few:
        dana.open(SETTINGS)
    Payer.objects.bulk_create(Payer(practice=cast.practice, name=f"Payer {n}") for n in range(50))
    with CaptureQueriesContext(connection) as many:
        dana.open(SETTINGS)

    assert len(few) == len(many) <= 12


# practice details


def test_practice_details_save_and_show(dana: Office) -> None:
    answer = dana.save(
        PRACTICE,
        {
            "Practice name": "Riverside Nutrition Group",
            "Address": "50 Water Street",
            "City": "Albany",
            "State": "ny",
            "ZIP code": "122071234",
            "Phone": "212 555 0199",
            "Website": "riverside.example",
            "Time zone": "Central, Chicago",
            "Currency": "CAD, Canadian dollar",
            "Profession": "Registered dietitian",
        },
    )

    assert (answer.status, answer.location) == (302, SETTINGS)
    page = dana.read(SETTINGS)
    for shown in (
        *("Riverside Nutrition Group", "50 Water Street", "Albany, NY 12207-1234"),
        *("(212) 555-0199", "https://riverside.example", "Central, Chicago"),
        *("CAD, Canadian dollar", "Registered dietitian", "Practice Details saved"),
    ):
        assert shown in page


def test_what_changed_is_recorded_and_only_that(cast: SimpleNamespace, dana: Office) -> None:
    dana.save(PRACTICE, {"Practice name": "Riverside"})

    told = Activity.objects.filter(practice=cast.practice.pk).latest("pk")
    assert (told.act, told.person) == ("changed practice details", cast.dana.user.pk)
    assert told.changes == {"name": ["Riverside Nutrition", "Riverside"]}


@pytest.mark.parametrize("page", [PRACTICE, BILLING])
def test_saving_again_changes_nothing(cast: SimpleNamespace, dana: Office, page: str) -> None:
    before = Activity.objects.count()

    dana.save(page)

    assert "No changes to save" in dana.read(SETTINGS)
    assert Practice.objects.get(pk=cast.practice.pk).version == 1
    assert Activity.objects.count() == before


@pytest.mark.parametrize(
    ("label", "typed", "error"),
    [
        ("Practice name", "", "Fill this in."),
        ("Practice name", "x" * 101, "at most 100"),
        ("State", "New York", "two letters, like NY"),
        ("State", "ZZ", "two letters, like NY"),
        ("ZIP code", "1234", "5 or 9 digits, like 10004-1234"),
        ("ZIP code", "１２３４５", "5 or 9 digits"),
        ("ZIP code", "12345-67890", "5 or 9 digits"),
        ("Phone", "call me", "phone number"),
        ("Phone", "(212) 555-0199 ext. 4", "an extension. Leave it out."),
        ("Website", "javascript:alert(1)", "valid URL"),
        ("Website", "ftp://riverside.example", "a web address like https://practice.example"),
        ("Time zone", "Mars/Olympus", "Select a valid choice"),
        ("Currency", "XXX", "Select a valid choice"),
        ("Country", "XX", "Select a valid choice"),
    ],
)
def test_practice_details_refuse_beside_the_field(
    dana: Office, label: str, typed: str, error: str
) -> None:
    answer = dana.save(PRACTICE, {label: typed, "Profession": "Dietitian"})

    assert answer.status == 422
    assert list(answer.wrong()) == [label]
    assert error in answer.says_beside(label)
    assert answer.field("Profession").value == "Dietitian"


@pytest.mark.parametrize("label", ["Practice name", "Address", "City", "Profession", "Phone"])
@pytest.mark.parametrize(
    "text",
    ["a\x00b", "x" * 1_000_000, "two\x0blines", "two\u2028lines", "a\u202eb", "a\u200bb"],
    ids=["NUL", "1 MB", "VT", "line separator", "right to left", "zero width"],
)
def test_text_with_traps_is_refused_beside_its_field(dana: Office, label: str, text: str) -> None:
    answer = dana.save(PRACTICE, {label: text})

    assert answer.status == 422
    assert list(answer.wrong()) == [label]


@pytest.mark.parametrize("name", ["Water 🌊 & Salt", "مركز التغذية", "Cafe\u0301 <b>Nutrition</b>"])
def test_a_practice_may_have_a_name_in_any_script(dana: Office, name: str) -> None:
    assert dana.save(PRACTICE, {"Practice name": name}).status == 302
    assert name in dana.read(SETTINGS)


def test_other_countries_write_their_addresses_as_they_do(dana: Office) -> None:
    typed = {"Country": "Ireland", "State": "County Clare", "ZIP code": "v95x2y4", "Phone": ""}

    assert dana.save(PRACTICE, typed).status == 302
    assert "<br>Co. Clare<br>V95 X2Y4<br>Ireland" in dana.open(SETTINGS).html
    assert dana.open(PRACTICE).field("Eircode").value == "V95 X2Y4"


def test_the_remit_to_address_has_the_names_of_its_country_too(dana: Office) -> None:
    there = {"Remit-to address": "1 Harbour Row", "Remit-to city": "Cobh"}

    dana.save(BILLING, {**there, "Remit-to country": "Ireland"})

    again = dana.open(BILLING)
    assert {"Remit-to county", "Remit-to Eircode"} <= set(again.labels.values())
    assert "1 Harbour Row<br>Cobh<br>Ireland" in dana.open(SETTINGS).html


def test_the_phone_stays_when_the_country_changes_under_it(
    cast: SimpleNamespace, dana: Office
) -> None:
    dana.save(PRACTICE, {"Country": "Germany", "State": "", "ZIP code": "10115"})

    assert Practice.objects.get(pk=cast.practice.pk).phone == "+12125550140"


def test_a_stale_save_keeps_what_was_typed_and_the_next_one_wins(
    cast: SimpleNamespace, dana: Office
) -> None:
    opened = dana.open(PRACTICE)
    dana.save(PRACTICE, {"Practice name": "Riverside A", "City": "Troy"})

    told = dana.send(PRACTICE, opened, {"Practice name": "Riverside B"})

    assert told.status == 422
    assert "Someone else saved: Riverside A" in told.says_beside("Practice name")
    assert "Someone else saved: Troy" in told.says_beside("City")
    assert told.field("Practice name").value == "Riverside B"
    assert dana.send(PRACTICE, told).status == 302
    assert Practice.objects.get(pk=cast.practice.pk).name == "Riverside B"


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "9" * 30, "\x00"])
def test_a_version_that_never_was_saves_nothing(
    cast: SimpleNamespace, dana: Office, version: str
) -> None:
    answer = dana.save(PRACTICE, {"Practice name": "Riverside B"}, version=version)

    assert answer.status == 422
    assert re.search("Reload the page|Load the page again|Someone else saved", answer.text)
    assert Practice.objects.get(pk=cast.practice.pk).name == "Riverside Nutrition"


def test_with_scripts_the_pop_up_comes_alone_and_a_save_leads_back(dana: Office) -> None:
    htmx = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{SETTINGS}"}
    answer = dana.browser.get(PRACTICE, headers=htmx).content.decode()
    form = dana.open(PRACTICE)

    saved = dana.browser.post(PRACTICE, form.sends() | {"city": "Troy"}, headers=htmx)

    assert answer.lstrip().startswith("<dialog")
    assert "Edit Practice Details</h2>" in answer
    assert SETTINGS in saved.headers["HX-Location"]
    assert "Practice Details saved" in dana.read(SETTINGS)


# location


def test_a_location_saves_and_shows(cast: SimpleNamespace, dana: Office) -> None:
    answer = dana.save(
        location_page(cast.office),
        {
            "Location name": "Video room",
            "Place of service": "10 Telehealth, client at home",
            "Address": "1 Elm Street",
            "ZIP code": "12207",
            "Location NPI": f" {NPI[:4]}-{NPI[4:]} ",
        },
    )

    assert answer.location == SETTINGS
    page = dana.read(SETTINGS)
    for shown in ("Video room", "10 Telehealth, client at home", "1 Elm Street", NPI):
        assert shown in page
    assert Activity.objects.latest("pk").act == "changed a location"


@pytest.mark.parametrize(
    ("label", "typed", "error"),
    [
        ("Location name", " ", "Fill this in."),
        ("Location name", "\x00", "Null characters"),
        ("Place of service", "77", "Select a valid choice"),
        ("Location NPI", "2000000771", "The last digit"),
        ("Location NPI", "２000000770", "digits"),
        ("ZIP code", "none", "5 or 9 digits"),
    ],
)
def test_a_location_refuses_beside_the_field(
    cast: SimpleNamespace, dana: Office, label: str, typed: str, error: str
) -> None:
    answer = dana.save(location_page(cast.office), {label: typed})

    assert (answer.status, list(answer.wrong())) == (422, [label])
    assert error in answer.says_beside(label)


def test_two_locations_have_two_names(cast: SimpleNamespace, dana: Office) -> None:
    Location.objects.create(practice=cast.practice, name="Annex")

    answer = dana.save(location_page(cast.office), {"Location name": "Annex"})

    assert answer.wrong() == {"Location name": "This name is already in use."}
    assert "Edit Location Annex" in dana.open(SETTINGS).buttons


def test_a_stale_location_is_refused(cast: SimpleNamespace, dana: Office) -> None:
    page = location_page(cast.office)
    opened = dana.open(page)
    dana.save(page, {"Place of service": "12 Client's home"})

    told = dana.send(page, opened, {"Location name": "Rooms"})

    assert told.status == 422
    assert "Someone else saved: 12" in told.says_beside("Place of service")


# payers


def test_a_payer_is_added_and_shows(dana: Office) -> None:
    answer = dana.save(
        ADD_PAYER,
        {
            "Payer name": "Blue Hill Health",
            "Kind of coverage": "Medicaid",
            "Address": "PO Box 12",
            "City": "Albany",
            "State": "NY",
            "ZIP code": "12201",
            "NPI in item 24J": "Only if it differs from item 33a",
            "Other ID in items 24I and 24J": "Taxonomy codes: yours here, the practice's in 33b",
        },
    )

    assert answer.location == SETTINGS
    assert "Blue Hill Health added" in dana.read(SETTINGS)
    kept = Payer.objects.get(name="Blue Hill Health")
    assert (kept.kind, kept.npi_in_24j) == ("medicaid", "unless same as 33a")
    assert (kept.other_id_in_24j, kept.postal_code) == ("taxonomy", "12201")
    assert Activity.objects.latest("pk").act == "added a payer"


def test_a_payer_is_changed(cast: SimpleNamespace, dana: Office) -> None:
    page = payer_page(cast.acme)

    assert dana.save(page, {"Payer name": "Acme Health Plan"}).location == SETTINGS
    assert "Payer saved" in dana.read(SETTINGS)


@pytest.mark.parametrize("text", ["", "Medicare", "x" * 61, "x" * 1_000_000, "\x00"])
def test_a_payer_refuses_its_name_beside_it(cast: SimpleNamespace, dana: Office, text: str) -> None:
    for page in (ADD_PAYER, payer_page(cast.acme)):
        answer = dana.save(page, {"Payer name": text, "City": "Troy"})
        assert (answer.status, list(answer.wrong())) == (422, ["Payer name"])
        assert answer.field("City").value == "Troy"
    assert Payer.objects.count() == 2


def test_two_practices_may_have_payers_of_one_name(cast: SimpleNamespace) -> None:
    stranger = Office(cast.stranger)

    stranger.save(ADD_PAYER, {"Payer name": "Acme Health"})

    assert "Acme Health added" in stranger.read(SETTINGS)


def test_a_stale_payer_is_refused(cast: SimpleNamespace, dana: Office) -> None:
    opened = dana.open(payer_page(cast.acme))
    dana.save(payer_page(cast.acme), {"Kind of coverage": "TRICARE"})

    told = dana.send(payer_page(cast.acme), opened, {"Payer name": "Acme"})

    assert told.says_beside("Kind of coverage") == "Someone else saved: TRICARE"


# printers


def test_the_first_printer_becomes_the_default_and_the_next_may_take_over(dana: Office) -> None:
    dana.save(ADD_PRINTER, {"Printer name": "Laser", "Move right (mm)": "1,5"})
    assert Printer.objects.get().is_default

    dana.save(ADD_PRINTER, {"Printer name": "Inkjet", "Default": "on"})

    marks = dict(Printer.objects.values_list("name", "is_default"))
    assert marks == {"Laser": False, "Inkjet": True}
    page = dana.read(SETTINGS)
    assert "1.5 mm right, 0.0 mm down" in page
    assert page.count("Default") == 1


def test_a_printer_is_moved(dana: Office, laser: Printer) -> None:
    dana.save(printer_page(laser), {"Move right (mm)": "-0.5", "Move down (mm)": "\N{MINUS SIGN}2"})

    laser.refresh_from_db()
    assert (str(laser.right_mm), str(laser.down_mm), laser.is_default) == ("-0.5", "-2.0", True)
    assert Activity.objects.latest("pk").changes == {
        "right_mm": ["0.0", "-0.5"],
        "down_mm": ["0.0", "-2"],
    }


def test_saving_a_printer_again_changes_nothing(dana: Office, laser: Printer) -> None:
    dana.save(printer_page(laser))

    assert "No changes to save" in dana.read(SETTINGS)


def test_the_default_mark_moves_to_a_printer_that_takes_it(
    cast: SimpleNamespace, dana: Office, laser: Printer
) -> None:
    inkjet = Printer.objects.create(practice=cast.practice, name="Inkjet")

    dana.save(printer_page(inkjet), {"Default": "on"})

    assert Printer.objects.get(is_default=True) == inkjet


@pytest.mark.parametrize("typed", ["far", "26", "-25.1", "1.55", "１", "NaN", "1e1", "", "\x00"])
def test_a_printers_distance_is_refused_beside_it(dana: Office, laser: Printer, typed: str) -> None:
    answer = dana.save(printer_page(laser), {"Move right (mm)": typed})

    assert (answer.status, list(answer.wrong())) == (422, ["Move right (mm)"])


def test_two_printers_have_two_names(dana: Office, laser: Printer) -> None:
    answer = dana.save(ADD_PRINTER, {"Printer name": "Laser", "Default": "on"})

    assert answer.wrong() == {"Printer name": "Another printer has this name."}
    assert Printer.objects.get().is_default


def test_a_stale_printer_is_refused_and_the_default_stays(
    cast: SimpleNamespace, dana: Office, laser: Printer
) -> None:
    inkjet = Printer.objects.create(practice=cast.practice, name="Inkjet")
    opened = dana.open(printer_page(inkjet))
    dana.save(printer_page(inkjet), {"Move down (mm)": "1"})

    told = dana.send(printer_page(inkjet), opened, {"Default": "on"})

    assert told.status == 422
    assert Printer.objects.get(is_default=True) == laser


def test_a_printers_test_page_is_a_pdf_that_is_not_kept(dana: Office, laser: Printer) -> None:
    answer = dana.browser.get(f"{printer_page(laser)}test-page/")

    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="test-page.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("page", [PRACTICE, ADD_PAYER])
def test_signs_that_claims_cant_carry_are_shown_folded_before_saving(
    dana: Office, page: str
) -> None:
    label = "Practice name" if page == PRACTICE else "Payer name"

    asked = dana.save(page, {label: "River*side"})
    assert asked.status == 422
    assert "Claims print this as “RIVER SIDE”" in asked.says_beside(label)
    assert dana.send(page, asked).status == 302

    assert "River*side" in dana.read(SETTINGS)
