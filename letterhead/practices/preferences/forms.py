"""The form of the pop-up "Edit Preferences"."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.places.choices import time_zones
from letterhead.practices.models import Membership
from letterhead.practices.preferred import NAMES, in_words, preferred
from letterhead.ui.forms.fields import harden
from letterhead.ui.forms.versioned import VersionedForm
from letterhead.ui.languages import languages


class PreferencesForm(VersionedForm):
    """A member's preferences; the empty choice shows what the practice's default is."""

    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    class Meta:
        model = Membership
        fields = NAMES
        help_texts = {
            "language": _("Dates follow it, unless you choose a date style below."),
            "week_starts_on": _("For your calendar"),
            "clients_in_feed": _("For your calendar: what its feed shows about a client"),
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
            field.always_plain = True  # type: ignore[attr-defined]  # the default is a choice too

    def shown(self, now: Any, name: str) -> str:
        """Return a saved choice as the page shows it."""
        return super().shown(now, name) or self.unchosen[name]

    def _unchosen(self) -> dict[str, str]:
        """Return what no choice means, by field: "Practice default (Eastern, New York)"."""
        way, language = self.instance.practice_way, self.instance.language
        default = gettext("Practice default (%(value)s)")
        unchosen = {name: default % {"value": value} for name, value in in_words(way).items()}
        if language:
            dates = in_words(preferred(Membership(language=language), way))["date_style"]
            unchosen["date_style"] = gettext("From your language (%(value)s)") % {"value": dates}
        return unchosen
