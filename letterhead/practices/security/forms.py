"""The pop-up "Edit Security" of Account Settings."""

from typing import Any

from django import forms

from letterhead.practices.models import LONGEST_IDLE, SHORTEST_IDLE, Practice
from letterhead.ui.forms.versioned import VersionedForm

MINUTES = f"Write minutes as a whole number from {SHORTEST_IDLE} to {LONGEST_IDLE}."


class SecurityForm(VersionedForm):
    """How safely everybody in the practice logs in and stays logged in."""

    idle_minutes = forms.IntegerField(
        label="Minutes without activity before logging out",
        min_value=SHORTEST_IDLE,
        max_value=LONGEST_IDLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": MINUTES, "min_value": MINUTES, "max_value": MINUTES},
        help_text=f"{SHORTEST_IDLE} to {LONGEST_IDLE}. Two minutes before, a warning comes up.",
    )

    class Meta:
        model = Practice
        fields = ("require_two_factor", "two_factor_grace_days", "idle_minutes")
        help_texts = {
            "require_two_factor": "Set up your own first. Who has none by then reaches only the "
            "page to set it up, the guide and Log out.",
            "two_factor_grace_days": "Counted from when you require it; until then a note says "
            "how many days are left.",
        }

    def shown(self, now: Any, name: str) -> str:
        """Say a saved value in the page's words."""
        if name == "require_two_factor":
            return "required" if now.require_two_factor else "not required"
        return f"{now.idle_minutes} minutes" if name == "idle_minutes" else super().shown(now, name)
