"""Rules of items 24A to 24G: the service lines. Each names the line that is wrong."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.billing.contents import Contents, ServiceLinePicture
from letterhead.billing.problems import Place
from letterhead.claims.asked import is_for_medicare
from letterhead.claims.grid import LETTERS
from letterhead.claims.rules.rule import CHAPTER_26, HABIT, NUCC, Rows, Rule, warns
from letterhead.claims.texts import code, is_whole_cents
from letterhead.numbers.ids import service_code_error
from letterhead.places.choices import ALL_PLACES_OF_SERVICE
from letterhead.texts.claim_letters import fold

_PROBLEM = _("%(problem)s See item %(item)s, line %(line)s.")


def _no_lines(contents: Contents) -> str:
    return "" if contents.visit.lines else gettext("Add at least one service to the visit.")


def _of_line(
    name: str,
    field: str,
    asks: str,
    wrong: Callable[[ServiceLinePicture, Contents], str | Iterator[str]],
    sentence: Promise = _PROBLEM,
    source: str = NUCC,
) -> Rule:
    """A rule of each line: `wrong` returns what is wrong with one."""

    def of_each(contents: Contents) -> Rows:
        for n, line in enumerate(contents.visit.lines):
            found = wrong(line, contents)
            for says in [found] if isinstance(found, str) else found:
                yield n, says

    item, field = name.partition("-")[0], f"lines-#-{field}"
    return Rule(name, item, Place.VISIT, field, asks, of_each, source, sentence=sentence)


def _filled(item: str, field: str, fix: Promise) -> Rule:
    def wrong(line: ServiceLinePicture, contents: Contents) -> str:
        return "" if fold(getattr(line, field)) else str(fix)

    sentence = _("%(problem)s Item %(item)s, line %(line)s is empty.")
    asks = f"A line has its {field.replace('_', ' ')}"
    return _of_line(f"{item}-{field}-missing", field, asks, wrong, sentence)


def _in_the_past(line: ServiceLinePicture, contents: Contents) -> str:
    late = line.service_on > contents.issued_on
    return gettext("The service is in the future. Check its date.") if late else ""


def _in_order(line: ServiceLinePicture, contents: Contents) -> str:
    backwards = line.until and line.until < line.service_on
    return gettext("The service ends before it begins. Check both dates.") if backwards else ""


def _place_of_service(line: ServiceLinePicture, contents: Contents) -> str:
    typed = line.place_of_service.strip()
    wrong = typed and not re.fullmatch(r"[0-9]{2}", typed)
    return gettext("A place of service has two digits, like 11.") if wrong else ""


def _four_modifiers(line: ServiceLinePicture, contents: Contents) -> str:
    many = len(line.modifiers) > 4
    words = gettext("A line has room for four modifiers. Remove the least important ones.")
    return words if many else ""


def _modifiers(line: ServiceLinePicture, contents: Contents) -> Iterator[str]:
    for modifier in line.modifiers:
        if not re.fullmatch(r"[0-9A-Z]{2}", code(modifier)):
            words = gettext("“%(modifier)s” isn't a modifier. Modifiers have two characters.")
            yield words % {"modifier": modifier}


def _pointers(line: ServiceLinePicture, contents: Contents) -> Iterator[str]:
    letters = LETTERS[: len(contents.visit.diagnoses)]
    for pointer in dict.fromkeys(code(line.pointers)):
        if pointer not in letters:
            words = gettext("There is no diagnosis %(letter)s. Add it or remove the letter.")
            yield words % {"letter": pointer}


def _one_pointer(line: ServiceLinePicture, contents: Contents) -> str:
    several = is_for_medicare(contents) and len(code(line.pointers)) > 1
    return gettext("Medicare takes one letter a line. Leave the main one.") if several else ""


def _code(line: ServiceLinePicture, contents: Contents) -> str:
    return service_code_error(typed) if (typed := code(line.code)) else ""


def _modifiers_once(line: ServiceLinePicture, contents: Contents) -> Iterator[str]:
    for modifier, times in Counter(map(code, line.modifiers)).items():
        if times > 1:
            words = gettext("Modifier %(modifier)s is there twice. Remove one.")
            yield words % {"modifier": modifier}


def _known_place(line: ServiceLinePicture, contents: Contents) -> str:
    place = line.place_of_service.strip()
    if not re.fullmatch(r"[0-9]{2}", place) or place in ALL_PLACES_OF_SERVICE:
        return ""
    return gettext("There is no place of service %(place)s. Check it.") % {"place": place}


def _charge(line: ServiceLinePicture, contents: Contents) -> str:
    return "" if line.charge >= 0 else gettext("A charge can't be negative.")


def _no_charge(line: ServiceLinePicture, contents: Contents) -> str:
    return gettext("The charge prints as 0 00. Check that it is 0.") if line.charge == 0 else ""


def _cents(line: ServiceLinePicture, contents: Contents) -> str:
    parts = not is_whole_cents(line.charge)
    return gettext("The charge has fractions of a cent. Round it.") if parts else ""


def _units(line: ServiceLinePicture, contents: Contents) -> str:
    return "" if line.units >= 1 else gettext("Enter at least one unit.")


RULES_OF_LINES: tuple[Rule, ...] = (
    Rule("24-lines-missing", "24", Place.VISIT, "lines-0-code", "A claim has a service line",
         _no_lines, sentence=_("%(problem)s Item %(item)s is empty.")),
    _of_line("24A-past", "service_on", "No service is in the future", _in_the_past),
    _of_line("24A-order", "until", "A service ends after it began", _in_order),
    _filled("24B", "place_of_service", _("Enter the line's place of service.")),
    _of_line("24B-form", "place_of_service", "A place of service has two digits",
             _place_of_service),
    _of_line("24B-known", "place_of_service", "A place of service is one of those of CMS",
             _known_place, source="CMS: place of service codes"),
    _filled("24D", "code", _("Enter the line's procedure code.")),
    _of_line("24D-modifiers-four", "modifiers", "A line has at most four modifiers",
             _four_modifiers),
    _of_line("24D-modifiers-form", "modifiers", "A modifier has two characters", _modifiers),
    _of_line("24D-code-form", "code", "A code has the shape of CPT or HCPCS", _code,
             source="AMA and CMS: shapes of CPT and HCPCS codes"),
    warns(_of_line("24D-modifiers-twice", "modifiers", "No modifier is repeated",
                   _modifiers_once), HABIT),
    _filled("24E", "pointers", _("Enter the line's diagnosis pointer, such as A.")),
    _of_line("24E-pointers-known", "pointers", "A pointer is the letter of a diagnosis",
             _pointers),
    _of_line("24E-medicare-one", "pointers", "A line to Medicare has one pointer", _one_pointer,
             source=CHAPTER_26),
    _of_line("24F-charge", "charge", "A charge isn't negative", _charge),
    warns(_of_line("24F-zero", "charge", "A charge is more than 0", _no_charge)),
    _of_line("24F-cents", "charge", "A charge is whole cents", _cents),
    _of_line("24G-units", "units", "A line has at least one unit", _units),
)  # fmt: skip
