"""What is typed into any form: days, phones, ZIP codes, tax IDs, and characters nobody sees."""

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from letterhead.countries.table import country_of
from letterhead.ui.forms.fields import DayField, harden, phone_in, us_zip
from letterhead.ui.forms.tax_ids import check_tax_id, typed_tax_id


class Sample(forms.Form):
    """A form with something of everything."""

    born_on = DayField(required=False)
    line1 = forms.CharField(required=False, max_length=10)
    tax_id = forms.CharField(required=False)
    tax_id_kind = forms.CharField(required=False)


def filled(**typed: str) -> Sample:
    """The form as it was sent with this typed into it."""
    data = QueryDict(mutable=True)
    data.update(typed)
    return Sample(data)


def after(check: Any, **typed: str) -> tuple[dict[str, Any], set[str]]:
    """What a check makes of what was typed, and the fields that it puts an error beside."""
    form = filled(**typed)
    assert form.is_valid()
    check(form)
    return form.cleaned_data, set(form.errors)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1899-12-31", "before 1900"),
        ("2026-11-27", "after November 26, 2026"),
        ("11/26/2026", "1980-02-03"),
        ("2026-13-01", "1980-02-03"),
        ("٢٠٢٦-11-26", "1980-02-03"),
    ],
)
def test_a_day_that_must_be_a_slip_is_refused(typed: str, says: str) -> None:
    form = filled(born_on=typed)
    form.fields["born_on"].latest = dt.date(2026, 11, 26)  # type: ignore[attr-defined]

    assert says in form.errors["born_on"][0]


@pytest.mark.parametrize("typed", ["1900-01-01", "2026-11-26"])
def test_the_first_and_the_last_day_are_taken(typed: str) -> None:
    form = filled(born_on=typed)
    form.fields["born_on"].latest = dt.date(2026, 11, 26)  # type: ignore[attr-defined]

    assert form.is_valid()
    assert form.cleaned_data["born_on"] == dt.date.fromisoformat(typed)


@pytest.mark.parametrize(
    "hidden",
    [
        *("\x07", "\x1b", "\x7f", "\x85", "\n"),
        *("\u200b", "\u200f", "\u202e", "\u2066", "\ufeff", "\u00ad"),  # zero width, direction
        *("\u2028", "\u2029"),  # line and paragraph separators
        *("\u3164", "\u2800", "\ue000"),  # fillers, and what only one font knows
    ],
)
def test_a_character_that_nobody_sees_is_refused(hidden: str) -> None:
    form = filled(line1=f"1 Main{hidden}St")
    harden(form)

    assert "can't be shown" in form.errors["line1"][0]


def test_what_is_too_long_is_refused_and_not_cut_by_the_browser() -> None:
    assert 'maxlength="10"' in str(filled()["line1"])
    form = filled(line1="1 Main Street")
    harden(form)

    assert "maxlength" not in str(form["line1"])
    assert "10" in form.errors["line1"][0]
    assert 'value="1 Main Street"' in str(form["line1"])


def test_a_phone_on_a_claim_has_no_extension() -> None:
    assert phone_in("", country="US") == ""
    assert phone_in("(212) 555-0142", country="US") == "+12125550142"
    with pytest.raises(ValidationError, match="extension"):
        phone_in("(212) 555-0142 ext. 3", country="US")
    with pytest.raises(ValidationError, match="phone number"):
        phone_in("555", country="US")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        *(("", ""), ("10701", "10701"), ("107010001", "10701-0001")),
        *(("10701-0001", "10701-0001"), ("10701 0001", "10701-0001")),
    ],
)
def test_a_zip_code_is_kept_with_its_hyphen(typed: str, kept: str) -> None:
    assert us_zip(typed) == kept


@pytest.mark.parametrize("typed", ["1070", "107011", "10701-000", "10701--0001", "1070l", "１0701"])
def test_a_zip_code_of_another_length_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="5 or 9 digits"):
        us_zip(typed)


@pytest.mark.parametrize(
    ("number", "kind", "wrong"),
    [
        ("", "", set()),
        ("123456789", "EIN", set()),
        ("123456789", "", {"tax_id_kind"}),
        ("", "EIN", {"tax_id"}),
        ("12345678", "EIN", {"tax_id"}),
    ],
)
def test_a_tax_id_and_its_kind_are_asked_for_together(
    number: str, kind: str, wrong: set[str]
) -> None:
    def check(form: forms.Form) -> None:
        form.fields["tax_id_kind"].choices = [("", ""), ("EIN", "EIN")]  # type: ignore[attr-defined]
        check_tax_id(form, country_of("US"), kept=("", ""))

    assert after(check, tax_id=number, tax_id_kind=kind)[1] == wrong


MASK = "••-•••6789"


@pytest.mark.parametrize(
    ("typed", "kept"), [(MASK, "123456789"), ("98-765 4321", "98-765 4321"), ("", "")]
)
def test_a_mask_that_comes_back_untouched_leaves_the_tax_id(typed: str, kept: str) -> None:
    form = filled(tax_id=typed)
    assert form.is_valid()

    assert typed_tax_id(form, kept="123456789", mask=MASK) == kept


def test_a_mask_changed_in_part_is_refused_and_stands_whole_again() -> None:
    form = filled(tax_id="••-•••6780")
    assert form.is_valid()

    with pytest.raises(ValidationError, match="enter a new one"):
        typed_tax_id(form, kept="123456789", mask=MASK)

    assert form["tax_id"].value() == MASK


def test_a_password_can_have_any_character() -> None:
    form = Sample(QueryDict("tax_id=a%E2%80%8D"))
    form.fields["tax_id"].widget = forms.PasswordInput()
    harden(form)

    assert form.is_valid()


@pytest.mark.parametrize("typed", ["2100-01-01", "9999-12-31"])
def test_a_day_in_another_century_is_refused_and_the_field_says_its_range(typed: str) -> None:
    form = filled(born_on=typed)

    assert form.errors["born_on"] == ["This is after December 31, 2099. Check the year."]
    assert 'min="1900-01-01" max="2099-12-31"' in str(form["born_on"])
