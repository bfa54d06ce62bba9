"""The pop-ups of hours, exceptions and time off."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.practices.days import today_in
from letterhead.practices.models import Practice
from letterhead.scheduling.availability.actions import NewHours, NewTimeOff
from letterhead.scheduling.columns import Weekday
from letterhead.scheduling.models import Hours
from letterhead.slots.wall_clock import instant_of
from letterhead.ui.forms.fields import DayField, TimeField, check_days, harden

_MIDNIGHT = dt.time()
_NOT_AFTER = _("The end has to be after the start. Enter an afternoon like 5 PM or 17:00.")


class _SpanForm(forms.Form):
    """From a time to a time, on the wall clock of a practice."""

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice
        harden(self)

    def check_to_come(self, name: str) -> None:
        """Refuse a day that is over."""
        day = self.cleaned_data.get(name)
        if day and day < today_in(self.practice):
            self.add_error(name, gettext("This day is over. Check the date."))

    def check_times(self) -> None:
        """Refuse an end that isn't after the start."""
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends and ends != _MIDNIGHT and ends <= starts:
            self.add_error("ends", str(_NOT_AFTER))

    def check_clock(self, name: str, day: dt.date | None) -> None:
        """Refuse a time that the clock skips on its day."""
        time = self.cleaned_data.get(name)
        if day and time and time != _MIDNIGHT and self._is_skipped(day, time):
            words = gettext("The clock skips this time on that day. Enter an earlier or later one.")
            self.add_error(name, words)

    def _is_skipped(self, day: dt.date, time: dt.time) -> bool:
        return instant_of(self.practice.time_zone, day, time) is None


class _HoursForm(_SpanForm):
    starts = TimeField(label=_("From"), help_text=_("Like 9 AM or 9:00"))
    ends = TimeField(label=_("To"), is_end=True, help_text=_("Like 5 PM or 17:00"))
    location: Any = forms.ModelChoiceField(
        label=_("Location"), queryset=None, required=False, empty_label=_("Any location")
    )

    def __init__(self, *args: Any, locations: QuerySet, hours: Hours | None, **kwargs: Any) -> None:
        names = [*self.base_fields]
        initial = {name: getattr(hours, name) for name in names} if hours else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["location"].queryset = locations  # type: ignore[attr-defined]
        self.fields["location"].always_plain = True  # type: ignore[attr-defined]

    def hours(self) -> NewHours:
        """Return the hours, once valid."""
        location = self.cleaned_data.pop("location")
        return NewHours(**self.cleaned_data, location_id=location.pk if location else None)


class WeeklyForm(_HoursForm):
    """Hours of every week."""

    weekday = forms.TypedChoiceField(label=_("Day"), choices=Weekday.choices, coerce=int)
    first_day = DayField(label=_("First day"), required=False)
    last_day = DayField(label=_("Last day"), required=False)

    field_order = ["weekday", "starts", "ends", "location", "first_day", "last_day"]

    def clean(self) -> dict[str, Any]:
        """Check the order of times and of days."""
        self.check_times()
        check_days(self, first="first_day", last="last_day")
        return self.cleaned_data


class NewWeeklyForm(WeeklyForm):
    """New hours of every week, the same on several days."""

    also_on = forms.TypedMultipleChoiceField(
        label=_("Also on"),
        choices=Weekday.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = ["weekday", "also_on", "starts", "ends", "location", "first_day", "last_day"]

    def hours(self) -> NewHours:
        """Return the hours of the day, once valid; `other_days` are the others."""
        self.other_days = self.cleaned_data.pop("also_on")
        return super().hours()


class ExceptionForm(_HoursForm):
    """Hours of one day."""

    day = DayField(label=_("Date"))

    field_order = ["day", "starts", "ends", "location"]

    def clean(self) -> dict[str, Any]:
        """Check the order of times, and that the clock shows them on that day."""
        self.check_times()
        self.check_to_come("day")
        for name in ("starts", "ends"):
            self.check_clock(name, self.cleaned_data.get("day"))
        return self.cleaned_data


class TimeOffForm(_SpanForm):
    """Days off; `for_all` only for those who decide for the practice."""

    first_day = DayField(label=_("From"))
    last_day = DayField(label=_("To"), required=False, help_text=_("The same day if empty"))
    starts = TimeField(
        label=_("Starts at"), required=False, help_text=_("On the first day. All day if empty.")
    )
    ends = TimeField(
        label=_("Ends at"),
        required=False,
        is_end=True,
        help_text=_("On the last day. All day if empty."),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=120, required=False, help_text=_("Clients never see it")
    )
    for_all = forms.BooleanField(
        label=_("For the whole practice"),
        required=False,
        help_text=_("A holiday: nobody in the practice can be booked"),
    )

    def __init__(self, *args: Any, decides_for_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not decides_for_all:
            del self.fields["for_all"]
        for name in ("last_day", "starts", "ends"):
            self.fields[name].always_plain = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check the order of days and, on one day, of times."""
        cleaned = self.cleaned_data
        if "last_day" in cleaned and not cleaned["last_day"]:
            cleaned["last_day"] = cleaned.get("first_day")
        check_days(self, first="first_day", last="last_day")
        if cleaned.get("first_day") == cleaned.get("last_day"):
            self.check_times()
        for name, day in (("starts", "first_day"), ("ends", "last_day")):
            self.check_clock(name, cleaned.get(day))
        self.check_to_come("last_day")
        return cleaned

    def time_off(self) -> NewTimeOff:
        """Return the days off, once valid. Midnight at either end is no time: it is all day."""
        cleaned = self.cleaned_data
        return NewTimeOff(
            first_day=cleaned["first_day"],
            last_day=cleaned["last_day"],
            starts=None if cleaned["starts"] == _MIDNIGHT else cleaned["starts"],
            ends=None if cleaned["ends"] == _MIDNIGHT else cleaned["ends"],
            reason=cleaned["reason"],
        )

    @property
    def is_for_all(self) -> bool:
        """Whether it is a holiday of the practice, once valid."""
        return bool(self.cleaned_data.get("for_all"))


class RemovalForm(forms.Form):
    """Nothing to fill in: the question whether to remove something."""
