"""Claim readiness before any visit exists: what payers would refuse of a letterhead. Pure."""

import datetime as dt
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from letterhead.billing.contents import PayerPicture
from letterhead.billing.problems import Place, Problem
from letterhead.billing.sample import sample_contents
from letterhead.claims.readiness import RULES, in_forms_order, problems
from letterhead.claims.rules.provider import LICENSE_EXPIRED
from letterhead.details.letterhead import Letterhead

NAMED = 3  # at most so many payers are named one by one


class Refusal(NamedTuple):
    """A problem of a letterhead, and whose claims it touches, such as "Every claim"."""

    problem: Problem
    whose: str

    @property
    def message(self) -> str:
        """Claims to Acme Health would be refused: item 24J holds 11 characters and …"""
        may = "would be refused" if self.problem.severity == "error" else "could be sent back"
        says = self.problem.message
        return f"{self.whose} {may}: {says[0].lower()}{says[1:]}"


def refusals(
    letterhead: Letterhead,
    *,
    payers: Iterable[PayerPicture],
    places: Iterable[Place],
    today: dt.date,
) -> tuple[Refusal, ...]:
    """Say what a letterhead brings on a claim to each payer, of what is mended in `places`.

    Errors come first, each thing once, with the payers it is true of. Licenses are left out:
    My Details reminds of them by itself.
    """
    return _refusals(letterhead, tuple(payers), frozenset(places), today)


@lru_cache(maxsize=256)  # pages ask at every look, and the answer stands until something is saved
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
    return tuple(Refusal(problem, _whose(found[problem], payers)) for problem in order)


def _alike(letterhead: Letterhead, payers: Iterable[PayerPicture]) -> list[list[PayerPicture]]:
    """Put together payers that ask the same of a letterhead, so that each sort is tried once."""
    tied = {other.payer for other in letterhead.clinician.other_ids}
    sorts: dict[tuple[object, ...], list[PayerPicture]] = {}
    for payer in payers:
        own = payer.id if payer.id in tied else None
        switches = payer.kind == "medicare", payer.npi_in_24j, payer.other_id_in_24j
        sorts.setdefault((own, *switches), []).append(payer)
    return list(sorts.values()) or [[]]


def _whose(touched: list[PayerPicture], payers: Collection[PayerPicture]) -> str:
    return "Every claim" if len(touched) == len(payers) else claims_to(touched)


def claims_to(payers: Iterable[PayerPicture]) -> str:
    """Name the claims to some payers; of many the first two are named and the others counted."""
    names = sorted(payer.name for payer in payers)
    if len(names) > NAMED:
        names = [*names[: NAMED - 1], f"{len(names) - NAMED + 1} other payers"]
    *first, last = names
    return f"Claims to {' and '.join(filter(None, [', '.join(first), last]))}"
