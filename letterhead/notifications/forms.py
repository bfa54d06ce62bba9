"""How often, event by event."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField

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
                    "required": "Choose how often.",
                    "invalid_choice": "Choose one of the list.",
                },
            )

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Give the fields under the heading that each stands below."""
        for group in dict.fromkeys(event.group for event in EVENTS.values()):
            yield group, [self[event.name] for event in EVENTS.values() if event.group == group]

    def clean(self) -> dict[str, Any]:
        """Say that the version is missing: its field is hidden and could not."""
        if "version" in self.errors:
            self.add_error(None, "This form did not arrive whole. Load the page again.")
        return self.cleaned_data

    def new(self) -> dict[str, HowOften]:
        """Give what was chosen."""
        return {name: HowOften(self.cleaned_data[name]) for name in EVENTS}

    def show_what_changed(self, now: Chosen) -> None:
        """Keep what was chosen, say what is kept now, and let the next save win."""
        self.add_error(
            None,
            "This was changed while you had it open, perhaps by a link in a mail. What is kept now "
            "stands beside each choice that differs; Save again to keep yours.",
        )
        for name, kept in now.items():
            if kept != self.cleaned_data.get(name, kept):
                self.add_error(name, f"Kept now: {kept.label}")
        self.data = {**{name: self.data[name] for name in EVENTS}, "version": str(now.version)}
