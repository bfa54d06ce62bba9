"""Forms that know at which version of their row they were opened."""

from copy import copy
from typing import Any

from django import forms
from django.db import models


class VersionedForm(forms.ModelForm):
    """A form of a row with a `version`: a stale save is refused beside what changed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if "instance" in kwargs:  # Django writes what is typed onto it; the row stays as it was
            kwargs["instance"] = copy(kwargs["instance"])
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:  # a new row has no version yet
            del self.fields["version"]
        else:
            self.initial.setdefault("version", self.instance.version)

    def clean(self) -> dict[str, Any]:
        """Say that the version is missing: its field is hidden and could not."""
        cleaned = super().clean() or self.cleaned_data
        if "version" in self.errors:
            self.add_error(None, "This form did not arrive whole. Load the page again.")
        return cleaned

    def columns(self) -> dict[str, Any]:
        """Give the cleaned value of every column that this form writes."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def show_what_changed(self, now: models.Model) -> None:
        """Keep what was typed, say what is saved now, and let the next save win."""
        self.add_error(
            None,
            "Someone else saved this while you had it open. What they saved stands beside each "
            "field that differs; Save again to keep yours.",
        )
        for name in self._meta.fields or ():
            saved = getattr(now, name)
            if saved != self.cleaned_data.get(name, saved):
                self.add_error(name, f"Someone else saved: {self.shown(now, name) or 'nothing'}")
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data[self.add_prefix("version")] = str(getattr(now, "version", ""))
        self.data = data

    def shown(self, now: models.Model, name: str) -> str:
        """Give a saved value in the page's words; forms with secrets mask theirs."""
        value = getattr(now, name)
        return str(getattr(now, f"get_{name}_display", lambda: value or "")())
