"""The pop-ups "Edit Provider Description" and "Edit About me": fields, and what they accept."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.details.models import Card, Practitioner
from letterhead.practices.forms import PublicAddressForm
from letterhead.texts.rich_text import (
    MOST_CHARACTERS,
    TooMuch,
    as_plain_text,
    clean_html,
    from_plain_text,
    length_of,
)
from letterhead.ui.forms.fields import no_invisible_characters
from letterhead.ui.forms.versioned import VersionedForm

AGES = {  # stored in English
    "Children": _("Children"),
    "Teenagers": _("Teenagers"),
    "Adults": _("Adults"),
    "Older adults": _("Older adults"),
    "Couples": _("Couples"),
    "Families": _("Families"),
    "Groups": _("Groups"),
}
MOST_ENTRIES, LONGEST_ENTRY, LAST_PLACE = 20, 60, 999
_MOST_SHOWN = 300  # characters of another save that an error shows


class DescriptionForm(VersionedForm):
    """The description: HTML from the editor, or plain text without scripts."""

    description = forms.Field(  # not a CharField: invisible characters are removed, not refused
        label=_("Provider Description"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "Each line becomes a paragraph. Lines that begin with “- ” become a list. "
            "Lines that you don’t change keep their formatting."
        ),
    )
    written_as = forms.Field(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Card
        fields = ("description",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.saved: str = self.instance.description
        self.initial["description"] = as_plain_text(self.saved)
        self.most = MOST_CHARACTERS

    def clean_description(self) -> str:
        """Return clean HTML; refuse more than 5,000 characters."""
        try:
            html = self._clean_html()
        except TooMuch as error:
            raise ValidationError(
                gettext(
                    "This is too long, even for %(most)s characters with formatting. "
                    "Shorten it, or paste it without formatting."
                )
                % {"most": f"{MOST_CHARACTERS:,}"}
            ) from error
        if (length := length_of(html)) > MOST_CHARACTERS:
            raise ValidationError(
                gettext(
                    "A description can have up to %(most)s characters. This has %(length)s. "
                    "Shorten it by %(over)s."
                )
                % {
                    "most": f"{MOST_CHARACTERS:,}",
                    "length": f"{length:,}",
                    "over": f"{length - MOST_CHARACTERS:,}",
                }
            )
        return html

    def html(self) -> str:
        """Return the form's text as clean HTML, valid or not; if far too long, what is saved."""
        try:
            return self._clean_html()
        except TooMuch:
            return self.saved

    def shown(self, now: Model, name: str) -> str:
        """Return the beginning of a saved description without formatting."""
        if name != "description":
            return super().shown(now, name)
        text = as_plain_text(getattr(now, name))
        return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"

    def _clean_html(self) -> str:
        text = str(self["description"].value() or "")
        if self["written_as"].value() == "html":
            return clean_html(text)
        return clean_html(from_plain_text(text, saved=self.saved))


class EntriesField(forms.Field):
    """A list of short texts, one per line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        """Return a saved list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """Return the lines with text, without repeated spaces."""
        lines = (" ".join(line.split()) for line in re.split(r"[\r\n]+", value or ""))
        return [line for line in lines if line]

    def validate(self, value: list[str]) -> None:
        """Refuse too many, too long and repeated lines, and invisible characters."""
        super().validate(value)
        check_entries(value)


def check_entries(entries: list[str]) -> None:
    """Raise ValidationError for more than 20 entries, entries over 60 characters, and repeats."""
    if len(entries) > MOST_ENTRIES:
        text = gettext("Enter up to %(most)d lines. There are %(count)s. Remove some of them.")
        raise ValidationError(text % {"most": MOST_ENTRIES, "count": f"{len(entries):,}"})
    for entry in entries:
        if len(entry) > LONGEST_ENTRY:
            text = gettext(
                "“%(entry)s…” is longer than %(most)d characters. Shorten it, or split it into "
                "two lines."
            )
            raise ValidationError(text % {"entry": entry[:LONGEST_ENTRY], "most": LONGEST_ENTRY})
        no_invisible_characters(entry)
    if entry := repeated(entries):
        text = gettext("“%(entry)s” is in the list twice. Remove one of them.")
        raise ValidationError(text % {"entry": entry})


def repeated(entries: list[str]) -> str:
    """Return the first entry that is in the list twice, whatever its case; "" for none."""
    times = Counter(entry.casefold() for entry in entries)
    return next((entry for entry in entries if times[entry.casefold()] > 1), "")


class PublishForm(VersionedForm):
    """Publishing the card: whether search engines may list it is a choice of its own."""

    class Meta:
        model = Card
        fields = ("for_search_engines",)
        help_texts = {"for_search_engines": _("Clients with the address find your card either way")}


class CardAddressForm(PublicAddressForm):
    """The address of a clinician's public card."""

    class Meta(PublicAddressForm.Meta):
        model = Practitioner


class AboutMeForm(VersionedForm):
    """What the card says below the description, and who sees it."""

    specialties = EntriesField(
        label=_("Specialties"),
        required=False,
        help_text=_("One per line, such as Diabetes or Eating disorders"),
    )
    languages = EntriesField(
        label=_("Languages spoken"),
        required=False,
        help_text=_("One per line, each in its own language: English, Español, ASL"),
    )
    ages = forms.MultipleChoiceField(
        label=_("Ages"),
        required=False,
        choices=list(AGES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    approaches = EntriesField(
        label=_("Approaches"),
        required=False,
        help_text=_("One per line, such as Motivational interviewing"),
    )
    practice_payers = forms.MultipleChoiceField(
        label=_("Payers accepted"), required=False, widget=forms.CheckboxSelectMultiple
    )
    payers_accepted = EntriesField(
        label=_("Payers accepted"),
        required=False,
        help_text=_("One per line. You can add Self-pay."),
    )
    position = forms.IntegerField(
        label=_("Order among colleagues"),
        min_value=0,
        max_value=LAST_PLACE,
        help_text=_("Lower numbers come first. Equal numbers are sorted by name."),
        error_messages={
            "required": _("Enter a number, such as 0."),
            "invalid": _("Enter a whole number, such as 1."),
            "min_value": _("Enter 0 or more. 0 comes first."),
            "max_value": _("Enter %(limit_value)s or less."),
        },
    )

    class Meta:
        model = Card
        fields = (
            *("specialties", "languages", "ages", "approaches", "payers_accepted"),
            *("takes_new_clients", "position", "is_shown", "for_search_engines"),
        )
        help_texts = {
            "is_shown": _("Clients see it only while Show on Calendar is on for you"),
            "for_search_engines": _(
                "If you uncheck this, we ask search engines to leave your card out"
            ),
        }

    def __init__(self, *args: Any, payers: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(payers)
        saved = self.instance.payers_accepted
        self.fields["practice_payers"].choices = [(name, name) for name in known]  # type: ignore[attr-defined]
        self.initial["practice_payers"] = [name for name in saved if name in known]
        self.initial["payers_accepted"] = [name for name in saved if name not in known]
        if known:
            self.fields["payers_accepted"].label = _("Other payers accepted")
        else:
            del self.fields["practice_payers"]

    def clean(self) -> dict[str, Any]:
        """Put the selected payers of the practice before the others."""
        cleaned = super().clean()
        if "payers_accepted" in cleaned:
            cleaned["payers_accepted"] = self._payers(cleaned)
        return cleaned

    def shown(self, now: Model, name: str) -> str:
        """Return a saved list, or a checkbox, as text."""
        value = getattr(now, name)
        if isinstance(value, list):
            return ", ".join(value)
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        return str(value)

    def _payers(self, cleaned: dict[str, Any]) -> list[str]:
        selected, others = cleaned.get("practice_payers", []), cleaned["payers_accepted"]
        every: list[str] = [*selected, *others]
        try:
            check_entries(every)
        except ValidationError as error:
            self.add_error("payers_accepted", error)
        return every
