"""Repeated rows of My Details: phones, other IDs, licenses."""

import datetime as dt
from types import SimpleNamespace

import pytest

from letterhead.practices.days import today_in
from letterhead.practices.models import Payer
from tests.details.pages import GroupedPage, MyDetails

PHONES = [f"+1212555{n:04d}" for n in range(100, 140)]


def typed_phones(page: GroupedPage) -> list[str]:
    return [page.at("Phone number", row).value for row in page.rows("Phone")]


def test_forty_phones_save_in_order_and_again_without_a_change(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    sent = dana.open().sends() | {"phones-TOTAL_FORMS": "40"}
    for n, number in enumerate(PHONES):
        sent |= {f"phones-{n}-kind": "work", f"phones-{n}-number": number}

    assert dana.post(sent).status == 302

    saved = cast.dana.practitioner
    assert [row["number"] for row in saved.phone_rows] == PHONES
    assert len(dana.open().rows("Phone")) == 40
    assert dana.save().status == 302
    again = cast.dana.practitioner
    assert again.version == saved.version
    assert list(again.phone_numbers.values()) == list(saved.phone_numbers.values())


def test_rows_are_added_removed_and_moved_without_scripts_and_saved_only_by_save(
    cast: SimpleNamespace,
) -> None:
    dana = MyDetails(cast.dana)
    dana.save(rows={f"Phone {n}": {"Phone number": f"212 555 010{n}"} for n in (1, 2, 3)})
    page = dana.open()

    page = dana.press(page, "Move up", "Phone 3", {"Credentials": "half-typed"})
    assert [p[-4:] for p in typed_phones(page)] == ["0101", "0103", "0102"]
    page = dana.press(page, "Move down", "Phone 1")
    assert [p[-4:] for p in typed_phones(page)] == ["0103", "0101", "0102"]
    page = dana.press(page, "Remove", "Phone 2")
    page = dana.press(page, "Add phone number")
    assert [p[-4:] for p in typed_phones(page)] == ["0103", "0102", ""]
    assert page.field("Credentials").value == "half-typed"
    assert [row["number"][-4:] for row in cast.dana.practitioner.phone_rows] == [
        *("0101", "0102", "0103")
    ]

    assert dana.send(page, rows={"Phone 3": {"Phone number": "2125550104"}}).status == 302
    assert [row["number"][-4:] for row in cast.dana.practitioner.phone_rows] == [
        *("0103", "0102", "0104")
    ]


def test_a_hundred_and_one_rows_are_refused_and_none_is_lost(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    sent = dana.open().sends() | {"phones-TOTAL_FORMS": "101"}
    for n in range(101):
        sent |= {f"phones-{n}-kind": "work", f"phones-{n}-number": f"212555{n:04d}"}

    page = dana.post(sent)

    assert page.status == 422
    assert "At most 100 fit here" in page.text
    assert len(page.rows("Phone")) == 101


@pytest.mark.parametrize("count", ["", "-1", "many", "99999999999999999999", "3\x00", "３"])
def test_a_tampered_count_of_rows_is_refused_and_nothing_is_deleted(
    cast: SimpleNamespace, count: str
) -> None:
    dana = MyDetails(cast.dana)
    dana.save(rows={"Phone 1": {"Phone number": "212 555 0101"}})

    page = dana.post(dana.open().sends() | {"phones-TOTAL_FORMS": count})

    assert page.status == 422
    assert len(cast.dana.practitioner.phone_rows) == 1


def test_rows_that_never_arrived_are_not_deleted(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    dana.save(rows={"Phone 1": {"Phone number": "212 555 0101"}})
    sent = dana.open().sends()

    page = dana.post({k: v for k, v in sent.items() if not k.startswith("phones-")})

    assert page.status == 422
    assert "These rows are incomplete" in page.text
    assert len(cast.dana.practitioner.phone_rows) == 1


@pytest.mark.parametrize(
    ("fields", "label", "says"),
    [
        ({"Other ID Number": "A1"}, "Other ID Qualifier", "Choose the qualifier"),
        (
            {"Other ID Qualifier": "G2 Provider Commercial Number"},
            "Other ID Number",
            "Enter the number",
        ),
        (
            {"Other ID Qualifier": "ZZ Provider Taxonomy", "Other ID Number": "133V"},
            "Other ID Number",
            "taxonomy code has 10 characters",
        ),
        (
            {"Other ID Qualifier": "ZZ Provider Taxonomy", "Other ID Number": "１33V00000X"},
            "Other ID Number",
            "carry “１” in a number",
        ),
        (
            {
                "Other ID Qualifier": "LU Location Number",
                "Other ID Number": "7",
                "Payer": "Acme Health",
                "Default": True,
            },
            "Default",
            "for any payer",
        ),
        (
            {"Other ID Qualifier": "LU Location Number", "Other ID Number": "9" * 51},
            "Other ID Number",
            "50",
        ),
    ],
)
def test_an_other_id_is_refused_beside_its_field(
    cast: SimpleNamespace, fields: dict[str, object], label: str, says: str
) -> None:
    page = MyDetails(cast.dana).save(rows={"Other ID 1": fields})

    assert page.status == 422
    assert says in page.said(label, "Other ID 1")
    for name, value in fields.items():
        control = page.at(name, "Other ID 1")
        assert value in (control.value, control.sent) or control.options[value] == control.value
    assert cast.dana.practitioner.other_id_rows == []


def test_a_taxonomy_in_its_form_saves(cast: SimpleNamespace) -> None:
    row = {"Other ID Qualifier": "ZZ Provider Taxonomy", "Other ID Number": "133V00000X"}

    assert MyDetails(cast.dana).save(rows={"Other ID 1": row}).status == 302


def test_only_one_other_id_is_the_default_and_one_is_for_a_payer(cast: SimpleNamespace) -> None:
    row = {"Other ID Qualifier": "LU Location Number", "Other ID Number": "7"}
    dana = MyDetails(cast.dana)

    both = {"Other ID 1": {**row, "Default": True}, "Other ID 2": {**row, "Default": True}}
    page = dana.save(rows=both)
    assert page.status == 422
    assert "Only one" in page.said("Default", "Other ID 2")

    for_one = {**row, "Payer": "Acme Health"}
    page = dana.save(rows={"Other ID 1": for_one, "Other ID 2": for_one})
    assert page.status == 422
    assert "Another row" in page.said("Payer", "Other ID 2")


@pytest.mark.parametrize("payer", ["another practice's", "999999999", "1; DROP", "1\x00", "٣"])
def test_a_payer_that_is_not_the_practices_is_refused(cast: SimpleNamespace, payer: str) -> None:
    theirs = Payer.objects.create(practice=cast.stranger.practice, name="Theirs")
    chosen = str(theirs.pk) if payer == "another practice's" else payer

    page = MyDetails(cast.dana).save(
        rows={
            "Other ID 1": {
                "Other ID Qualifier": "LU Location Number",
                "Other ID Number": "7",
                "Payer": chosen,
            }
        }
    )

    assert page.status == 422
    assert page.said("Payer", "Other ID 1")
    assert "Theirs" not in page.text


def test_a_license_that_expires_before_it_began_is_refused(cast: SimpleNamespace) -> None:
    page = MyDetails(cast.dana).save(
        rows={
            "License 1": {
                "License number": "1",
                "License since": "2025-01-02",
                "License expires": "2025-01-01",
            }
        }
    )

    assert page.status == 422
    assert "before it began" in page.said("License expires", "License 1")


@pytest.mark.parametrize("day", ["2026-13-01", "yesterday", "２０２６-01-01", "2026-01-01\x00"])
def test_a_license_date_that_is_none_is_refused(cast: SimpleNamespace, day: str) -> None:
    page = MyDetails(cast.dana).save(
        rows={"License 1": {"License number": "1", "License since": day}}
    )

    assert page.status == 422
    assert page.said("License since", "License 1")


@pytest.mark.parametrize(
    ("kind", "own", "says"), [("Other", "", "Enter your own label"), ("Other", "x" * 21, "20")]
)
def test_the_own_label_is_asked_for_with_other(
    cast: SimpleNamespace, kind: str, own: str, says: str
) -> None:
    page = MyDetails(cast.dana).save(
        rows={"Phone 1": {"Type": kind, "Own label": own, "Phone number": "212 555 0101"}}
    )

    assert page.status == 422
    assert says in page.said("Own label", "Phone 1")


def test_a_license_near_its_end_is_noted_and_leads_to_its_field(cast: SimpleNamespace) -> None:
    dana, soon = MyDetails(cast.dana), today_in(cast.practice) + dt.timedelta(days=10)
    far = {"License type": "Dietitian", "License number": "1", "License expires": "2099-01-31"}
    near = {**far, "License number": "2", "License expires": soon.isoformat()}
    dana.save(rows={"License 1": far, "License 2": near})

    page = dana.view()

    assert "License 2 expires in 10 days." in " ".join(page.text.split())
    assert 'href="/my-details/general/#id_licenses-1-expires"' in page.html
    assert 'id="id_licenses-1-expires"' in dana.open().html
