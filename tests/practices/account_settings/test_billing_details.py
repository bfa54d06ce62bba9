"""Account Settings, Billing Details: the organization or the person who bills, and the tax ID."""

from types import SimpleNamespace

import pytest

from letterhead.activity.models import Activity
from letterhead.details.models import Practitioner
from letterhead.practices.models import Practice
from tests.factories import synthetic_npi
from tests.practices.office import BILLING, PRACTICE, SETTINGS, Office

GROUP, MINE = synthetic_npi(771), synthetic_npi(772)

MASK = "••-•••6789"


@pytest.fixture
def dana(cast: SimpleNamespace) -> Office:
    return Office(cast.dana)


def kept(cast: SimpleNamespace) -> Practice:
    return Practice.objects.get(pk=cast.practice.pk)


def test_an_organization_saves_and_shows(dana: Office) -> None:
    answer = dana.save(
        BILLING,
        {
            "NPI type": "Organization",
            "Group NPI": f"{GROUP[:4]} {GROUP[4:7]}-{GROUP[7:]}",
            "Taxonomy": "261qm2500x",
            "Remit-to address": "P.O. Box 7",
            "Remit-to city": "Albany",
            "Remit-to state": "ny",
            "Remit-to ZIP code": "12201 0007",
        },
    )

    assert (answer.status, answer.location) == (302, SETTINGS)
    page = dana.read(SETTINGS)
    for shown in (GROUP, "261QM2500X", "P.O. Box 7", "Albany, NY 12201-0007", MASK):
        assert shown in page
    assert "Billing Details saved" in page


def test_a_person_saves_and_shows(dana: Office) -> None:
    dana.save(
        BILLING,
        {
            "NPI type": "Individual",
            "First name of the billing provider": "Dana",
            "Middle name of the billing provider": "M.",
            "Last name of the billing provider": "Rivera",
            "Suffix of the billing provider": "Jr",
            "NPI of the billing provider": MINE,
            "Practice Tax ID": "219-09-9998",
            "Kind of practice tax ID": "SSN",
        },
    )

    page = dana.read(SETTINGS)
    for shown in ("Individual", "Dana M. Rivera Jr", MINE, "•••-••-9998 SSN"):
        assert shown in page
    assert "219" not in page


@pytest.mark.parametrize("part", ["First", "Last"])
def test_a_person_who_bills_has_a_name(dana: Office, part: str) -> None:
    names = {
        "First name of the billing provider": "Dana",
        "Last name of the billing provider": "Rivera",
    }
    label = f"{part} name of the billing provider"

    answer = dana.save(BILLING, names | {"NPI type": "Individual", label: ""})

    assert answer.wrong() == {label: "Enter the name of the person who bills."}


def test_i_bill_as_myself_fills_name_and_npi_in_and_saves_nothing(
    cast: SimpleNamespace, dana: Office
) -> None:
    opened = dana.open(BILLING)

    filled = dana.send(BILLING, opened, {"Taxonomy": "typed but wrong"}, rows="myself")

    assert filled.status == 200
    assert filled.wrong() == {}
    for label, value in {
        "NPI type": "individual",
        "First name of the billing provider": "Dana",
        "Middle name of the billing provider": "M.",
        "Last name of the billing provider": "Rivera",
        "NPI of the billing provider": "2363324239",
        "Taxonomy": "typed but wrong",
    }.items():
        assert filled.field(label).value == value
    assert kept(cast).npi_type == "organization"

    dana.send(BILLING, filled, {"Taxonomy": "133V00000X"})
    assert (kept(cast).npi_type, kept(cast).holder_npi) == ("individual", "2363324239")


def test_i_bill_as_myself_never_copies_the_tax_id(cast: SimpleNamespace, dana: Office) -> None:
    row = cast.dana.practitioner
    row.tax_id, row.tax_id_kind = "219099998", "SSN"
    row.save()

    filled = dana.send(BILLING, dana.open(BILLING), rows="myself")

    assert filled.field("Practice Tax ID").value == MASK
    assert filled.field("Kind of practice tax ID").value == "EIN"
    assert "9998" not in filled.html


def test_i_bill_as_myself_takes_the_name_on_claims_where_there_is_one(
    cast: SimpleNamespace, dana: Office
) -> None:
    Practitioner.objects.filter(pk=cast.dana.practitioner_id).update(
        claim_first_name="Daniela", claim_last_name="Rivera Soto"
    )

    filled = dana.send(BILLING, dana.open(BILLING), rows="myself")

    assert filled.field("First name of the billing provider").value == "Daniela"
    assert filled.field("Last name of the billing provider").value == "Rivera Soto"


def test_with_scripts_i_bill_as_myself_fills_the_pop_up(dana: Office) -> None:
    sent = dana.open(BILLING).sends() | {"rows": "myself"}

    answer = dana.browser.post(BILLING, sent, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert answer.content.decode().lstrip().startswith("<dialog")
    assert 'value="2363324239"' in answer.content.decode()


# the tax ID


def test_the_tax_id_is_never_shown_whole(dana: Office) -> None:
    for page in (SETTINGS, BILLING, PRACTICE):
        html = dana.open(page).html
        assert "123456789" not in html
        assert "12-3456789" not in html


def test_a_tax_id_left_as_it_was_stays(cast: SimpleNamespace, dana: Office) -> None:
    dana.save(BILLING, {"Taxonomy": "261QM2500X"})

    assert kept(cast).tax_id == "123456789"


def test_a_tax_id_typed_anew_replaces_the_old_one_and_the_record_keeps_it_secret(
    cast: SimpleNamespace, dana: Office
) -> None:
    dana.save(BILLING, {"Practice Tax ID": "45-6789012"})

    assert kept(cast).tax_id == "456789012"
    told = Activity.objects.latest("pk")
    assert (told.act, told.changes) == ("changed billing details", {"tax_id": "changed"})


def test_a_tax_id_goes_where_it_is_emptied_with_its_kind(
    cast: SimpleNamespace, dana: Office
) -> None:
    dana.save(BILLING, {"Practice Tax ID": "", "Kind of practice tax ID": ""})

    assert (kept(cast).tax_id, kept(cast).tax_id_kind) == ("", "")


def test_a_tax_id_changed_in_part_is_asked_for_whole(cast: SimpleNamespace, dana: Office) -> None:
    answer = dana.save(BILLING, {"Practice Tax ID": "••-•••1111"})

    assert answer.status == 422
    assert f"The saved number is {MASK}" in answer.says_beside("Practice Tax ID")
    assert dana.send(BILLING, answer).status == 302
    assert kept(cast).tax_id == "123456789"


def test_a_stale_save_says_of_the_tax_id_only_its_last_four(
    cast: SimpleNamespace, dana: Office
) -> None:
    opened = dana.open(BILLING)
    dana.save(BILLING, {"Practice Tax ID": "45-6789012"})

    told = dana.send(BILLING, opened, {"Practice Tax ID": "12-3456780"})

    assert told.status == 422
    assert told.says_beside("Practice Tax ID") == "Someone else saved: ••-•••9012"
    assert "456789012" not in told.html
    assert dana.send(BILLING, told).status == 302
    assert kept(cast).tax_id == "123456780"


def test_an_ein_with_a_prefix_that_no_one_knows_is_saved_with_a_warning(dana: Office) -> None:
    dana.save(BILLING, {"Practice Tax ID": "00-1234567"})

    assert "isn’t known to use EINs that begin like this one" in dana.read(SETTINGS)


# what is refused


@pytest.mark.parametrize(
    ("label", "typed"),
    [
        ("Group NPI", "2000048129"),
        ("Group NPI", "12345"),
        ("Group NPI", "x" * 1_000_000),
        ("Group NPI", GROUP.translate(str.maketrans("0123456789", "０１２３４５６７８９"))),
        ("NPI of the billing provider", "3000000000"),
        ("Practice Tax ID", "12-345678"),
        ("Practice Tax ID", "１２３４５６７８９"),
        ("Practice Tax ID", "12345678\x00"),
        ("Practice Tax ID", ""),
        ("Kind of practice tax ID", ""),
        ("Kind of practice tax ID", "ITIN"),
        ("NPI type", "Both"),
        ("Taxonomy", "133V00000"),
        ("Last name of the billing provider", "Rivera, RDN"),
        ("Last name of the billing provider", "a\x00b"),
        ("Remit-to ZIP code", "12"),
        ("Remit-to state", "N.Y."),
    ],
)
def test_billing_details_refuse_beside_the_field(dana: Office, label: str, typed: str) -> None:
    answer = dana.save(BILLING, {"Remit-to address": "P.O. Box 7"} | {label: typed})

    assert (answer.status, list(answer.wrong())) == (422, [label])
    assert answer.field("Remit-to address").value == "P.O. Box 7"


def test_an_ssn_that_none_can_be_is_refused(dana: Office) -> None:
    answer = dana.save(
        BILLING, {"Practice Tax ID": "666-12-3456", "Kind of practice tax ID": "SSN"}
    )

    assert list(answer.wrong()) == ["Practice Tax ID"]


def test_a_remit_to_address_without_its_first_line_is_refused(dana: Office) -> None:
    answer = dana.save(BILLING, {"Remit-to city": "Albany"})

    assert list(answer.wrong()) == ["Remit-to address"]


def test_an_unlikely_button_changes_nothing(cast: SimpleNamespace, dana: Office) -> None:
    answer = dana.save(BILLING, {"NPI type": "Individual"}, rows="x:add\x00")

    assert answer.status == 200
    assert kept(cast).npi_type == "organization"
