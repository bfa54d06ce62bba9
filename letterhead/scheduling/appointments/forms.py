"""The forms of an appointment."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.clients.fields import choose_from
from letterhead.practices.models import Membership
from letterhead.scheduling.appointments.actions import When
from letterhead.scheduling.appointments.conflicts import Answer, Found, Plan
from letterhead.scheduling.appointments.fields import ChoosesClient
from letterhead.scheduling.appointments.queries import usual_minutes
from letterhead.scheduling.columns import LONGEST_MINUTES
from letterhead.scheduling.models import Appointment
from letterhead.scheduling.queries import calendars_changed_by, services_in
from letterhead.scheduling.repeating.dates import (
    LONGEST,
    MOST,
    Repeats,
    count_until,
    days_of,
    lasts_too_long,
    rule_for,
)
from letterhead.scheduling.repeating.queries import Scope
from letterhead.slots.wall_clock import instant_of
from letterhead.ui.forms.fields import DayField, TimeField, WholeNumberField, harden

_CLIENT = _("Leave it empty for a group that nobody comes to yet")


class Answered(forms.Form):
    """A form that asks what to do about conflicts."""

    digest = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def answer(self) -> Answer:
        """Return what was said to the conflicts that were shown, of a valid form."""
        return Answer(str(self.data.get("answer", "")), self.cleaned_data["digest"])

    def ask_about(self, found: Found) -> None:
        """Let the next answer be about these conflicts."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data[self.add_prefix("digest")] = found.digest
        self.data = data


class Versioned(forms.Form):
    """A form about an appointment as it was when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def clean(self) -> dict[str, Any]:
        """Report a missing version for the whole form: its own field is hidden."""
        cleaned = super().clean() or self.cleaned_data
        if "version" in self.errors:
            self.add_error(None, gettext("This form is incomplete. Reload the page and try again."))
        return cleaned


class Timed(Answered):
    """With whom, where and when: what an appointment is made and moved with.

    Days and times are in the reader's time zone.
    """

    practitioner: Any = forms.ModelChoiceField(queryset=None, label=_("Clinician"))
    location: Any = forms.ModelChoiceField(queryset=None, label=_("Location"))
    day = DayField(label=_("Date"))
    starts = TimeField(label=_("Start time"))
    minutes = WholeNumberField(
        label=_("Duration in minutes"),
        low=5,
        high=LONGEST_MINUTES,
        required=False,
        help_text=_("Leave it empty for the usual duration of the service"),
    )
    telling = forms.BooleanField(label=_("Email the client"), required=False)

    def offer(self, member: Membership, locations: QuerySet) -> None:
        """Offer what the member can choose."""
        choose_from(self, "practitioner", calendars_changed_by(member))
        choose_from(self, "location", locations)
        days: DayField = self.fields["day"]  # type: ignore[assignment]
        days.latest = timezone.localdate() + LONGEST
        harden(self)

    def clean(self) -> dict[str, Any]:
        """Refuse a time that the clock skips on that day; of two such times, it is the first."""
        cleaned = super().clean() or self.cleaned_data
        day, starts = cleaned.get("day"), cleaned.get("starts")
        if day and starts:
            zone = timezone.get_current_timezone_name()
            cleaned["starts_at"] = instant_of(zone, day, starts)
            if cleaned["starts_at"] is None:
                self.add_error("starts", gettext("The clocks skip this time on that day."))
        return cleaned


class AppointmentForm(Timed, ChoosesClient):
    """A new appointment, or a series of them."""

    service: Any = forms.ModelChoiceField(queryset=None, label=_("Service"))
    repeats = forms.ChoiceField(
        label=_("Repeats"), choices=[("", _("Doesn’t repeat")), *Repeats.choices], required=False
    )
    until = DayField(label=_("Until"), required=False)
    times = WholeNumberField(label=_("Number of times"), low=2, high=MOST, required=False)
    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, help_text=_("Clients never see it")
    )

    def __init__(self, *args: Any, member: Membership, locations: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, member=member, **kwargs)
        self.offer(member, locations)
        self.practice = member.practice
        choose_from(self, "service", services_in(member.practice))
        self.fields["until"].latest = self.fields["day"].latest + LONGEST  # type: ignore[attr-defined]
        for name in ("client", "called", "minutes", "repeats", "until", "times"):
            if name in self.fields:
                self.fields[name].always_plain = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check who comes, how long it takes, and how often it repeats."""
        cleaned = super().clean()
        service, clinician = cleaned.get("service"), cleaned.get("practitioner")
        if service and service.capacity == 1:
            self.need_client()
        if service and clinician and not cleaned.get("minutes") and "minutes" not in self.errors:
            cleaned["minutes"] = usual_minutes(
                self.practice, service=service.pk, practitioner=clinician.pk
            )
        cleaned["rule"] = self._rule(cleaned) if cleaned.get("starts_at") else ""
        return cleaned

    def plan(self) -> Plan:
        """Return what it is to be, of a valid form."""
        cleaned = self.cleaned_data
        return Plan(
            practice=self.practice,
            practitioner=cleaned["practitioner"],
            service=cleaned["service"],
            location=cleaned["location"],
            minutes=cleaned["minutes"],
            clients=(cleaned["client"],) if cleaned["client"] else (),
        )

    def when(self) -> When:
        """Return when it begins and how it repeats, of a valid form."""
        return When(starts_at=self.cleaned_data["starts_at"], rule=self.cleaned_data["rule"])

    def _rule(self, cleaned: dict[str, Any]) -> str:
        """Return the rule of the series on the practice's clock, "" for one appointment."""
        until, times = cleaned.get("until"), cleaned.get("times")
        first = cleaned["starts_at"].astimezone(self.practice.zone).date()
        if not cleaned.get("repeats"):
            if until or times:
                self.add_error("repeats", gettext("Choose how often it repeats."))
            return ""
        if "until" in self.errors or "times" in self.errors:
            return ""
        repeats = Repeats(cleaned["repeats"])
        if bool(until) == bool(times):
            words = gettext("Enter either the last day, or the number of times.")
            self.add_error("times" if until else "until", words)
            return ""
        name = "until" if until else "times"
        count = count_until(repeats, first, until) if until else int(times or 0)
        self._check_count(name, repeats, first, count)
        return rule_for(repeats, first, count)

    def _check_count(self, name: str, repeats: Repeats, first: dt.date, count: int) -> None:
        if count < 2:
            self.add_error(name, gettext("It doesn’t repeat before this day. Enter a later one."))
        elif lasts_too_long(days_of(rule_for(repeats, first, count), first)):
            words = gettext("A series can have %(most)d appointments in two years. Enter less.")
            self.add_error(name, words % {"most": MOST})


class MoveForm(Timed, Versioned):
    """Another time, clinician or place for an appointment, or for its series."""

    scope = forms.ChoiceField(
        label=_("Which appointments?"), choices=Scope.choices, widget=forms.RadioSelect
    )

    def __init__(
        self,
        *args: Any,
        appointment: Appointment,
        member: Membership,
        locations: QuerySet,
        asked: Mapping[str, object] | None = None,
        **kwargs: Any,
    ) -> None:
        local = timezone.localtime(appointment.starts_at)
        initial = {
            "practitioner": appointment.practitioner_id,
            "location": appointment.location_id,
            "day": local.date(),
            "starts": local.time(),
            "minutes": (appointment.ends_at - appointment.starts_at).seconds // 60,
            **first_choices(appointment),
            **(asked or {}),
        }
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.offer(member, locations)
        self.appointment = appointment
        self.fields["minutes"].required = True
        self.fields["minutes"].help_text = ""
        ask_which(self, appointment)

    def plan(self) -> Plan:
        """Return what it is to be, of a valid form."""
        people = self.appointment.attendees.all()
        clients = [each.client for each in people if each.client and each.takes_a_place]
        return Plan(
            practice=self.appointment.practice,
            practitioner=self.cleaned_data["practitioner"],
            service=self.appointment.service,
            location=self.cleaned_data["location"],
            minutes=self.cleaned_data["minutes"],
            clients=tuple(clients),
        )


class CancelForm(Versioned):
    """How an appointment is canceled."""

    scope = forms.ChoiceField(
        label=_("Which appointments?"), choices=Scope.choices, widget=forms.RadioSelect
    )
    late = forms.BooleanField(label=_("Late cancellation"), required=False)
    telling = forms.BooleanField(label=_("Email the client"), required=False)

    def __init__(self, *args: Any, appointment: Appointment, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": first_choices(appointment)})
        ask_which(self, appointment, whole=whole)


class NoteForm(Versioned):
    """The note of an appointment."""

    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, help_text=_("Clients never see it")
    )

    def __init__(self, *args: Any, appointment: Appointment, **kwargs: Any) -> None:
        initial = {"note": appointment.note, "version": appointment.version}
        super().__init__(*args, **{**kwargs, "initial": initial})
        harden(self)


class AddPersonForm(Answered, ChoosesClient):
    """One more client for a group."""

    telling = forms.BooleanField(label=_("Email the client"), required=False)

    def clean(self) -> dict[str, Any]:
        """Require a client."""
        cleaned = super().clean() or self.cleaned_data
        self.need_client()
        return cleaned


def first_choices(appointment: Appointment) -> dict[str, Any]:
    """Return what a form about an appointment begins with."""
    return {"version": appointment.version, "scope": Scope.THIS, "telling": True}


def ask_which(form: forms.Form, appointment: Appointment, *, whole: bool = True) -> None:
    """Ask how much of a series is meant; of one that has begun, and of one person, only this."""
    later = appointment.starts_at > timezone.now()
    if not (appointment.series_id and later and appointment.takes_time and whole):
        del form.fields["scope"]
