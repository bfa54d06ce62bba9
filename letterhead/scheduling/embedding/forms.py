"""The form of the sites that can show the online scheduler."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.scheduling.embedding.sites import MOST_SITES, NotASite, read_site
from letterhead.scheduling.models import PracticeRules
from letterhead.ui.forms.versioned import VersionedForm


class SitesForm(VersionedForm):
    """One site a line."""

    embedded_by = forms.CharField(
        label=_("Sites that show the scheduler"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5, "inputmode": "url", "spellcheck": "false"}),
        help_text=_("One address a line, like www.riverside.example"),
    )

    class Meta:
        model = PracticeRules
        fields = ("embedded_by",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["embedded_by"].widget.attrs.pop("maxlength")  # browsers would cut off the rest
        self.initial["embedded_by"] = "\n".join(self.instance.embedded_by)

    def clean_embedded_by(self) -> list[str]:
        """Read each line; say of every one that isn't a site what is wrong with it."""
        lines = list(filter(None, map(str.strip, self.cleaned_data["embedded_by"].splitlines())))
        sites, wrong = [], []
        for line in lines:
            try:
                sites.append(read_site(line))
            except NotASite as refused:
                wrong.append(str(refused))
        if len(lines) > MOST_SITES:
            wrong.append(gettext("Enter at most %(most)d sites.") % {"most": MOST_SITES})
        if wrong:
            raise forms.ValidationError(wrong)
        return list(dict.fromkeys(sites))

    def shown(self, now: Any, name: str) -> str:
        """Return the saved sites as text."""
        return ", ".join(getattr(now, name))
