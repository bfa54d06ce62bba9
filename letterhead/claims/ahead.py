"""Claim readiness before any visit exists: what payers would refuse in a letterhead. Pure."""

import datetime as dt
from collections.abc import Collection, Iterable
from hashlib import blake2b
from secrets import token_bytes
from typing import NamedTuple

import msgspec
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from letterhead.billing.contents import PayerPicture
from letterhead.billing.problems import Place, Problem
from letterhead.billing.sample import sample_contents
from letterhead.claims.listing import listed
from letterhead.claims.readiness import RULES, in_forms_order, problems
from letterhead.claims.rules.provider import LICENSE_EXPIRED
from letterhead.details.letterhead import Letterhead
from letterhead.texts.folded import folded

# What was found: each page view asks again, and nothing changes until something is saved. By a
# digest, since a letterhead has tax IDs.
_found: dict[bytes, tuple["Refusal", ...]] = {}
_MOST_FOUND, _SECRET = 256, token_bytes(32)
NAMED = 3  # at most so many payers are named one by one

_REFUSED = {
    "every": _("Every claim would be rejected. %(problem)s"),
    "payers": _("Claims to %(payers)s would be rejected. %(problem)s"),
    "location": _("Claims for visits at %(location)s would be rejected. %(problem)s"),
}
_SENT_BACK = {
    "every": _("Every claim could be rejected. %(problem)s"),
    "payers": _("Claims to %(payers)s could be rejected. %(problem)s"),
    "location": _("Claims for visits at %(location)s could be rejected. %(problem)s"),
}


class Refusal(NamedTuple):
    """A problem of a letterhead, and which claims have it: all, some payers' or a location's."""

    problem: Problem
    payers: tuple[str, ...] = ()
    location: str = ""

    @property
    def message(self) -> str:
        """Such as: Claims to Acme Health would be rejected. Item 31: …"""
        which = "location" if self.location else "payers" if self.payers else "every"
        sentence = (_REFUSED if self.problem.severity == "error" else _SENT_BACK)[which]
        return sentence % {
            "payers": _some(self.payers) if self.payers else "",
            "location": self.location,
            "problem": self.problem.message,
        }


def refusals(
    letterhead: Letterhead,
    *,
    payers: Iterable[PayerPicture],
    places: Iterable[Place],
    today: dt.date,
) -> tuple[Refusal, ...]:
    """What payers would refuse in a letterhead, of the problems that are fixed in `places`.

    Errors come first, each problem once with all payers that have it. Licenses are left out: My
    Details has reminders of its own for them.
    """
    asked = letterhead, tuple(payers), frozenset(places), today
    key = _digest(*asked)
    found = _found.get(key)
    if found is None:
        if len(_found) >= _MOST_FOUND:
            _found.clear()
        found = _found[key] = _refusals(*asked)
    return found


def _digest(
    letterhead: Letterhead,
    payers: tuple[PayerPicture, ...],
    places: frozenset[Place],
    today: dt.date,
) -> bytes:
    """Return what stands for a question and, without this process's secret, says nothing of it."""
    asked = letterhead, payers, sorted(places), today, get_language()
    return blake2b(msgspec.json.encode(asked), key=_SECRET, digest_size=16).digest()


def _refusals(
    letterhead: Letterhead,
    payers: tuple[PayerPicture, ...],
    places: frozenset[Place],
    today: dt.date,
) -> tuple[Refusal, ...]:
    rules = [rule for rule in RULES if rule.place in {None, *places} and rule.id != LICENSE_EXPIRED]
    found: dict[Problem, list[PayerPicture]] = {}
    for alike in _alike(letterhead, payers):
        claim = sample_contents(letterhead, payer=next(iter(alike), None), today=today)
        for problem in problems(claim, rules=rules):
            if problem.place in places:
                found.setdefault(problem, []).extend(alike)
    order = in_forms_order(found)
    return tuple(Refusal(problem, _named(found[problem], payers)) for problem in order)


def _alike(letterhead: Letterhead, payers: Iterable[PayerPicture]) -> list[list[PayerPicture]]:
    """Groups of payers that ask the same of a letterhead, so that each group is tried once."""
    tied = {other.payer for other in letterhead.clinician.other_ids}
    groups: dict[tuple[object, ...], list[PayerPicture]] = {}
    for payer in payers:
        own = payer.id if payer.id in tied else None
        switches = payer.kind == "medicare", payer.npi_in_24j, payer.other_id_in_24j
        groups.setdefault((own, *switches), []).append(payer)
    return list(groups.values()) or [[]]


def _named(payers: Iterable[PayerPicture], all_payers: Collection[PayerPicture]) -> tuple[str, ...]:
    """The payers' names in order; none where all payers have the problem."""
    names = sorted((payer.name for payer in payers), key=folded)
    return () if len(names) == len(all_payers) else tuple(names)


def _some(names: tuple[str, ...]) -> str:
    """Of many names the first two, and how many others there are."""
    if len(names) > NAMED:
        others = len(names) - NAMED + 1
        words = ngettext("%(count)s other payer", "%(count)s other payers", others)
        names = (*names[: NAMED - 1], words % {"count": others})
    return listed(names)
