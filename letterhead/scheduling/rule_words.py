"""Booking rules as people read them, and where each one comes from."""

from dataclasses import asdict
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letterhead.scheduling.models import Diary, PracticeRules
from letterhead.slots.rules import NAMES, USUAL, Rules, rules_of

Row = PracticeRules | Diary


class ShownRule(NamedTuple):
    """A rule that applies; `whose` is where it comes from, "" if it was chosen here."""

    label: str
    value: str
    whose: str


def label_of(name: str) -> str:
    """Return the label of a rule's field."""
    return str(PracticeRules._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def value_in_words(name: str, value: Any) -> str:
    """Return a rule's value: 24 hours, 60 days, No limit, Yes."""
    if value is None:
        return _("No limit")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name.endswith("_hours"):
        return ngettext("%(number)d hour", "%(number)d hours", value) % {"number": value}
    if name.endswith("_days"):
        return ngettext("%(number)d day", "%(number)d days", value) % {"number": value}
    if name.endswith("_minutes"):
        return ngettext("%(number)d minute", "%(number)d minutes", value) % {"number": value}
    return str(value)


def rules_in_words(row: Row, practice: PracticeRules | None = None) -> list[ShownRule]:
    """Return the rules that apply by a practice's row, or by a clinician's and their practice's."""
    rules = asdict(rules_of(practice, row))
    return [
        ShownRule(label_of(name), value_in_words(name, rules[name]), _whose(name, row, practice))
        for name in NAMES
    ]


def if_empty(practice: PracticeRules | None) -> Rules:
    """Return what holds where nothing is chosen: a practice's rules, or the usual ones."""
    return rules_of(practice) if practice else USUAL


def _whose(name: str, row: Row, practice: PracticeRules | None) -> str:
    if getattr(row, name) is not None:
        return ""
    from_practice = practice is not None and getattr(practice, name) is not None
    return _("Practice default") if from_practice else _("Usual")
