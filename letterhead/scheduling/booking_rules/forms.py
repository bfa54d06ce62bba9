"""The pop-up "Edit Booking Rules": the practice's, or a clinician's own."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.scheduling.booking_rules.actions import as_seen
from letterhead.scheduling.columns import (
    FURTHEST,
    GRIDS,
    LONGEST_CHANGE,
    LONGEST_NOTICE,
    MOST_A_DAY,
)
from letterhead.scheduling.models import PracticeRules
from letterhead.scheduling.offered import Row, if_empty, label_of, value_in_words
from letterhead.slots.rules import NAMES
from letterhead.ui.forms.fields import WholeNumberField

_YES_OR_NO = {"yes": True, "no": False}
_NUMBERS = ("notice_hours", "horizon_days", "most_a_day", "change_hours")


class RulesForm(forms.Form):
    """Booking rules; each field says what applies if it is empty.

    `practice` are the rules of the practice where these are a clinician's own.
    """

    notice_hours = WholeNumberField(high=LONGEST_NOTICE, required=False)
    horizon_days = WholeNumberField(low=1, high=FURTHEST, required=False)
    grid_minutes = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    most_a_day = WholeNumberField(low=1, high=MOST_A_DAY, required=False)
    change_hours = WholeNumberField(high=LONGEST_CHANGE, required=False)
    needs_approval = forms.TypedChoiceField(coerce=_YES_OR_NO.get, empty_value=None, required=False)
    proves_email = forms.TypedChoiceField(coerce=_YES_OR_NO.get, empty_value=None, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any, *, row: Row, practice: PracticeRules | None = None) -> None:
        initial = {name: _as_typed(getattr(row, name)) for name in NAMES}
        super().__init__(data, initial={**initial, "seen": as_seen(row)})
        usual = if_empty(practice)
        for name in NAMES:
            field: Any = self.fields[name]
            field.label, field.always_plain = label_of(name), True
            otherwise = value_in_words(name, getattr(usual, name))
            if name in _NUMBERS:
                field.help_text = gettext("If empty: %(value)s") % {"value": otherwise}
            else:
                field.choices = [("", self._nothing_chosen(practice, otherwise)), *_choices(name)]

    def _nothing_chosen(self, practice: PracticeRules | None, otherwise: str) -> str:
        text = gettext("Practice default (%(value)s)") if practice else gettext("Usual (%(value)s)")
        return text % {"value": otherwise}

    def columns(self) -> dict[str, Any]:
        """Return the rules as they are stored, once valid; None: not chosen."""
        return {name: self.cleaned_data[name] for name in NAMES}

    def clean(self) -> dict[str, Any]:
        """Report a missing mark for the whole form: its own field is hidden."""
        if "seen" in self.errors:
            self.add_error(None, _("This form is incomplete. Reload the page and try again."))
        return self.cleaned_data

    def show_what_changed(self, now: Any) -> None:
        """Leave what was typed, show what is saved now, and let the next save win."""
        self.add_error(
            None,
            gettext(
                "Someone else saved this while you had it open. Their version is next to each "
                "field that differs. Save again to use yours."
            ),
        )
        for name in NAMES:
            saved = getattr(now, name)
            if saved != self.cleaned_data[name]:
                shown = gettext("nothing") if saved is None else value_in_words(name, saved)
                text = gettext("Someone else saved: %(value)s")
                self.add_error(name, text % {"value": shown})
        self.data = {**self.data.dict(), "seen": as_seen(now)}  # type: ignore[attr-defined]


def _choices(name: str) -> list[tuple[str, str]]:
    if name == "grid_minutes":
        return [(str(minutes), value_in_words(name, minutes)) for minutes in GRIDS]
    return [(key, value_in_words(name, value)) for key, value in _YES_OR_NO.items()]


def _as_typed(value: Any) -> Any:
    """Return a saved rule as its field has it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value
