"""The pop-ups of User Management: who is invited, what a user may, when access ends."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict  # noqa: TID251 (what was posted is read here)

from letterhead.practices.days import end_of_day_in, today_in
from letterhead.practices.models import FLAGS, Invitation, Membership, Practice
from letterhead.practices.roles import Role
from letterhead.ui.forms.fields import DayField, harden
from letterhead.ui.forms.versioned import VersionedForm

_SAYS = {
    "access_billing": "For Administrative: visits, bills and claims of the clients they see",
    "edit_account_settings": "For Administrative: Account Settings, but for the security part",
    "only_assigned_clients": "Sees only clients whose clinician they are; for all but Directors",
    "show_on_calendar": "Clients see the public card: not for office staff. For the calendar: a "
    "column there",
    "edit_own_availability": "For the calendar: sets when they can be booked",
    "edit_templates": "For documents and messages: changes the practice's templates",
}


class GrantForm(VersionedForm):
    """A role and its flags."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        harden(self)
        unchosen = [] if self.instance.pk else [("", "Choose a role")]
        self.fields["role"].choices = [*unchosen, *Role.choices]  # type: ignore[attr-defined]
        for name, words in _SAYS.items():
            self.fields[name].help_text = words

    @property
    def flags(self) -> list[forms.BoundField]:
        """The flags as fields, in the order of the page."""
        return [self[name] for name in FLAGS]


class InviteForm(GrantForm):
    """Whom to invite, as what."""

    class Meta:
        model = Invitation
        fields = ("email", "role", *FLAGS)
        help_texts = {"email": "The link goes there; they log in with it"}

    def granted(self) -> dict[str, Any]:
        """Give role and flags."""
        return {name: value for name, value in self.columns().items() if name != "email"}


class UserForm(GrantForm):
    """What a user may. Their own role stays out of reach of everybody."""

    class Meta:
        model = Membership
        fields = ("role", *FLAGS)

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_own:
            self.fields["role"].disabled = True
            self.fields["role"].help_text = "Nobody changes their own role: ask another Director."


class HandOverForm(forms.Form):
    """Who cares for the clients of somebody who left."""

    hand_over_to: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label="Hand clients over to", empty_label="Choose a colleague"
    )

    def __init__(self, data: QueryDict | None, *, colleagues: QuerySet) -> None:
        super().__init__(data)
        self.fields["hand_over_to"].queryset = colleagues  # type: ignore[attr-defined]


class EndAccessForm(forms.Form):
    """When access ends, and who cares for the clients from then on."""

    AT_ONCE, ON_A_DAY = "now", "day"
    when = forms.ChoiceField(
        label="When",
        choices=[(AT_ONCE, "At once"), (ON_A_DAY, "After a last day")],
        widget=forms.RadioSelect,
        initial=AT_ONCE,
    )
    last_day = DayField(
        label="Last day", required=False, help_text="Access ends when this day is over"
    )
    hand_over_to: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, required=False, label="Hand clients over to", empty_label="Nobody yet"
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(
        self, data: QueryDict | None, *, membership: Membership, colleagues: QuerySet
    ) -> None:
        last_day = membership.last_day
        initial: dict[str, Any] = {"version": membership.version, "last_day": last_day}
        if last_day:
            initial["when"] = self.ON_A_DAY
        super().__init__(data, initial=initial)
        self.practice: Practice = membership.practice
        self.fields["last_day"].always_plain = True  # type: ignore[attr-defined]
        self.fields["hand_over_to"].queryset = colleagues  # type: ignore[attr-defined]

    def clean_last_day(self) -> dt.date | None:
        """Refuse a day that is past where the practice is."""
        day: dt.date | None = self.cleaned_data["last_day"]
        if self.data.get("when") != self.ON_A_DAY:
            return None
        if day is None:
            raise ValidationError("Choose the last day, or choose At once.")
        if day < today_in(self.practice):
            raise ValidationError("This day is past. Choose today or later, or choose At once.")
        return day

    def ends_at(self) -> dt.datetime | None:
        """Give the instant at which access ends; None for at once."""
        day = self.cleaned_data["last_day"]
        return end_of_day_in(self.practice, day) if day else None

    def said(self) -> str:
        """Say what a save did."""
        day = self.cleaned_data["last_day"]
        return f"Access ends when {day} is over" if day else "Access has ended"

    def show_what_changed(self, now: Any) -> None:
        """Keep what was typed; the next save wins."""
        self.add_error(
            None,
            "Someone else changed this user while you had this open: "
            f"{now.get_role_display()}, last day {now.last_day or 'not set'}. Save again to go on.",
        )
        self.data = {**self.data.dict(), "version": str(now.version)}  # type: ignore[attr-defined]
