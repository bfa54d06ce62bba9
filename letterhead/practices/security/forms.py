"""The pop-up "Edit Security" of Account Settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from letterhead.practices.columns import LONGEST_IDLE, SHORTEST_IDLE
from letterhead.practices.models import Practice
from letterhead.ui.forms.versioned import VersionedForm


class SecurityForm(VersionedForm):
    """How everyone in the practice logs in and stays logged in."""

    idle_minutes = forms.IntegerField(
        label=_("Minutes without activity before logging out"),
        min_value=SHORTEST_IDLE,
        max_value=LONGEST_IDLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    class Meta:
        model = Practice
        fields = ("require_two_factor", "two_factor_grace_days", "idle_minutes")
        help_texts = {
            "require_two_factor": _(
                "Set up your own first. People without it can then reach only the page to set it "
                "up, the guide and Log out."
            ),
            "two_factor_grace_days": _(
                "Counted from when you require it. A note shows people how many days are left."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bounds = {"shortest": SHORTEST_IDLE, "longest": LONGEST_IDLE}
        wrong = gettext("Enter a whole number of minutes from %(shortest)s to %(longest)s.")
        help_text = gettext("%(shortest)s to %(longest)s. A warning appears two minutes before.")
        minutes = self.fields["idle_minutes"]
        minutes.help_text = help_text % bounds
        for code in ("invalid", "min_value", "max_value"):
            minutes.error_messages[code] = wrong % bounds

    def shown(self, now: Any, name: str) -> str:
        """Return a saved value as the page shows it."""
        if name == "require_two_factor":
            return gettext("required") if now.require_two_factor else gettext("not required")
        if name == "idle_minutes":
            text = ngettext("%(number)s minute", "%(number)s minutes", now.idle_minutes)
            return text % {"number": now.idle_minutes}
        return super().shown(now, name)
