"""Numbers as rows on My Details, where the country has kinds of them or US payers aren't billed."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from letterhead.activity.models import Activity
from letterhead.details.general.preview import preview
from letterhead.details.models import ProviderNumber
from letterhead.details.queries import letterhead_for, practitioner_of, saved_details
from letterhead.practices.models import Location
from tests.details.pages import MyDetails
from tests.practices.abroad import move_to

ABN, PROVIDER = "18 123 456 789", "2429601F"


@pytest.fixture
def dana(cast: SimpleNamespace) -> MyDetails:
    move_to(cast, "AU")
    return MyDetails(cast.dana)


def saved(cast: SimpleNamespace) -> list[tuple[Any, ...]]:
    rows = ProviderNumber.objects.filter(practitioner=cast.dana.practitioner_id)
    names = ("kind", "own_label", "number", "payer__name", "location__name")
    return list(rows.order_by("position").values_list(*names))


def test_numbers_are_saved_in_order_each_by_its_kind(
    cast: SimpleNamespace, dana: MyDetails
) -> None:
    answer = dana.save(
        rows={
            "Number 1": {
                "Kind of number": "Provider number",
                "Number": "242 960 1f",
                "Location": "Office",
                "Payer": "Acme Health",
            },
            "Number 2": {"Kind of number": "ABN", "Number": ABN},
            "Number 3": {"Kind of number": "Other", "Own label": "Bupa", "Number": "B-77 1"},
        }
    )

    assert answer.status == 302
    assert saved(cast) == [
        ("medicare provider", "", PROVIDER, "Acme Health", "Office"),
        ("abn", "", "18123456789", None, None),
        ("", "Bupa", "B-77 1", None, None),
    ]
    page = dana.read()
    for shown in (f"Provider number {PROVIDER} Acme Health only Office", f"ABN {ABN}", "B-77 1"):
        assert shown in page
    again = dana.open()
    assert again.at("Number", "Number 2").value == ABN
    assert dana.save().status == 302
    assert cast.dana.practitioner.version == 2  # nothing changed


def test_a_number_that_can_be_none_is_refused_beside_it_and_all_stays(dana: MyDetails) -> None:
    page = dana.save(
        {"Pronouns": "they/them"},
        rows={
            "Number 1": {"Kind of number": "ABN", "Number": "18 123 456 788"},
            "Number 2": {"Kind of number": "ABN", "Number": "1812"},
            "Number 3": {"Kind of number": "Other", "Number": "7"},
        },
    )

    assert page.status == 422
    assert "isn’t a valid ABN" in page.said("Number", "Number 1")
    assert "Enter the ABN like 18 123 456 789." in page.said("Number", "Number 2")
    assert "Enter your own label" in page.said("Own label", "Number 3")
    assert page.at("Number", "Number 1").value == "18 123 456 788"
    assert page.field("Pronouns").value == "they/them"


def test_the_same_number_for_the_same_payer_and_location_is_refused(
    cast: SimpleNamespace, dana: MyDetails
) -> None:
    abn = {"Kind of number": "ABN", "Number": ABN}
    page = dana.save(rows={"Number 1": abn, "Number 2": {**abn, "Number": "18123456789"}})

    assert page.status == 422
    assert "there twice" in page.said("Number", "Number 2")
    rows = {"Number 1": abn, "Number 2": {**abn, "Payer": "Acme Health"}}
    assert dana.save(rows=rows).status == 302
    assert len(saved(cast)) == 2


def test_a_row_left_empty_is_none_and_one_can_be_removed(
    cast: SimpleNamespace, dana: MyDetails
) -> None:
    dana.save(rows={"Number 1": {"Kind of number": "ABN", "Number": ABN}, "Number 2": {}})
    assert len(saved(cast)) == 1

    dana.send(dana.press(dana.open(), "Remove", "Number 1"))
    assert saved(cast) == []


def test_keyboards_fit_the_kind(dana: MyDetails) -> None:
    dana.save(
        rows={
            "Number 1": {"Kind of number": "ABN", "Number": ABN},
            "Number 2": {"Kind of number": "Provider number", "Number": PROVIDER},
        }
    )

    page = dana.open()
    assert page.at("Number", "Number 1").attributes["inputmode"] == "numeric"
    assert page.at("Number", "Number 2").attributes["inputmode"] == "text"


def test_the_record_has_them_but_tax_numbers_by_their_last_four(
    cast: SimpleNamespace, dana: MyDetails
) -> None:
    dana.save(
        rows={
            "Number 1": {"Kind of number": "ABN", "Number": ABN},
            "Number 2": {"Kind of number": "Provider number", "Number": PROVIDER},
        }
    )

    before, after = Activity.objects.latest("pk").changes["numbers"]
    assert (before, [row["number"] for row in after]) == ([], ["•• ••• ••• 789", PROVIDER])


def test_numbers_print_for_their_location(cast: SimpleNamespace, dana: MyDetails) -> None:
    row = {"Kind of number": "Provider number", "Number": PROVIDER, "Location": "Office"}
    dana.save(rows={"Number 1": row})
    clinician = letterhead_for(cast.dana.practitioner, location=cast.office).clinician

    assert [(each.label, each.number) for each in clinician.numbers or ()] == [
        ("Provider number", PROVIDER)
    ]
    assert not letterhead_for(cast.dana.practitioner).clinician.numbers


def test_a_location_with_a_number_ends_when_it_is_removed_and_stays_chosen(
    cast: SimpleNamespace, dana: MyDetails
) -> None:
    Location.objects.create(practice=cast.practice, name="Annex", country="AU")
    dana.save(rows={"Number 1": {"Number": PROVIDER, "Location": "Annex"}})
    annex = Location.objects.get(name="Annex")

    dana.browser.post(f"/account-settings/locations/{annex.pk}/remove/")

    assert Location.objects.get(name="Annex").ended_at
    assert dana.open().at("Location", "Number 1").value == str(annex.pk)


def test_another_practices_payer_and_location_are_refused(
    cast: SimpleNamespace, dana: MyDetails
) -> None:
    theirs = Location.objects.get(practice=cast.stranger.practice)
    sent = dana.open().sends() | {
        "numbers-TOTAL_FORMS": "1",
        "numbers-0-kind": "abn",
        "numbers-0-number": ABN,
        "numbers-0-location": str(theirs.pk),
    }

    page = dana.post(sent)

    assert page.status == 422
    assert page.said("Location", "Number 1")


def test_someone_elses_numbers_are_said_and_the_next_save_wins(
    cast: SimpleNamespace, dana: MyDetails
) -> None:
    opened = dana.press(dana.open(), "Add number")
    dana.save(rows={"Number 1": {"Kind of number": "ABN", "Number": ABN}})

    page = dana.send(opened, rows={"Number 1": {"Number": PROVIDER}})

    assert page.status == 422
    assert f"Someone else saved these numbers: ABN {ABN}." in page.text
    assert dana.send(page).status == 302
    assert [row[2] for row in saved(cast)] == [PROVIDER]


def test_where_no_kind_is_known_a_number_has_its_own_label(cast: SimpleNamespace) -> None:
    move_to(cast, "BN")
    dana = MyDetails(cast.dana)

    page = dana.press(dana.open(), "Add number")
    assert list(page.at("Kind of number", "Number 1").options) == ["Other"]
    row = {"Own label": "Nutritionist no.", "Number": "N 1/2"}
    assert dana.save(rows={"Number 1": row}).status == 302
    assert saved(cast) == [("", "Nutritionist no.", "N 1/2", None, None)]


def test_us_practices_have_other_ids_instead_unless_there_are_rows(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    assert "Add number" not in dana.open().buttons

    ProviderNumber.objects.create(
        practitioner_id=cast.dana.practitioner_id, position=0, own_label="Old", number="1"
    )
    assert dana.open().at("Number", "Number 1").value == "1"
    assert dana.save({"Pronouns": "she/her"}).status == 302
    assert saved(cast) == [("", "Old", "1", None, None)]


def test_the_preview_has_them_as_they_are_typed(cast: SimpleNamespace, dana: MyDetails) -> None:
    mine = practitioner_of(cast.dana.practitioner.membership)
    typed = QueryDict(mutable=True)
    typed.update(
        dana.press(dana.open(), "Add number").sends()
        | {"numbers-0-kind": "abn", "numbers-0-number": "18123456789"}
    )

    now = preview(typed, mine, saved_details(mine)).letterhead.clinician

    assert [(each.label, each.number) for each in now.numbers or ()] == [("ABN", ABN)]


def test_statements_stay_the_same_with_numbers(cast: SimpleNamespace, dana: MyDetails) -> None:
    def counted(address: str) -> int:
        with CaptureQueriesContext(connection) as told:
            assert dana.browser.get(address).status_code == 200
        return len(told)

    pages = ("/my-details/", "/account-settings/", "/my-details/general/")
    for page in pages:
        counted(page)
    before = [counted(page) for page in pages]
    numbers = [{"Kind of number": "Provider number", "Number": PROVIDER, "Location": "Office"}]
    dana.save(rows={"Number 1": numbers[0], "Number 2": {"Kind of number": "ABN", "Number": ABN}})
    counted("/my-details/")

    assert [counted(page) for page in pages] == before
