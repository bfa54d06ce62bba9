"""Kinds of numbers that clinicians and practices have: their names, their checks, their shapes.

Check digits are python-stdnum's; a number whose kind has none keeps the shape of its example.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from django.utils.functional import Promise
from django.utils.translation import gettext

Text = str | Promise
_SEPARATORS = re.compile(r"[\s./\-\u2010-\u2015]+")


def clean_number(typed: str) -> str:
    """Return what was typed without spaces and hyphens."""
    return re.sub(r"[\s\-\u2010-\u2015]+", "", typed)


@dataclass(frozen=True, kw_only=True)
class NumberKind:
    """A kind of number. `name` is stored, `label` prints before the number.

    `shape` is a regular expression of the number as it is stored, without separators and in
    capitals; "" allows any text. `check` returns whether its check digits are right; `show`
    writes it the usual way. `source` says where the rule is from. With `is_tax` it is printed with
    the tax numbers, `is_private` ones are only kept encrypted, as tax IDs are, and never offered
    in rows. `of` is who has one.
    """

    name: str
    label: Text
    of: frozenset[str] = frozenset({"clinician", "practice"})
    is_tax: bool = False
    is_private: bool = False
    example: str = ""
    shape: str = ""
    check: Callable[[str], bool] | None = None
    show: Callable[[str], str] | None = None
    source: str = ""

    @property
    def keyboard(self) -> str:
        """The `inputmode` of its field: numeric where it has digits only."""
        return "numeric" if self.shape and not re.search("[A-Z]", self.shape) else "text"

    def clean(self, typed: str) -> str:
        """Return a number as it is stored; free text only loses blanks around it."""
        return _SEPARATORS.sub("", typed).upper() if self.shape else typed.strip()

    def error(self, number: str) -> str:
        """Return what is wrong with a cleaned number and what to do, "" if nothing is."""
        values = {"label": self.label, "example": self.example}
        if self.shape and not re.fullmatch(self.shape, number):
            return gettext("Enter the %(label)s like %(example)s.") % values
        if self.check and not self.check(number):
            return gettext("This isn’t a valid %(label)s. Check each digit.") % values
        return ""

    def written(self, number: str) -> str:
        """Return a stored number the way it is usually written."""
        return self.show(number) if self.show and not self.error(number) else number


def checked_by(module: ModuleType) -> dict[str, Callable[..., object]]:
    """Return the check and the writing of a python-stdnum module, for a `NumberKind`."""
    found: dict[str, Callable[..., object]] = {"check": module.is_valid}
    if hasattr(module, "format"):
        found["show"] = module.format
    return found
