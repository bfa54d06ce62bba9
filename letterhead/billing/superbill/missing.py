"""What insurers miss on a superbill before they pay a client back. Pure; warnings only.

There is no standard for superbills. Insurers ask for what their own claim forms for members ask
for, and that is what the items of the CMS-1500 ask.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from letterhead.billing.contents import Contents
from letterhead.billing.problems import Place, Problem

_MEMBER_FORMS = "Insurers' claim forms for members"


class Lack(NamedTuple):
    """One thing that may be missing; `lacks` gives the rows, or "" once, where it is."""

    item: Promise
    place: Place
    field: str
    words: Promise
    lacks: Callable[[Contents], Iterator[int | str]]
    source: str = _MEMBER_FORMS


def missing(contents: Contents) -> Iterator[Problem]:
    """A warning for each thing that is missing."""
    for lack in LACKS:
        for row in lack.lacks(contents):
            line = row + 1 if isinstance(row, int) else ""
            words = str(lack.words) % {"line": line}
            field = lack.field.replace("#", str(row))
            yield Problem("warning", str(lack.item), words, lack.place, field)


def _once(lacks: Callable[[Contents], bool]) -> Callable[[Contents], Iterator[int | str]]:
    return lambda contents: iter([""] if lacks(contents) else [])


def _undescribed(contents: Contents) -> Iterator[int | str]:
    return (n for n, line in enumerate(contents.visit.lines) if not line.description.strip())


def _unpointed(contents: Contents) -> Iterator[int | str]:
    """Not where there is no diagnosis to point to, which is said once."""
    lines = contents.visit.lines if contents.visit.diagnoses else ()
    return (n for n, line in enumerate(lines) if not line.pointers.strip())


def _is_in_us(contents: Contents) -> bool:
    return contents.letterhead.practice.address.country == "US"


def _referrer_without_npi(contents: Contents) -> bool:
    referrer = contents.visit.referrer
    return _is_in_us(contents) and referrer is not None and not referrer.npi


def _of_medicare(contents: Contents) -> bool:
    return contents.payer is not None and contents.payer.kind == "medicare"


LACKS: tuple[Lack, ...] = (
    Lack(_("Client"), Place.CLIENT, "birth_date", _("The client has no birth date. Enter it."),
         _once(lambda c: c.client.birth_date is None)),
    Lack(_("Client address"), Place.CLIENT, "line1", _("The client has no address. Enter it."),
         _once(lambda c: not c.client.address.line1.strip())),
    Lack(_("Services"), Place.VISIT, "lines-#-description",
         _("Service %(line)s has no description. Say in a few words what it was."), _undescribed),
    Lack(_("Services"), Place.VISIT, "lines-#-pointers",
         _("Service %(line)s doesn't say which diagnosis it is for. Enter its letter, such as A."),
         _unpointed),
    Lack(_("Referring provider"), Place.VISIT, "referrer_npi",
         _("The referring provider has no NPI. Most insurers ask for it."),
         _once(_referrer_without_npi)),
    Lack(_("Payer"), Place.VISIT, "policy",
         _("Medicare doesn't pay clients back. You have to send the claim: make a CMS-1500, unless "
           "you opted out of Medicare or it never pays for this."),
         _once(_of_medicare), "SSA 1848(g)(4)"),
)  # fmt: skip
