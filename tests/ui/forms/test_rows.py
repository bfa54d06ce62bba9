"""Rows: what a person sees after each button, and that no list of presses loses anything."""

from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from letterhead.ui.forms.rows import (
    RowFormSet,
    as_typed,
    posted,
    rows_pressed,
    saving,
    with_rows_changed,
)


class PhoneForm(forms.Form):
    kind = forms.ChoiceField(label="Type", choices=[("work", "Work"), ("fax", "Fax")])
    number = forms.CharField(label="Phone number", max_length=20)
    bills = forms.BooleanField(label="Print on bills", required=False, initial=True)


class PhoneRows(RowFormSet):
    form, row_name, add_label, movable = PhoneForm, "Phone", "Add phone number", True


def sent(numbers: list[str], **more: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data["phones-TOTAL_FORMS"] = str(len(numbers))
    for index, number in enumerate(numbers):
        data[f"phones-{index}-kind"] = "work"
        data[f"phones-{index}-number"] = number
    data.update(more)
    return data


def numbers_in(data: QueryDict) -> list[str]:
    total = int(str(data["phones-TOTAL_FORMS"]))
    return [data.get(f"phones-{index}-number", "") for index in range(total)]


def rows_of(numbers: list[str], **more: str) -> PhoneRows:
    return PhoneRows(sent(numbers, **more), prefix="phones")


def test_a_row_just_added_has_selected_what_any_new_row_has() -> None:
    data = with_rows_changed(sent(["a"], rows="phones:add"), "phones:add")
    rows = PhoneRows(data, prefix="phones")

    assert [row["bills"].value() for row in rows.forms] == [False, True]


def test_without_room_for_another_row_the_last_one_stays_as_it_was_typed() -> None:
    data = with_rows_changed(sent(["a", "b"], rows="phones:add"), "phones:add", 2)
    rows = PhoneRows(data, prefix="phones")

    assert [row["bills"].value() for row in rows.forms] == [False, False]


@pytest.mark.parametrize(
    ("pressed", "after"),
    [
        ("phones:add", ["a", "b", "c", ""]),
        ("phones:remove:1", ["a", "c"]),
        ("phones:up:2", ["a", "c", "b"]),
        ("phones:down:0", ["b", "a", "c"]),
        ("phones:up:0", ["a", "b", "c"]),
        ("phones:down:2", ["a", "b", "c"]),
        ("phones:remove:9", ["a", "b", "c"]),
        ("licenses:add", ["a", "b", "c"]),
        ("phones:explode:0", ["a", "b", "c"]),
        ("phones:up:-1", ["a", "b", "c"]),
        (".*:add", ["a", "b", "c"]),
        ("", ["a", "b", "c"]),
    ],
)
def test_a_button_changes_one_row_or_nothing(pressed: str, after: list[str]) -> None:
    assert numbers_in(with_rows_changed(sent(["a", "b", "c"]), pressed)) == after


def test_everything_else_that_was_typed_stays() -> None:
    data = sent(["a", "b"], first_name="Dana", rows="phones:remove:0")
    data["phones-1-bills"] = "on"
    data["phones-10-number"] = "sent beyond the count"
    data.setlist("places", ["1", "2"])

    changed = with_rows_changed(data, "phones:remove:0")

    assert changed["first_name"] == "Dana"
    assert changed.getlist("places") == ["1", "2"]
    assert changed["phones-0-bills"] == "on"
    assert "phones-1-number" not in changed
    assert "phones-10-number" not in changed


def test_a_checkbox_moves_with_its_row() -> None:
    data = sent(["a", "b"])
    data["phones-0-bills"] = "on"

    changed = with_rows_changed(data, "phones:down:0")

    assert changed.get("phones-1-bills") == "on"
    assert "phones-0-bills" not in changed


def test_a_hundred_rows_are_the_limit() -> None:
    changed = with_rows_changed(sent(["1"] * 100), "phones:add")

    assert numbers_in(changed) == ["1"] * 100
    assert PhoneRows(changed, prefix="phones").full


presses = st.lists(
    st.one_of(
        st.just(("add", 0)),
        st.tuples(st.sampled_from(["remove", "up", "down"]), st.integers(0, 8)),
    ),
    max_size=30,
)


@given(st.lists(st.text("0123456789 ()-", min_size=1), max_size=8), presses)
def test_any_list_of_presses_does_what_it_does_to_a_plain_list(
    numbers: list[str], pressed: list[tuple[str, int]]
) -> None:
    data, model = sent(numbers), list(numbers)
    for act, row in pressed:
        data = with_rows_changed(data, f"phones:{act}" + ("" if act == "add" else f":{row}"))
        if act == "add":
            model.append("")
        elif row < len(model):
            if act == "remove":
                del model[row]
            else:
                other = row + (1 if act == "down" else -1)
                if 0 <= other < len(model):
                    model[row], model[other] = model[other], model[row]

    assert numbers_in(data) == model


def test_forty_rows_are_read_in_their_order() -> None:
    numbers = [f"212-555-01{index:02}" for index in range(40)]
    phones = rows_of(numbers)

    assert phones.is_valid()
    assert [row["number"] for row in phones.rows] == numbers


def test_empty_rows_are_skipped() -> None:
    data = sent(["", "212-555-0142", "  "])
    data["phones-0-bills"] = "on"
    phones = PhoneRows(data, prefix="phones")

    assert phones.is_valid()
    assert [row["number"] for row in phones.rows] == ["212-555-0142"]


def test_an_incomplete_row_says_so_next_to_its_field() -> None:
    data = sent(["212-555-0142", ""])
    data["phones-1-kind"] = "fax"
    phones = PhoneRows(data, prefix="phones")

    assert not phones.is_valid()
    assert phones.errors == [{}, {"number": ["Fill this in."]}]


def test_rows_saved_before_do_not_come_back_in_place_of_removed_ones() -> None:
    saved = [{"kind": "work", "number": "old 1"}, {"kind": "work", "number": "old 2"}]
    phones = PhoneRows(sent([]), prefix="phones", initial=saved)

    assert phones.is_valid()
    assert phones.rows == []


@pytest.mark.parametrize("total", ["", "x", "-1", "1e3", "999999999", "101"])
def test_a_forged_count_is_an_error_and_not_a_crash(total: str) -> None:
    phones = PhoneRows(sent(["a"], **{"phones-TOTAL_FORMS": total}), prefix="phones")

    assert not phones.is_valid()
    assert len(phones.non_form_errors()) == 1
    assert len(phones.forms) <= 101
    assert "Add phone number" in str(phones) or phones.full


def test_no_count_at_all_is_an_error_that_says_what_to_do() -> None:
    phones = PhoneRows(QueryDict("first_name=Dana"), prefix="phones")

    assert phones.non_form_errors() == [
        "These rows are incomplete. Nothing was saved. Reload the page and try again."
    ]


def test_the_page_names_each_row_and_its_buttons() -> None:
    page = str(PhoneRows(prefix="phones", initial=[{"kind": "fax", "number": "212-555-0142"}]))

    assert "<legend>Phone 1</legend>" in page
    assert 'name="phones-TOTAL_FORMS" value="1"' in page
    assert 'value="212-555-0142"' in page
    for value in ["phones:up:0", "phones:down:0", "phones:remove:0", "phones:add"]:
        assert f'name="rows" value="{value}"' in page
    assert "Add phone number" in page


def test_a_row_button_shows_what_was_typed_without_errors() -> None:
    begun = {"phones-0-kind": "fax", "rows": "phones:add"}
    phones = rows_of(["", "212-555-0142"], **begun)
    form = PhoneForm(QueryDict("number="))
    as_typed(form, phones)

    assert not form.errors
    assert not phones.errors
    assert "Fill this in" not in str(phones) + str(form)
    assert 'value="212-555-0142"' in str(phones)


@pytest.mark.parametrize(
    ("numbers", "pressed", "focused"),
    [
        (["a", "b"], "phones:add", 'id="id_phones-1-kind"'),
        (["a", "b"], "phones:remove:1", 'id="id_phones-1-kind"'),
        (["a"], "phones:remove:1", 'id="id_phones-0-kind"'),
        ([], "phones:remove:0", 'value="phones:add"'),
        (["a", "b"], "phones:up:1", 'value="phones:up:0"'),
        (["a", "b"], "phones:up:0", 'value="phones:up:0"'),
        (["a", "b"], "phones:down:0", 'value="phones:down:1"'),
    ],
)
def test_the_focus_goes_where_work_continues(
    numbers: list[str], pressed: str, focused: str
) -> None:
    page = str(rows_of(numbers, rows=pressed))

    assert page.count("autofocus") == 1
    tag = page[page.rindex("<", 0, page.index("autofocus")) :]
    tag = tag[: tag.index(">")]
    assert focused in tag


def test_a_button_of_other_rows_does_not_take_the_focus() -> None:
    page = str(rows_of(["a"], rows="licenses:add"))

    assert 'value="a"' in page
    assert "autofocus" not in page


def test_a_view_knows_which_button_was_pressed() -> None:
    def request(**data: Any) -> Any:
        return RequestFactory().post("/", data) if data else RequestFactory().get("/")

    assert posted(request()) is None
    assert not saving(request())
    assert saving(request(first_name="Dana"))
    pressed = request(rows="phones:add", **{"phones-TOTAL_FORMS": "0"})
    assert rows_pressed(pressed.POST) == "phones:add"
    assert not saving(pressed)
    data = posted(pressed)
    assert data is not None and data["phones-TOTAL_FORMS"] == "1"
