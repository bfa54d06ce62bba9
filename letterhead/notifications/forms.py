"""How often, event by event."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from letterhead.notifications.events import EVENTS
from letterhead.notifications.models import HowOften
from letterhead.notifications.queries import Chosen


class NotificationsForm(forms.Form):
    """A choice for each event, and the version that these were read at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Mapping[str, str] | None, *, chosen: Chosen) -> None:
        self.chosen = chosen
        super().__init__(data, initial={"version": chosen.version, **chosen})
        for event in EVENTS.values():
            self.fields[event.name] = forms.ChoiceField(
                label=event.words,
                help_text=event.hint,
                choices=HowOften.choices,
                error_messages={
                    "required": _("Choose how often."),
                    "invalid_choice": _("Choose one from the list."),
                },
            )

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Yield each heading with its fields."""
        for group in dict.fromkeys(event.group for event in EVENTS.values()):
            fields = [self[event.name] for event in EVENTS.values() if event.group == group]
            yield str(group), fields

    def clean(self) -> dict[str, Any]:
        """Show an error if the version is missing, since its own field is hidden."""
        if "version" in self.errors:
            self.add_error(None, _("This form is incomplete. Reload the page."))
        return self.cleaned_data

    def new(self) -> dict[str, HowOften]:
        """Return what was chosen."""
        return {name: HowOften(self.cleaned_data[name]) for name in EVENTS}

    def show_what_changed(self, now: Chosen) -> None:
        """Leave what was chosen, show what is saved now, and let the next save win."""
        self.add_error(
            None,
            _(
                "This was changed while you had it open, maybe by a link in an email. What is "
                "saved now is shown next to each choice that differs. Save again to use yours."
            ),
        )
        for name, saved in now.items():
            if saved != self.cleaned_data.get(name, saved):
                self.add_error(name, _("Saved now: %(choice)s") % {"choice": saved.label})
        self.data = {**{name: self.data[name] for name in EVENTS}, "version": str(now.version)}
