"""The main number and the tax ID of a clinician outside the US: words and rules of the country."""

import datetime as dt
from types import SimpleNamespace

import pytest

from letterhead.details.models import Practitioner
from letterhead.details.queries import letterhead_for
from letterhead.practices.days import today_in
from letterhead.practices.models import Practice
from tests.details.pages import REVEAL, MyDetails
from tests.factories import PASSWORD, synthetic_npi
from tests.practices.abroad import move_to
from tests.practices.office import Shown

MAIN = [  # country, its label, typed, stored, shown
    ("AU", "Provider number", "242 960 1f", "2429601F", "2429601F"),
    ("NO", "HPR-nummer", "HPR 1234567", "HPR 1234567", "HPR 1234567"),
    ("DE", "LANR", "12345 6668", "123456668", "123456668"),
    ("CA", "Registration or permit number", "12345-67", "12345-67", "12345-67"),
    ("BN", "Provider number", "B 7/1", "B 7/1", "B 7/1"),
]
TAX_IDS = [  # country, kind, typed, stored, shown
    ("AU", "ABN", "18123456789", "18123456789", "•• ••• ••• 789"),
    ("AU", "TFN", "123 456 782", "123456782", "••• ••• 782"),
    ("NO", "Org.nr.", "987654325", "987654325", "••• ••• 325"),
    ("DE", "Steuernummer", "12/345/67890", "12/345/67890", "••/•••/•7890"),
    ("DE", "USt-IdNr.", "de 123 456 788", "DE123456788", "•••••••6788"),
    ("CA", "GST/HST number", "123456782RT0001", "123456782RT0001", "••••••••• ••0001"),
    ("BN", "Tax number", "123456789", "123456789", "•••••6789"),
]


@pytest.mark.parametrize(("country", "label", "typed", "stored", "shown"), MAIN)
def test_the_main_number_has_the_countrys_words_and_rules(
    cast: SimpleNamespace, country: str, label: str, typed: str, stored: str, shown: str
) -> None:
    move_to(cast, country)
    dana = MyDetails(cast.dana)
    page = dana.open()
    assert page.field("Name").value == label

    assert dana.send(page, {label: typed}).status == 302

    mine = cast.dana.practitioner
    assert (mine.npi, mine.npi_label) == (stored, "NPI")  # its default
    assert f"{label} {shown} Printed as “{label}”." in dana.read()
    assert letterhead_for(mine).clinician.npi_label == label


def test_keyboards_fit_the_main_number(cast: SimpleNamespace) -> None:
    for country, label, keyboard in (("DE", "LANR", "numeric"), ("AU", "Provider number", "text")):
        move_to(cast, country)
        field = MyDetails(cast.dana).open().field(label)
        assert field.attributes["inputmode"] == keyboard


def test_a_main_number_that_can_be_none_is_refused(cast: SimpleNamespace) -> None:
    move_to(cast, "DE")

    page = MyDetails(cast.dana).save({"LANR": "123456768"})

    assert page.status == 422
    assert "isn’t a valid LANR" in page.says_beside("LANR")


def test_a_label_of_ones_own_stays_and_is_not_too_long(cast: SimpleNamespace) -> None:
    move_to(cast, "CA")
    dana = MyDetails(cast.dana)

    assert dana.save({"Name": "OPQ"}).status == 302
    assert letterhead_for(cast.dana.practitioner).clinician.npi_label == "OPQ"
    assert "at most 20" in dana.save({"Name": "x" * 21}).says_beside("Name")
    assert dana.save({"Name": ""}).status == 302
    assert dana.open().field("Name").value == "Registration or permit number"


def test_a_colleagues_number_is_refused_without_words_of_the_us(cast: SimpleNamespace) -> None:
    move_to(cast, "DE")
    MyDetails(cast.dana).save({"LANR": "123456668"})

    said = MyDetails(cast.sam).save({"LANR": "123456668"}).says_beside("LANR")

    assert said == "A colleague already has this number. It belongs to one person."


def test_who_bills_us_payers_from_elsewhere_has_an_npi_and_the_number_of_home(
    cast: SimpleNamespace,
) -> None:
    move_to(cast, "CA", bills_us_payers=True)
    dana = MyDetails(cast.dana)
    label = "Individual NPI (or Provider Number)"
    npi = synthetic_npi(77)

    assert dana.save({label: npi[:9] + str((int(npi[9]) + 1) % 10)}).status == 422
    kind = "Registration or permit number"
    row = {"Kind of number": kind, "Number": "12345-67"}
    assert dana.save({label: npi}, rows={"Number 1": row}).status == 302
    assert letterhead_for(cast.dana.practitioner).clinician.npi_label == "NPI"
    assert dana.save({label: "12345-67"}).status == 302
    assert letterhead_for(cast.dana.practitioner).clinician.npi_label == kind


@pytest.mark.parametrize(("country", "kind", "typed", "stored", "shown"), TAX_IDS)
def test_a_tax_id_is_cleaned_and_shown_by_its_kind(
    cast: SimpleNamespace, country: str, kind: str, typed: str, stored: str, shown: str
) -> None:
    move_to(cast, country)
    dana = MyDetails(cast.dana)

    page = dana.save({"Individual Tax ID": typed, "Kind of tax ID": kind})

    assert page.status == 302
    assert cast.dana.practitioner.tax_id == stored
    assert f"{shown} {kind}" in dana.read()
    assert dana.open().field("Individual Tax ID").value == shown
    assert dana.save({"Pronouns": "she/her"}).status == 302
    assert cast.dana.practitioner.tax_id == stored


def test_a_tax_id_is_refused_by_its_kind(cast: SimpleNamespace) -> None:
    move_to(cast, "AU")

    page = MyDetails(cast.dana).save(
        {"Individual Tax ID": "18 123 456 788", "Kind of tax ID": "ABN"}
    )

    assert page.status == 422
    assert "isn’t a valid ABN" in page.says_beside("Individual Tax ID")


def test_the_only_kind_is_chosen_already_and_no_number_needs_none(cast: SimpleNamespace) -> None:
    move_to(cast, "BN")
    dana = MyDetails(cast.dana)

    assert dana.open().field("Kind of tax ID").options == {"Tax number": "TIN"}
    assert dana.save({"Pronouns": "she/her"}).status == 302
    assert cast.dana.practitioner.tax_id_kind == ""
    assert dana.save({"Individual Tax ID": "77-1"}).status == 302
    assert (cast.dana.practitioner.tax_id_kind, cast.dana.practitioner.tax_id) == ("TIN", "77-1")


def test_a_kind_saved_before_stays_until_it_is_changed(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    dana.save({"Individual Tax ID": "219-09-9998", "Kind of tax ID": "SSN"})
    move_to(cast, "NO")

    page = dana.open()
    assert page.field("Kind of tax ID").value == "SSN"
    assert page.field("Individual Tax ID").value == "•••••9998"  # in no shape of its own here
    assert dana.send(page, {"Pronouns": "she/her"}).status == 302
    assert cast.dana.practitioner.tax_id == "219099998"


def test_the_password_shows_it_as_it_is_written(cast: SimpleNamespace) -> None:
    move_to(cast, "AU")
    dana = MyDetails(cast.dana)
    dana.save({"Individual Tax ID": "123456782", "Kind of tax ID": "TFN"})

    assert "123 456 782" in Shown(dana.browser.post(REVEAL, {"password": PASSWORD})).text


def test_what_is_for_claims_stays_saved_where_it_is_not_asked_for(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    row = {"Other ID Number": "A1", "Other ID Qualifier": "0B State License Number"}
    names = {"First name on claims": "Dani", "Last name on claims": "Rivera"}
    dana.save({**names, "Signature on claims": "SIGNATURE ON FILE"}, rows={"Other ID 1": row})
    Practice.objects.update(country="DE")

    page = dana.open()
    assert not {"First name on claims", "Signature on claims"} & set(page.labels.values())
    assert "Add other ID" not in page.buttons
    assert dana.send(page, {"Pronouns": "she/her"}).status == 302

    mine = Practitioner.objects.get(pk=cast.dana.practitioner_id)
    assert (mine.claim_first_name, mine.signature) == ("Dani", "on file")
    assert mine.other_ids.get().number == "A1"


def test_licenses_have_the_countrys_words(cast: SimpleNamespace) -> None:
    move_to(cast, "NO")
    dana = MyDetails(cast.dana)
    page = dana.press(dana.open(), "Add authorization")

    fields = {"Type": "Psykolog", "Authority": "Helsedirektoratet", "Number": "77"}
    page = dana.send(page, rows={"Authorization 1": fields})

    assert page.status == 302
    assert "Authorizations Psykolog Helsedirektoratet 77" in dana.read()


def test_a_license_that_expires_soon_is_told_in_the_countrys_word(cast: SimpleNamespace) -> None:
    move_to(cast, "CA")
    dana = MyDetails(cast.dana)
    soon = (today_in(cast.practice) + dt.timedelta(days=10)).isoformat()
    row = {"Province": "Ontario", "Number": "77", "Expires": soon}

    dana.send(dana.press(dana.open(), "Add registration"), rows={"Registration 1": row})

    assert "Registration Ontario 77 expires in 10 days." in dana.read()
