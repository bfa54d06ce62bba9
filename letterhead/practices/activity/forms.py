"""The search on the page Activity."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.activity.models import Kind
from letterhead.activity.queries import Sought
from letterhead.practices.models import Practice
from letterhead.practices.queries import people_in
from letterhead.ui.forms.fields import DayField, check_days


class SoughtForm(forms.Form):
    """Person, kind of act, days; each can be left empty."""

    person = forms.TypedChoiceField(label=_("Person"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("Everything")), *Kind.choices]
    )
    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("To"), required=False)

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(pk), email) for pk, email in people_in(practice)]
        self.fields["person"].choices = [("", gettext("Anyone")), *people]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.always_plain = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        cleaned = super().clean() or self.cleaned_data
        check_days(self)
        return cleaned

    @property
    def sought(self) -> Sought:
        """What to look for; days start and end in the reader's time zone. Empty if not valid."""
        cleaned = self.cleaned_data if self.is_valid() else {}
        last = cleaned.get("last")
        return Sought(
            person=cleaned.get("person"),
            kind=cleaned.get("kind", ""),
            since=_beginning(cleaned.get("first")),
            until=_beginning(last + dt.timedelta(days=1)) if last else None,
        )


def _beginning(day: dt.date | None) -> dt.datetime | None:
    return timezone.make_aware(dt.datetime.combine(day, dt.time())) if day else None
