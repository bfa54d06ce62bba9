"""Kinds of numbers that clinicians and practices have: their names, their checks, their shapes.

Check digits are python-stdnum's, where it has them. Of a shape without a source nothing is refused:
such a kind takes any text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Text = str | Promise
_SEPARATORS = re.compile(r"[\s./\-\u2010-\u2015]+")


@dataclass(frozen=True, kw_only=True)
class NumberKind:
    """A kind of number. `name` is stored, `label` prints before the number.

    `shape` is a regular expression of the number as it is stored, without separators and in
    capitals; "" allows any text. `prefix` is put before it if it was left out, the letters of the
    country that python-stdnum drops. `module` is python-stdnum's: it checks the number and writes
    it, unless `check` and `show` do. `wrong` says what is wrong in words of its own, instead of all
    that. `source` says where the rule is from. With `is_tax` it is printed with the tax numbers,
    `is_private` ones are only kept encrypted, as tax IDs are, and never offered in rows. `of` is
    who has one.
    """

    name: str
    label: Text
    of: frozenset[str] = frozenset({"clinician", "practice"})
    is_tax: bool = False
    is_private: bool = False
    example: str = ""
    shape: str = ""
    prefix: str = ""
    module: ModuleType | None = None
    check: Callable[[str], bool] | None = None
    show: Callable[[str], str] | None = None
    wrong: Callable[[str], str] | None = None
    source: str = ""

    @property
    def keyboard(self) -> str:
        """The `inputmode` of its field: phones show digits only, where it has no letters."""
        return "text" if not self.shape or re.search("[A-Z]", self.shape) else "numeric"

    def clean(self, typed: str) -> str:
        """Return a number as it is stored; free text only loses blanks around it."""
        if not self.shape:
            return typed.strip()
        number = _SEPARATORS.sub("", typed).upper()
        whole = (self.prefix[:at] + number for at in range(len(self.prefix) + 1))
        return next((each for each in whole if re.fullmatch(self.shape, each)), number)

    def is_shaped(self, number: str) -> bool:
        """Whether a cleaned number looks like one."""
        return not self.shape or bool(re.fullmatch(self.shape, number))

    def error(self, number: str) -> str:
        """Return what is wrong with a cleaned number and what to do, "" if nothing is."""
        if self.wrong:
            return self.wrong(number)
        values = {"label": self.label, "example": self.example}
        is_shaped = self.is_shaped(number)
        if not is_shaped and self.example:
            return gettext("Enter the %(label)s like %(example)s.") % values
        check = self.check or (self.module and self.module.is_valid)
        if not is_shaped or (check and not check(number)):
            return gettext("This isn’t a valid %(label)s. Check each digit.") % values
        return ""

    def written(self, number: str) -> str:
        """Return a stored number the way it is usually written."""
        show = self.show or getattr(self.module, "format", None)
        return show(number) if show and not self.error(number) else number


def divided(*lengths: int, by: str = " ") -> Callable[[str], str]:
    """Return what writes a number in parts of these lengths, and the rest."""

    def write(number: str) -> str:
        parts, rest = [], number
        for length in lengths:
            parts.append(rest[:length])
            rest = rest[length:]
        return by.join(filter(None, [*parts, rest]))

    return write


CLINICIAN, PRACTICE = frozenset({"clinician"}), frozenset({"practice"})
# What an insurer gave, with the insurer named in its row; and a number of a body's register.
INSURERS_NUMBER = NumberKind(name="insurer", label=_("Insurer’s provider number"))
MEMBERSHIP = NumberKind(name="membership", label=_("Membership number"), of=CLINICIAN)
