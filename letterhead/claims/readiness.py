"""Claim readiness: what a payer would reject or question, and the field where it's fixed."""

from collections.abc import Iterable

from letterhead.billing.contents import Contents
from letterhead.billing.problems import Problem
from letterhead.claims.rules.boxes import RULES_OF_BOXES
from letterhead.claims.rules.coding import RULES_OF_CODING
from letterhead.claims.rules.correction import RULES_OF_CORRECTION
from letterhead.claims.rules.items import RULES_OF_ITEMS
from letterhead.claims.rules.lines import RULES_OF_LINES
from letterhead.claims.rules.programs import RULES_OF_PROGRAMS
from letterhead.claims.rules.provider import RULES_OF_PROVIDER
from letterhead.claims.rules.rule import Rule
from letterhead.claims.rules.visit import RULES_OF_VISIT

RULES: tuple[Rule, ...] = (
    *RULES_OF_VISIT,
    *RULES_OF_ITEMS,
    *RULES_OF_LINES,
    *RULES_OF_CODING,
    *RULES_OF_PROVIDER,
    *RULES_OF_PROGRAMS,
    *RULES_OF_CORRECTION,
    *RULES_OF_BOXES,
)


def problems(contents: Contents, *, rules: Iterable[Rule] = RULES) -> tuple[Problem, ...]:
    """All that is wrong with a claim, errors first, each problem once and in the form's order.

    Where no error is among them, `cms1500.fill` fits every value.
    """
    found: list[Problem] = []
    for rule in rules:
        refused_at = {(one.place, one.field) for one in found if one.severity == "error"}
        at_fault = set() if rule.place else refused_at
        found += [
            problem
            for problem in rule.problems(contents)
            if (problem.place, problem.field) not in at_fault  # its own rule has the better message
        ]
    return in_forms_order(dict.fromkeys(found))


def refused(contents: Contents) -> tuple[Problem, ...]:
    """The errors only: with any of them a claim can't be issued."""
    return tuple(problem for problem in problems(contents) if problem.severity == "error")


def in_forms_order(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """Errors first, then by the form's items."""
    return tuple(sorted(found, key=_order))


def _order(problem: Problem) -> tuple[bool, int, str]:
    digits = "".join(c for c in problem.item if c.isdigit())
    return problem.severity == "warning", int(digits or 0), problem.item
