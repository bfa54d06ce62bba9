"""Claim readiness before any visit exists: what payers would refuse in a letterhead. Pure."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import wraps
from hashlib import blake2b
from secrets import token_bytes
from typing import NamedTuple, ParamSpec

import msgspec
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from msgspec.structs import replace

from letterhead.billing.contents import PayerPicture
from letterhead.billing.problems import Place, Problem
from letterhead.billing.sample import SAMPLE_CLINICIAN, sample_contents
from letterhead.claims.listing import listed
from letterhead.claims.readiness import RULES, in_forms_order, problems
from letterhead.claims.rules.programs import OWN_NPI_AS_GROUP
from letterhead.claims.rules.provider import LICENSE_EXPIRED
from letterhead.claims.rules.rule import Rule
from letterhead.details.letterhead import BillingPractice, Letterhead, PlaceOfCare
from letterhead.texts.folded import folded

# Licenses have reminders; a group NPI is compared with the clinician whose details these are.
_ELSEWHERE = {LICENSE_EXPIRED, OWN_NPI_AS_GROUP}
_OF_PRACTICE = frozenset({Place.PRACTICE, Place.BILLING})
NAMED = 3  # at most so many payers are named one by one

_P = ParamSpec("_P")
# What was found: each page view asks again, and nothing changes until something is saved. By a
# digest, since a letterhead has tax IDs.
_found: dict[bytes, tuple["Refusal", ...]] = {}
_MOST_FOUND, _SECRET = 256, token_bytes(32)

_REFUSED = {
    "every": _("%(problem)s Every claim would be rejected."),
    "payers": _("%(problem)s Claims to %(payers)s would be rejected."),
    "location": _("%(problem)s Claims for visits at %(location)s would be rejected."),
}
_SENT_BACK = {
    "every": _("%(problem)s Every claim could be rejected."),
    "payers": _("%(problem)s Claims to %(payers)s could be rejected."),
    "location": _("%(problem)s Claims for visits at %(location)s could be rejected."),
}


class Refusal(NamedTuple):
    """A problem of a letterhead, and which claims have it: all, some payers' or a location's.

    `pk` is the location or payer that it's fixed in.
    """

    problem: Problem
    payers: tuple[str, ...] = ()
    location: str = ""
    pk: int | None = None

    @property
    def message(self) -> str:
        """Such as: Enter your Individual NPI. … Claims to Acme Health would be rejected."""
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
    payers: Collection[PayerPicture],
    places: Iterable[Place],
    today: dt.date,
) -> tuple[Refusal, ...]:
    """What payers would refuse in a letterhead, of the problems that are fixed in `places`.

    Errors come first, each problem once with all payers that have it. Licenses are left out: My
    Details has reminders of its own for them.
    """
    rules = [rule for rule in RULES if rule.place in {None, *places} and rule.id not in _ELSEWHERE]
    return _tried(letterhead, payers=payers, rules=rules, places=places, today=today)


def _tried(
    letterhead: Letterhead,
    *,
    payers: Collection[PayerPicture],
    rules: Collection[Rule],
    places: Iterable[Place],
    today: dt.date,
) -> tuple[Refusal, ...]:
    found: dict[Problem, list[PayerPicture]] = {}
    for alike in _alike(letterhead, payers):
        claim = sample_contents(letterhead, payer=next(iter(alike), None), today=today)
        for problem in problems(claim, rules=rules):
            if problem.place in places:
                found.setdefault(problem, []).extend(alike)
    order = in_forms_order(found)
    return tuple(Refusal(problem, _named(found[problem], payers)) for problem in order)


def refusals_of_details(
    letterhead: Letterhead, payers: Iterable[PayerPicture], today: dt.date
) -> tuple[Refusal, ...]:
    """What payers would refuse in a clinician's own details, alone or beside the practice's."""
    return _of_details(letterhead, tuple(payers), today)


def refusals_of_practice(
    practice: BillingPractice,
    payers: Iterable[PayerPicture],
    locations: Iterable[tuple[int, PlaceOfCare]],
    today: dt.date,
) -> tuple[Refusal, ...]:
    """What payers would refuse in a practice's details, its locations and its payers."""
    return _of_practice(practice, tuple(payers), tuple(locations), today)


def _remembered(find: Callable[_P, tuple[Refusal, ...]]) -> Callable[_P, tuple[Refusal, ...]]:
    """Find the same only once, for each language of the messages."""

    @wraps(find)
    def found(*args: _P.args, **kwargs: _P.kwargs) -> tuple[Refusal, ...]:
        asked = msgspec.json.encode((find.__name__, get_language(), args, kwargs))
        key = blake2b(asked, key=_SECRET, digest_size=16).digest()
        known = _found.get(key)
        if known is None:
            if len(_found) >= _MOST_FOUND:
                _found.clear()
            known = _found[key] = find(*args, **kwargs)
        return known

    return found


@_remembered
def _of_details(
    letterhead: Letterhead, payers: tuple[PayerPicture, ...], today: dt.date
) -> tuple[Refusal, ...]:
    own = refusals(letterhead, payers=payers, places={Place.MY_DETAILS}, today=today)
    rules, at = [rule for rule in RULES if rule.id == OWN_NPI_AS_GROUP], {Place.BILLING}
    return *own, *_tried(letterhead, payers=payers, rules=rules, places=at, today=today)


@_remembered
def _of_practice(
    practice: BillingPractice,
    payers: tuple[PayerPicture, ...],
    locations: tuple[tuple[int, PlaceOfCare], ...],
    today: dt.date,
) -> tuple[Refusal, ...]:
    letterhead = Letterhead(clinician=SAMPLE_CLINICIAN, practice=practice)
    found = list(refusals(letterhead, payers=payers, places=_OF_PRACTICE, today=today))
    for pk, location in locations:
        there = replace(letterhead, location=location)
        of_location = refusals(there, payers=(), places={Place.LOCATION}, today=today)
        found += [one._replace(location=location.name, pk=pk) for one in of_location]
    return (*found, *_of_payers(letterhead, payers, today=today))


def _of_payers(
    letterhead: Letterhead, payers: Iterable[PayerPicture], *, today: dt.date
) -> Iterator[Refusal]:
    """What is wrong with payers; a problem of many is listed once, with a link to the first."""
    touched: dict[Problem, list[PayerPicture]] = {}
    for payer in payers:
        for one in refusals(letterhead, payers=(payer,), places={Place.PAYER}, today=today):
            touched.setdefault(one.problem, []).append(payer)
    for problem, of in touched.items():
        for each in [of] if len(of) > NAMED else [[payer] for payer in of]:
            names = tuple(sorted((payer.name for payer in each), key=folded))
            yield Refusal(problem, names, pk=each[0].id)


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
