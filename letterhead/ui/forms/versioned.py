"""Forms with the version that their row had when they were opened."""

from copy import copy
from typing import Any

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from letterhead.ui.forms.addresses import addresses_in


class VersionedForm(forms.ModelForm):
    """A form for a row with a `version`; a stale save is refused, and the changes are shown.

    An address in it follows its country, see `AddressFields`.
    """

    address_label: str | Promise = "%(name)s"

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if "instance" in kwargs:  # Django writes what is typed to it; the row stays as it was
            kwargs["instance"] = copy(kwargs["instance"])
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:  # a new row has no version yet
            del self.fields["version"]
        else:
            self.initial.setdefault("version", self.instance.version)
        self.addresses = addresses_in(self, self.address_label)

    def clean(self) -> dict[str, Any]:
        """Check addresses. Report a missing version for the whole form: its own field is hidden."""
        cleaned = super().clean() or self.cleaned_data
        for address in self.addresses:
            address.check()
        if "version" in self.errors:
            self.add_error(None, _("This form is incomplete. Reload the page and try again."))
        return cleaned

    def columns(self) -> dict[str, Any]:
        """Return the cleaned value of every column that this form writes.

        A field that was left out has the value that is saved.
        """
        return {
            name: self.cleaned_data[name] if name in self.fields else getattr(self.instance, name)
            for name in self._meta.fields or ()
        }

    def leave_out(self, *names: str) -> None:
        """Take fields out of the form; what is saved in their columns stays."""
        for name in names:
            del self.fields[name]

    def show_what_changed(self, now: models.Model) -> None:
        """Leave what was typed, show what is saved now, and let the next save win."""
        self.add_error(
            None,
            _(
                "Someone else saved this while you had it open. Their version is next to each "
                "field that differs. Save again to use yours."
            ),
        )
        for name in self._meta.fields or ():
            saved = getattr(now, name)
            if saved != self.cleaned_data.get(name, saved):
                text = _("Someone else saved: %(value)s")
                shown = self.shown(now, name) or _("nothing")
                self.add_error(name, text % {"value": shown})
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data[self.add_prefix("version")] = str(getattr(now, "version", ""))
        self.data = data

    def shown(self, now: models.Model, name: str) -> str:
        """Return a saved value as the page shows it; forms with secrets mask theirs."""
        value = getattr(now, name)
        return str(getattr(now, f"get_{name}_display", lambda: value or "")())
