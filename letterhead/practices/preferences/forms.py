"""The form of the pop-up "Edit Preferences"."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.places.choices import time_zones
from letterhead.practices.models import Membership
from letterhead.practices.preferences.queries import colleagues_of
from letterhead.practices.preferred import NAMES, in_words, preferred
from letterhead.ui.forms.fields import DayField, check_days, harden
from letterhead.ui.forms.versioned import VersionedForm
from letterhead.ui.languages import languages

AWAY = ("away_from", "away_until", "away_text", "away_colleague")
VIDEO = ("video_link", "video_how")


class ColleagueField(forms.ModelChoiceField):
    """A colleague, by name."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name."""
        return str(obj.practitioner)


class PreferencesForm(VersionedForm):
    """A member's preferences; the empty choice shows what the practice's default is."""

    away_from = DayField(label=_("Away from"), required=False)
    away_until = DayField(
        label=_("Away until"), required=False, help_text=_("The last day you are away")
    )
    away_colleague = ColleagueField(
        label=_("Colleague to turn to"), queryset=None, required=False, empty_label=_("No one")
    )
    video_link = forms.URLField(
        label=_("Video link"), max_length=300, required=False, assume_scheme="https"
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    class Meta:
        model = Membership
        fields = (*NAMES, *AWAY, *VIDEO)
        help_texts = {
            "language": _("Dates follow it, unless you choose a date style below."),
            "week_starts_on": _("For your calendar"),
            "clients_in_feed": _("For your calendar: what its feed shows about a client"),
            "away_text": _("On your public card while you are away"),
            "video_how": _("Such as a meeting ID, or what to do at the start"),
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
        for name in (*AWAY, *VIDEO):
            self.fields[name].always_plain = True  # type: ignore[attr-defined]
        self.fields["away_colleague"].queryset = colleagues_of(self.instance)  # type: ignore[attr-defined]
        self.fields["video_link"].help_text = _(
            "Clients get it with virtual appointments only. It is never on a public page or a bill."
        )

    def clean_video_link(self) -> str:
        """Accept encrypted links only."""
        link: str = self.cleaned_data["video_link"]
        if link and not link.startswith("https://"):
            raise forms.ValidationError(gettext("Enter a link that starts with https://."))
        return link

    def clean(self) -> dict[str, Any]:
        """Require both days of being away, in order."""
        cleaned = super().clean()
        begins, ends = cleaned.get("away_from"), cleaned.get("away_until")
        if begins and not ends and "away_until" in cleaned:
            self.add_error("away_until", gettext("Enter the last day you are away."))
        if ends and not begins and "away_from" in cleaned:
            self.add_error("away_from", gettext("Enter the first day you are away."))
        check_days(self, first="away_from", last="away_until")
        return cleaned

    def shown(self, now: Any, name: str) -> str:
        """Return a saved choice as the page shows it."""
        if name == "away_colleague":
            return str(now.away_colleague.practitioner) if now.away_colleague else ""
        return super().shown(now, name) or self.unchosen.get(name, "")

    def _unchosen(self) -> dict[str, str]:
        """Return what no choice means, by field: "Practice default (Eastern, New York)"."""
        way, language = self.instance.practice_way, self.instance.language
        default = gettext("Practice default (%(value)s)")
        unchosen = {name: default % {"value": value} for name, value in in_words(way).items()}
        if language:
            dates = in_words(preferred(Membership(language=language), way))["date_style"]
            unchosen["date_style"] = gettext("From your language (%(value)s)") % {"value": dates}
        return unchosen
