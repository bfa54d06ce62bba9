"""Rules of every box: each value fits it, in letters that the form can print."""

from collections.abc import Callable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.billing.contents import Contents
from letterhead.billing.problems import Place
from letterhead.claims.cms1500 import forms
from letterhead.claims.grid import BOXES
from letterhead.claims.rules.rule import WHOLE, Rows, Rule
from letterhead.claims.texts import Printed
from letterhead.texts.claim_letters import cannot_print

_SHORTER_NAME = _("Enter the name as it is on the insurance card, or shorten part of it.")
_TWO_LETTERS = _("Enter the state's two letters.")
_SHORTER_ADDRESS = _("Shorten the address.")
_FIXES = {
    "signature": _("Choose a short form."),
    "last_name": _SHORTER_NAME,
    "insured_last_name": _SHORTER_NAME,
    "card_last_name": _("Shorten the name on the card."),
    "insured_organization": _("Shorten the employer's name."),
    "referrer_last_name": _("Shorten the name or leave the credentials out."),
    "legal_name": _("Enter the legal name, or a shorter form of it."),
    "line1": _SHORTER_ADDRESS,
    "insured_line1": _SHORTER_ADDRESS,
    "city": _("Shorten the city."),
    "state": _TWO_LETTERS,
    "insured_state": _TWO_LETTERS,
    "units": _("Enter at most three characters."),
    "charge": _("Split the charge over several lines."),
    "diagnoses": _("A claim has room for twelve diagnoses of seven characters."),
    "modifiers": _("A line has room for four modifiers of two characters."),
    "pointers": _("Leave only the four most important letters."),
}


def _has_box(printed: Printed) -> str:
    if printed.key in BOXES:
        return ""
    return gettext("There is no box for “%(text)s”. %(fix)s %(see)s") % _facts(printed)


def _is_short_enough(printed: Printed) -> str:
    text, box = printed.text, BOXES.get(printed.key)
    if box is None or len(text) <= box.width:
        return ""
    words = gettext("“%(text)s” has %(length)s characters. Only %(width)s fit. %(fix)s %(see)s")
    return words % {**_facts(printed), "length": len(text), "width": box.width}


def _has_plain_letters(printed: Printed) -> str:
    if printed.fits or _has_box(printed) or _is_short_enough(printed):
        return ""
    odd = cannot_print(printed.text) or printed.text
    words = gettext("Replace “%(odd)s”. Only plain capital letters print here. %(see)s")
    return words % {"see": _see(printed), "odd": odd}


def _of_each_value(name: str, asks: str, wrong: Callable[[Printed], str]) -> Rule:
    def of_all(contents: Contents) -> Rows:
        told = set()  # a client who is the insured stands on the form twice
        for form in forms(contents):
            for printed in form:
                entered = printed.place, printed.field, printed.text
                if not printed.fits and entered not in told:
                    told.add(entered)
                    yield printed, wrong(printed)

    return Rule(f"any-{name}", "any", None, "#", asks, of_all, sentence=WHOLE)


def _facts(printed: Printed) -> dict[str, object]:
    return {"see": _see(printed), "text": printed.text, "fix": _fix(printed.field)}


def _see(printed: Printed) -> str:
    if printed.item == "carrier":
        return gettext("See the payer's block at the top.")
    if printed.field_of_form.startswith("line ") and printed.place is Place.VISIT:
        line = int(printed.field.split("-")[1]) + 1
        return gettext("See item %(item)s, line %(line)s.") % {"item": printed.item, "line": line}
    return gettext("See item %(item)s.") % {"item": printed.item}


def _fix(field: str) -> str:
    known = (str(_FIXES[part]) for part in (field, *field.split("-")) if part in _FIXES)
    return next(known, gettext("Shorten it."))


RULES_OF_BOXES: tuple[Rule, ...] = (
    _of_each_value("box", "Every value has a box", _has_box),
    _of_each_value("width", "Every value is as short as its box", _is_short_enough),
    _of_each_value("letters", "Every value is in plain capital letters", _has_plain_letters),
)
