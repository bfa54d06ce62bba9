"""Numbers of the practice as rows on Edit Billing Details."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letterhead.activity.models import Activity
from letterhead.details.queries import letterhead_for
from letterhead.practices.models import Practice, PracticeNumber
from tests.practices.abroad import move_to
from tests.practices.office import BILLING, SETTINGS, Office

ABN, ACN = "18 123 456 789", "123 456 780"


@pytest.fixture
def dana(cast: SimpleNamespace) -> Office:
    move_to(cast, "AU")
    return Office(cast.dana)


def save(dana: Office, *numbers: tuple[str, str], **more: Any) -> Any:
    """Open the form, put these numbers into its rows and press Save."""
    sent = dana.open(BILLING).sends() | {"numbers-TOTAL_FORMS": str(len(numbers)), **more}
    for row, (kind, number) in enumerate(numbers):
        sent |= {f"numbers-{row}-kind": kind, f"numbers-{row}-number": number}
    return dana.post(BILLING, sent)


def saved() -> list[tuple[str, str]]:
    return list(PracticeNumber.objects.order_by("position").values_list("kind", "number"))


def test_they_are_saved_shown_and_recorded(cast: SimpleNamespace, dana: Office) -> None:
    assert save(dana, ("abn", ABN), ("acn", ACN)).status == 302

    assert saved() == [("abn", "18123456789"), ("acn", "123456780")]
    page = dana.read(SETTINGS)
    assert f"More numbers ABN {ABN} ACN {ACN}" in page
    told = Activity.objects.latest("pk")
    assert told.act == "changed billing details"
    assert [row["number"] for row in told.changes["numbers"][1]] == ["•• ••• ••• 789", "123456780"]
    numbers = letterhead_for(cast.dana.practitioner).practice.numbers or ()
    assert [each.number for each in numbers] == [ABN, ACN]


def test_the_same_again_changes_nothing(cast: SimpleNamespace, dana: Office) -> None:
    save(dana, ("abn", ABN))
    before = Practice.objects.get(pk=cast.practice.pk).version

    assert save(dana, ("abn", ABN)).status == 302

    assert Practice.objects.get(pk=cast.practice.pk).version == before
    assert save(dana).status == 302
    assert saved() == []


def test_what_is_wrong_is_said_beside_it(dana: Office) -> None:
    page = save(dana, ("acn", "123 456 781"), legal_name="Typed")

    assert page.status == 422
    assert "isn’t a valid ACN" in " ".join(page.texts.values())
    assert page.controls["id_numbers-0-number"].value == "123 456 781"
    assert page.field("Legal name").value == "Typed"
    assert saved() == []


def test_numbers_of_clinicians_alone_are_not_offered(dana: Office) -> None:
    page = dana.send(BILLING, dana.open(BILLING), rows="numbers:add")

    assert list(page.field("Kind of number").options) == [
        *("Health fund provider number", "ABN", "ACN", "NDIS provider number", "Other")
    ]


def test_a_stale_save_says_the_others_numbers(dana: Office) -> None:
    opened = dana.open(BILLING).sends()
    save(dana, ("abn", ABN))

    page = dana.post(BILLING, opened)

    assert page.status == 422
    assert f"Someone else saved these numbers: ABN {ABN}." in page.text


def test_a_stale_save_that_changes_nothing_else_writes_nothing(dana: Office) -> None:
    opened = dana.open(BILLING).sends()
    save(dana, ("abn", ABN))
    rows = {"numbers-TOTAL_FORMS": "1", "numbers-0-kind": "acn", "numbers-0-number": ACN}

    assert dana.post(BILLING, opened | rows).status == 422
    assert saved() == [("abn", "18123456789")]


def test_us_practices_have_none_and_keep_those_they_have(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)
    assert "Add number" not in dana.open(BILLING).buttons

    PracticeNumber.objects.create(
        practice=cast.practice, position=0, own_label="State no.", number="S1"
    )

    assert dana.open(BILLING).field("Own label").value == "State no."
    assert dana.save(BILLING, {"Taxonomy": "261QM2500X"}).status == 302
    assert saved() == [("", "S1")]


def test_the_page_takes_no_further_statement_and_a_us_form_one(
    cast: SimpleNamespace, dana: Office
) -> None:
    def counted(address: str) -> int:
        with CaptureQueriesContext(connection) as told:
            dana.read(address)
        return len(told)

    counted(SETTINGS)
    before = counted(SETTINGS), counted(BILLING)
    save(dana, ("abn", ABN), ("acn", ACN))
    counted(SETTINGS)
    assert (counted(SETTINGS), counted(BILLING)) == before
    PracticeNumber.objects.all().delete()
    Practice.objects.update(country="US")
    assert counted(BILLING) == before[1] - 2  # payers and locations


# the tax ID


@pytest.mark.parametrize(
    ("country", "kind", "typed", "stored", "shown"),
    [
        ("AU", "ABN", "18123456789", "18123456789", "•• ••• ••• 789"),
        ("NO", "Org.nr.", "987654325", "987654325", "••• ••• 325"),
        ("DE", "Steuernummer", "12/345/67890", "12/345/67890", "••/•••/•7890"),
        ("CA", "Business number", "123 456 782", "123456782", "•••••6782"),
        ("BN", "Tax number", "123 456-782", "123 456-782", "••• •••-782"),
    ],
)
def test_its_tax_id_is_cleaned_and_shown_by_its_kind(
    cast: SimpleNamespace, country: str, kind: str, typed: str, stored: str, shown: str
) -> None:
    move_to(cast, country)
    dana = Office(cast.dana)

    answer = dana.save(BILLING, {"Practice Tax ID": typed, "Kind of practice tax ID": kind})

    assert answer.status == 302
    assert Practice.objects.get(pk=cast.practice.pk).tax_id == stored
    assert f"{shown} {kind}" in dana.read(SETTINGS)
    again = dana.open(BILLING).field("Practice Tax ID")
    assert (again.value, again.attributes.get("inputmode")) == (shown, None)


def test_its_tax_id_is_refused_by_its_kind(dana: Office) -> None:
    answer = dana.save(
        BILLING, {"Practice Tax ID": "18123456788", "Kind of practice tax ID": "ABN"}
    )

    assert "isn’t a valid ABN" in answer.says_beside("Practice Tax ID")
