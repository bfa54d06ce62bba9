"""The pop-up "Edit Preferences": the practice's way first, then what one may choose instead."""

from typing import Any

from django import forms

from letterhead.places.choices import time_zones
from letterhead.practices.models import Membership
from letterhead.practices.preferred import NAMES, in_words, preferred
from letterhead.ui.forms.fields import harden
from letterhead.ui.forms.versioned import VersionedForm
from letterhead.ui.languages import languages


class PreferencesForm(VersionedForm):
    """A member's preferences; an empty choice is the practice's, and says what that is."""

    time_zone = forms.ChoiceField(label="Time zone", required=False)
    language = forms.ChoiceField(label="Language", required=False)

    class Meta:
        model = Membership
        fields = NAMES
        help_texts = {
            "language": "Dates follow it, unless you choose a date style below.",
            "week_starts_on": "For your calendar",
            "clients_in_feed": "For your calendar: how much its feed says of a client",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        harden(self)
        self.unchosen = self._unchosen()
        offered = {"time_zone": time_zones(), "language": languages()}
        for name in NAMES:
            field = self.fields[name]
            choices = offered.get(name) or field.choices[1:]  # type: ignore[attr-defined]
            field.choices = [("", self.unchosen[name]), *choices]  # type: ignore[attr-defined]
            field.always_plain = True  # type: ignore[attr-defined]  # the practice's is a choice too

    def shown(self, now: Any, name: str) -> str:
        """Say a saved choice in the page's words."""
        return super().shown(now, name) or self.unchosen[name]

    def _unchosen(self) -> dict[str, str]:
        """Say what no choice means: The practice's (Eastern, New York)."""
        way, language = self.instance.practice_way, self.instance.language
        says = {name: f"The practice's ({words})" for name, words in in_words(way).items()}
        if language:
            dates = in_words(preferred(Membership(language=language), way))["date_style"]
            says["date_style"] = f"Your language's ({dates})"
        return says
