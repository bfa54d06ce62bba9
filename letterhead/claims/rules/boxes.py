"""Rules of every box: what stands on the form fits it, in letters that the form can print."""

from collections.abc import Callable

from letterhead.billing.contents import Contents
from letterhead.billing.problems import Place
from letterhead.claims.cms1500 import forms
from letterhead.claims.grid import BOXES
from letterhead.claims.rules.rule import Rows, Rule
from letterhead.claims.texts import Printed
from letterhead.details.claim_name import cannot_print

_CURES = {
    "signature": "choose a short form",
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
    "diagnoses": "a claim holds twelve diagnoses of seven characters",
    "modifiers": "a line holds four modifiers of two characters",
    "pointers": "keep the four most important letters",
}


def _has_box(printed: Printed) -> str:
    if printed.key in BOXES:
        return ""
    return f"{_item(printed)} has no box for “{printed.text}”: {_cure(printed.field)}."


def _is_short_enough(printed: Printed) -> str:
    text, box = printed.text, BOXES.get(printed.key)
    if box is None or len(text) <= box.width:
        return ""
    holds = f"holds {box.width} characters and “{text}” has {len(text)}"
    return f"{_item(printed)} {holds}: {_cure(printed.field)}."


def _has_plain_letters(printed: Printed) -> str:
    if printed.fits or _has_box(printed) or _is_short_enough(printed):
        return ""
    odd = cannot_print(printed.text) or printed.text
    return f"{_item(printed)} is printed in plain capital letters, so “{odd}” can't be: replace it."


def _of_each_value(name: str, asks: str, wrong: Callable[[Printed], str]) -> Rule:
    def of_all(contents: Contents) -> Rows:
        for form in forms(contents):
            for printed in form:
                if not printed.fits:
                    yield printed, wrong(printed)

    return Rule(f"any-{name}", "any", None, "#", asks, of_all, sentence="{wrong}")


def _item(printed: Printed) -> str:
    if printed.item == "carrier":
        return "The payer's block at the top"
    if printed.field_of_form.startswith("line ") and printed.place is Place.VISIT:
        return f"Item {printed.item}, line {int(printed.field.split('-')[1]) + 1},"
    return f"Item {printed.item}"


def _cure(field: str) -> str:
    known = (_CURES[part] for part in (field, *field.split("-")) if part in _CURES)
    return next(known, "shorten it")


RULES_OF_BOXES: tuple[Rule, ...] = (
    _of_each_value("box", "Every value has a box", _has_box),
    _of_each_value("width", "Every value is as short as its box", _is_short_enough),
    _of_each_value("letters", "Every value is in plain capital letters", _has_plain_letters),
)
