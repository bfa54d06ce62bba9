"""Claim readiness: what a payer would reject or doubt, before sending, and which field mends it.

What stands on the form is checked against its box here and in `cms1500.fill` alike; what must
stand there and doesn't, or can't be right, is in the tables of `required.py` and `sense.py`.
"""

from letterhead.billing.contents import Contents
from letterhead.billing.problems import Place, Problem
from letterhead.claims.cms1500 import forms
from letterhead.claims.form_texts import Printed
from letterhead.claims.grid import BOXES
from letterhead.claims.names import name_problems
from letterhead.claims.required import missing
from letterhead.claims.sense import doubts
from letterhead.details.claim_name import cannot_print

__all__ = ["Place", "Problem", "problems", "refused"]

_CURES = {
    "short_signature": "choose a short form",
    "last_name": "write the name as on the insurance card, or shorten a part of it",
    "insured_last_name": "write the name as on the insurance card, or shorten a part of it",
    "referrer_last_name": "shorten the name or leave credentials out",
    "line1": "shorten the address",
    "insured_line1": "shorten the address",
    "city": "shorten the city",
    "state": "write the state's two letters",
    "insured_state": "write the state's two letters",
    "units": "write at most three characters",
    "charge": "split the charge over several lines",
    "supplemental": "shorten it",
    "diagnoses": "a claim holds twelve diagnoses of seven characters",
    "modifiers": "a line holds four modifiers of two characters",
    "pointers": "keep the four most important letters",
}


def problems(contents: Contents) -> tuple[Problem, ...]:
    """Say all that is wrong with a claim, errors first, each once and in the form's order.

    Where no error is among them, `cms1500.fill` fits every value.
    """
    found = [*missing(contents), *name_problems(contents), *doubts(contents)]
    at_fault = {(problem.place, problem.field) for problem in found}
    for form in forms(contents):
        for printed in form:
            if not printed.fits and (printed.place, printed.field) not in at_fault:
                found.append(_does_not_fit(printed))
    return tuple(sorted(dict.fromkeys(found), key=_order))


def refused(contents: Contents) -> tuple[Problem, ...]:
    """Give the errors only: what keeps a claim from being issued."""
    return tuple(problem for problem in problems(contents) if problem.severity == "error")


def _does_not_fit(printed: Printed) -> Problem:
    item, text, box = _item(printed), printed.text, BOXES.get(printed.key)
    cure = _cure(printed.field)
    if box is None:
        message = f"{item} has no box for “{text}”: {cure}."
    elif len(text) > box.width:
        message = f"{item} holds {box.width} characters and “{text}” has {len(text)}: {cure}."
    else:
        odd = cannot_print(text) or text
        message = f"{item} is printed in plain capital letters, so “{odd}” can't be: replace it."
    return Problem("error", printed.item, message, printed.place, printed.field)


def _item(printed: Printed) -> str:
    if printed.item == "carrier":
        return "The payer's block at the top"
    if printed.field_of_form.startswith("line "):
        number = int(printed.field.split("-")[1]) + 1 if printed.place is Place.VISIT else 1
        return f"Item {printed.item}, line {number},"
    return f"Item {printed.item}"


def _cure(field: str) -> str:
    for part in (field, *field.split("-")):
        if part in _CURES:
            return _CURES[part]
    return "shorten it"


def _order(problem: Problem) -> tuple[bool, int, str]:
    digits = "".join(c for c in problem.item if c.isdigit())
    return problem.severity == "warning", int(digits or 0), problem.item
