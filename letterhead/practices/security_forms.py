"""The pop-up "Edit Security" of Account Settings."""

from typing import Any

from django import forms

from letterhead.practices.models import LONGEST_IDLE, SHORTEST_IDLE, Practice
from letterhead.ui.versioned import VersionedForm

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
        fields = ("idle_minutes",)

    def shown(self, now: Any, name: str) -> str:
        """Say a saved value in the page's words."""
        return f"{now.idle_minutes} minutes" if name == "idle_minutes" else super().shown(now, name)
