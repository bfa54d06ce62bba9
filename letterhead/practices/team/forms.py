"""The pop-ups of User Management: invite, edit, end access, hand clients over."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict  # noqa: TID251 (what was posted is read here)
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.practices.columns import FLAGS
from letterhead.practices.days import end_of_day_in, today_in
from letterhead.practices.models import Invitation, Membership, Practice
from letterhead.practices.roles import Role
from letterhead.ui.dates import day as written_day
from letterhead.ui.forms.fields import DayField, harden
from letterhead.ui.forms.versioned import VersionedForm

_HELP = {
    "access_billing": _("For Administrative: visits, bills and claims of the clients they see"),
    "edit_account_settings": _("For Administrative: Account Settings, except the security section"),
    "only_assigned_clients": _(
        "Sees only the clients they are the clinician for. Has no effect on a Director."
    ),
    "show_on_calendar": _(
        "Clients see their public card, and the calendar has a column for them. "
        "Always off for Administrative."
    ),
    "edit_own_availability": _("For the calendar: sets when they can be booked"),
    "edit_templates": _("For documents and messages: changes the practice's templates"),
}


class GrantForm(VersionedForm):
    """A role and its flags."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        harden(self)
        unchosen = [] if self.instance.pk else [("", gettext("Choose a role"))]
        self.fields["role"].choices = [*unchosen, *Role.choices]  # type: ignore[attr-defined]
        for name, text in _HELP.items():
            self.fields[name].help_text = text

    @property
    def flags(self) -> list[forms.BoundField]:
        """The fields of the flags, in the order of the page."""
        return [self[name] for name in FLAGS]


class InviteForm(GrantForm):
    """Who to invite, with a role and flags."""

    class Meta:
        model = Invitation
        fields = ("email", "role", *FLAGS)
        help_texts = {"email": _("We email the link there. It becomes their login email.")}

    def granted(self) -> dict[str, Any]:
        """Role and flags, without the email."""
        return {name: value for name, value in self.columns().items() if name != "email"}


class UserForm(GrantForm):
    """What a user can do. No one can change their own role."""

    class Meta:
        model = Membership
        fields = ("role", *FLAGS)

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_own:
            self.fields["role"].disabled = True
            self.fields["role"].help_text = gettext(
                "You can't change your own role. Ask another Director."
            )


class HandOverForm(forms.Form):
    """Who takes over the clients of someone who left."""

    hand_over_to: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label=_("Hand clients over to"), empty_label=_("Choose a colleague")
    )

    def __init__(self, data: QueryDict | None, *, colleagues: QuerySet) -> None:
        super().__init__(data)
        self.fields["hand_over_to"].queryset = colleagues  # type: ignore[attr-defined]


class EndAccessForm(forms.Form):
    """When access ends, and who takes over the clients."""

    AT_ONCE, ON_A_DAY = "now", "day"
    when = forms.ChoiceField(
        label=_("When"),
        choices=[(AT_ONCE, _("Immediately")), (ON_A_DAY, _("After a last day"))],
        widget=forms.RadioSelect,
        initial=AT_ONCE,
    )
    last_day = DayField(
        label=_("Last day"), required=False, help_text=_("Access ends when this day is over")
    )
    hand_over_to: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, required=False, label=_("Hand clients over to"), empty_label=_("No one yet")
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
        """Refuse a day that is past in the practice's time zone."""
        day: dt.date | None = self.cleaned_data["last_day"]
        if self.data.get("when") != self.ON_A_DAY:
            return None
        if day is None:
            raise ValidationError(gettext("Choose the last day, or choose Immediately."))
        if day < today_in(self.practice):
            raise ValidationError(
                gettext("This day is past. Choose today or later, or choose Immediately.")
            )
        return day

    def ends_at(self) -> dt.datetime | None:
        """Return the instant at which access ends; None for immediately."""
        day = self.cleaned_data["last_day"]
        return end_of_day_in(self.practice, day) if day else None

    def toast(self) -> str:
        """Return what a save did, in words."""
        day = self.cleaned_data["last_day"]
        if day is None:
            return gettext("Access ended")
        return gettext("Last day set to %(day)s") % {"day": written_day(day)}

    def show_what_changed(self, now: Any) -> None:
        """Show what is saved now; what was typed stays, and the next save wins."""
        self.add_error(
            None,
            gettext(
                "Someone else changed this user while you had this open. Role: %(role)s. "
                "Last day: %(day)s. Save again to continue."
            )
            % {
                "role": now.get_role_display(),
                "day": written_day(now.last_day) if now.last_day else gettext("Not set"),
            },
        )
        self.data = {**self.data.dict(), "version": str(now.version)}  # type: ignore[attr-defined]
