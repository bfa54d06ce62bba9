"""The pop-ups "Edit Provider Description" and "Edit About me": words and shape of what is typed."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from letterhead.details.models import Card
from letterhead.details.rich_text import (
    MOST_CHARACTERS,
    TooMuch,
    as_plain_text,
    clean_html,
    from_plain_text,
    length_of,
)
from letterhead.ui.forms.fields import no_control_characters
from letterhead.ui.forms.versioned import VersionedForm

AGES = ("Children", "Teenagers", "Adults", "Older adults", "Couples", "Families", "Groups")
MOST_ENTRIES, LONGEST_ENTRY, LAST_PLACE = 20, 60, 999
_MOST_TOLD = 300  # characters of a colleague's text that an error shows


class DescriptionForm(VersionedForm):
    """The description: HTML where the editor wrote it, plain text where scripts are off."""

    description = forms.Field(  # no CharField: what nobody sees is cleaned away, not refused
        label="Provider Description",
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Each line becomes a paragraph; lines that begin with “- ” become a list. "
        "A line that you leave as it is keeps its formatting.",
    )
    written_as = forms.Field(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Card
        fields = ("description",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept: str = self.instance.description
        self.initial["description"] = as_plain_text(self.kept)
        self.most = MOST_CHARACTERS

    def clean_description(self) -> str:
        """Give it as clean HTML; refuse what is longer than 5,000 characters."""
        try:
            html = self._html()
        except TooMuch as error:
            raise ValidationError(
                f"This is far more than {MOST_CHARACTERS:,} characters can be, formatting "
                "included. Shorten it, or paste it without formatting."
            ) from error
        if (length := length_of(html)) > MOST_CHARACTERS:
            raise ValidationError(
                f"A description has at most {MOST_CHARACTERS:,} characters; this has {length:,}. "
                f"Shorten it by {length - MOST_CHARACTERS:,}."
            )
        return html

    def typed_html(self) -> str:
        """Give what is typed now as clean HTML, valid or not; what is kept where it is too much."""
        try:
            return self._html()
        except TooMuch:
            return self.kept

    def shown(self, now: Model, name: str) -> str:
        """Give the beginning of a saved description without its formatting."""
        if name != "description":
            return super().shown(now, name)
        text = as_plain_text(getattr(now, name))
        return text if len(text) <= _MOST_TOLD else f"{text[:_MOST_TOLD]}…"

    def _html(self) -> str:
        typed = str(self["description"].value() or "")
        if self["written_as"].value() == "html":
            return clean_html(typed)
        return clean_html(from_plain_text(typed, kept=self.kept))


class EntriesField(forms.Field):
    """A list of short texts, typed one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        """Show a kept list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """Give the lines that hold something, blanks drawn together."""
        lines = (" ".join(line.split()) for line in re.split(r"[\r\n]+", value or ""))
        return [line for line in lines if line]

    def validate(self, value: list[str]) -> None:
        """Refuse too many, too long ones, doubles, and what nobody sees."""
        super().validate(value)
        check_entries(value)


def check_entries(entries: list[str]) -> None:
    """Refuse more than 20 entries, longer ones than 60 characters, and doubles."""
    if len(entries) > MOST_ENTRIES:
        raise ValidationError(
            f"At most {MOST_ENTRIES} fit here, one a line; these are {len(entries):,}. "
            "Keep those that matter most."
        )
    for entry in entries:
        if len(entry) > LONGEST_ENTRY:
            raise ValidationError(
                f"“{entry[:LONGEST_ENTRY]}…” is longer than {LONGEST_ENTRY} characters. "
                "Shorten it, or make two lines of it."
            )
        no_control_characters(entry)
    if twice := doubled(entries):
        raise ValidationError(f"“{twice}” is here twice. Take one of them out.")


def doubled(entries: list[str]) -> str:
    """Give the first entry that is there twice, in whatever case it is written; "" for none."""
    times = Counter(entry.casefold() for entry in entries)
    return next((entry for entry in entries if times[entry.casefold()] > 1), "")


class AboutMeForm(VersionedForm):
    """What the card says beside the description, and where it shows."""

    specialties = EntriesField(
        label="Specialties",
        required=False,
        help_text="One a line, such as Diabetes or Eating disorders",
    )
    languages = EntriesField(
        label="Languages spoken",
        required=False,
        help_text="One a line, as those who speak it call it: English, Español, ASL",
    )
    ages = forms.MultipleChoiceField(
        label="Ages",
        required=False,
        choices=[(age, age) for age in AGES],
        widget=forms.CheckboxSelectMultiple,
    )
    approaches = EntriesField(
        label="Approaches",
        required=False,
        help_text="One a line, such as Motivational interviewing",
    )
    practice_payers = forms.MultipleChoiceField(
        label="Payers accepted", required=False, widget=forms.CheckboxSelectMultiple
    )
    payers_accepted = EntriesField(
        label="Payers accepted", required=False, help_text="One a line; Self-pay is one too"
    )
    position = forms.IntegerField(
        label="Place among colleagues",
        min_value=0,
        max_value=LAST_PLACE,
        help_text="Lower numbers come first; the same number goes by name",
        error_messages={
            "required": "Write a number; 0 will do.",
            "invalid": "Write a whole number, such as 1.",
            "min_value": "0 comes first; there is nothing before it.",
            "max_value": f"At most {LAST_PLACE}.",
        },
    )

    class Meta:
        model = Card
        fields = (
            *("specialties", "languages", "ages", "approaches", "payers_accepted"),
            *("takes_new_clients", "position", "is_shown", "for_search_engines"),
        )
        help_texts = {
            "is_shown": "Clients find it while Show on Calendar is on for you, too",
            "for_search_engines": "Off: the page asks them to leave it out",
        }

    def __init__(self, *args: Any, payers: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(payers)
        kept = self.instance.payers_accepted
        self.fields["practice_payers"].choices = [(name, name) for name in known]  # type: ignore[attr-defined]
        self.initial["practice_payers"] = [name for name in kept if name in known]
        self.initial["payers_accepted"] = [name for name in kept if name not in known]
        if known:
            self.fields["payers_accepted"].label = "Other payers accepted"
        else:
            del self.fields["practice_payers"]

    def clean(self) -> dict[str, Any]:
        """Put the practice's payers that are ticked before the others."""
        cleaned = super().clean()
        if "payers_accepted" in cleaned:
            cleaned["payers_accepted"] = self._payers(cleaned)
        return cleaned

    def shown(self, now: Model, name: str) -> str:
        """Give a saved list, or a yes or no, as words."""
        value = getattr(now, name)
        if isinstance(value, list):
            return ", ".join(value)
        return ("no", "yes")[value] if isinstance(value, bool) else str(value)

    def _payers(self, cleaned: dict[str, Any]) -> list[str]:
        ticked, others = cleaned.get("practice_payers", []), cleaned["payers_accepted"]
        every: list[str] = [*ticked, *others]
        try:
            check_entries(every)
        except ValidationError as error:
            self.add_error("payers_accepted", error)
        return every
