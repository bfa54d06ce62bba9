"""Rules of the codes of items 21 and 24: what they say together, and what lists say of them."""

import datetime as dt
from collections.abc import Callable, Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.billing.contents import Contents, ServiceLinePicture
from letterhead.billing.problems import Place
from letterhead.claims.rules.rule import HABIT, Rows, Rule, warns
from letterhead.claims.texts import code, units
from letterhead.codes.icd_10_cm import FIRST, LAST, SHAPE, Standing, example_of, standing_of
from letterhead.codes.modifiers import MODIFIERS, TELEHEALTH_MODIFIERS
from letterhead.codes.most_units import SESSIONS, TIMED
from letterhead.places.choices import HOME, TELEHEALTH
from letterhead.ui.dates import short_day

_CPT = "AMA: CPT; CMS: HCPCS"
_ICD_10_CM = "CDC/NCHS: ICD-10-CM, release of April 1, 2026"
_CMS_PLACES = "CMS: place of service codes; AMA: CPT, modifiers 93 and 95"
_DUPLICATES = "Medicare Claims Processing Manual, chapter 1, section 120"
_COMMERCIAL = {"group", "other"}
_OFFICE = "11"
_PROBLEM = _("%(problem)s See item %(item)s, line %(line)s.")


def _modifiers(line: ServiceLinePicture) -> set[str]:
    return {code(modifier) for modifier in line.modifiers}


def _telehealth_in_person(contents: Contents) -> Rows:
    for n, line in enumerate(contents.visit.lines):
        said = sorted(_modifiers(line) & TELEHEALTH_MODIFIERS)
        if said and line.place_of_service.strip() in {_OFFICE, HOME}:
            words = gettext(
                "Modifier %(modifier)s says telehealth, and place %(place)s says in person. Enter "
                "10 if the client was at home or 02 if elsewhere, or remove the modifier."
            )
            yield n, words % {"modifier": said[0], "place": line.place_of_service.strip()}


def _telehealth_unsaid(contents: Contents) -> Rows:
    if contents.payer is None or contents.payer.kind not in _COMMERCIAL:
        return
    for n, line in enumerate(contents.visit.lines):
        place = line.place_of_service.strip()
        if place in TELEHEALTH and not _modifiers(line) & TELEHEALTH_MODIFIERS:
            words = gettext(
                "Place %(place)s is telehealth. Most payers want modifier 95 with it, or 93 for "
                "audio only. Add it if this payer does."
            )
            yield n, words % {"place": place}


def _too_many_units(contents: Contents) -> Rows:
    for n, line in enumerate(contents.visit.lines):
        of, facts = code(line.code), {"code": code(line.code), "units": units(line.units)}
        if of in SESSIONS and line.units > 1:
            words = gettext(
                "One unit of %(code)s is the whole session, and the line has %(units)s. Enter 1; "
                "another session has a line of its own."
            )
            yield n, words % facts
        elif of in TIMED and line.units > TIMED[of][1]:
            words = gettext(
                "%(units)s units of %(code)s are %(minutes)s minutes: a unit is %(unit)s. "
                "Check the units."
            )
            minutes = units(line.units * TIMED[of][0])
            yield n, words % {**facts, "minutes": minutes, "unit": TIMED[of][0]}


def _twice(contents: Contents) -> Rows:
    seen: dict[object, int] = {}
    for n, line in enumerate(contents.visit.lines):
        until = line.until or line.service_on
        place, of = line.place_of_service.strip(), code(line.code)
        what = line.service_on, until, place, of, frozenset(_modifiers(line))
        first = seen.setdefault(what, n)
        if first != n:
            words = gettext(
                "Same day, place, code and modifiers as line %(first)s: payers pay one of them. "
                "Remove it, add its units to the other, or add a modifier such as 76 or 59."
            )
            yield n, words % {"first": first + 1}


def _unknown_modifiers(contents: Contents) -> Rows:
    for n, line in enumerate(contents.visit.lines):
        for modifier in sorted(_modifiers(line)):
            if len(modifier) == 2 and modifier not in MODIFIERS:
                words = gettext("CPT and HCPCS have no modifier %(modifier)s. Check it.")
                yield n, words % {"modifier": modifier}


def _diagnoses(contents: Contents, standing: Standing) -> Iterator[tuple[int, str]]:
    for n, typed in enumerate(contents.visit.diagnoses):
        if SHAPE.fullmatch(code(typed)) and standing_of(code(typed)) == standing:
            yield n, typed


def _unbillable(contents: Contents) -> Rows:
    for n, typed in _diagnoses(contents, "category"):
        words = gettext(
            "“%(typed)s” can't be billed: it stands for several codes. Enter the whole code, such "
            "as %(example)s."
        )
        yield n, words % {"typed": typed, "example": example_of(code(typed))}


def _unlisted(contents: Contents) -> Rows:
    for n, typed in _diagnoses(contents, "unknown"):
        yield n, gettext("ICD-10-CM has no code “%(typed)s”. Check it.") % {"typed": typed}


def _unlisted_then(contents: Contents) -> Rows:
    for n, typed in _diagnoses(contents, "unknown"):
        words = gettext(
            "“%(typed)s” isn't in the ICD-10-CM list we have, of %(first)s to %(last)s. "
            "Check that it exists on the day of the visit."
        )
        yield n, words % {"typed": typed, "first": short_day(FIRST), "last": short_day(LAST)}


def _on_days(
    within: Callable[[dt.date], bool], wrong: Callable[[Contents], Rows]
) -> Callable[[Contents], Rows]:
    """The same where the day of the visit is one of these; the list knows only its own dates."""
    return lambda contents: wrong(contents) if within(contents.visit.visited_on) else iter(())


def _of_lines(
    name: str, field: str, asks: str, wrong: Callable[[Contents], Rows], source: str
) -> Rule:
    item, field = name.partition("-")[0], f"lines-#-{field}"
    return warns(Rule(name, item, Place.VISIT, field, asks, wrong, sentence=_PROBLEM), source)


def _of_diagnoses(name: str, asks: str, wrong: Callable[[Contents], Rows]) -> Rule:
    return Rule(name, "21", Place.VISIT, "diagnoses-#-code", asks, wrong, _ICD_10_CM)


RULES_OF_CODING: tuple[Rule, ...] = (
    _of_diagnoses("21-billable", "A diagnosis is a code that can be billed",
                  _on_days(lambda day: day >= FIRST, _unbillable)),
    warns(_of_diagnoses("21-billable-before", "The same before the list, when it may have been one",
                        _on_days(lambda day: day < FIRST, _unbillable)), _ICD_10_CM),
    _of_diagnoses("21-listed", "A diagnosis is in the list of its day",
                  _on_days(lambda day: FIRST <= day <= LAST, _unlisted)),
    warns(_of_diagnoses("21-listed-once", "On other days, a diagnosis is in the list we have",
                        _on_days(lambda day: not FIRST <= day <= LAST, _unlisted_then)),
          _ICD_10_CM),
    _of_lines("24-twice", "code", "No line repeats another", _twice, _DUPLICATES),
    _of_lines("24B-in-person", "place_of_service", "Care in person isn't telehealth",
              _telehealth_in_person, _CMS_PLACES),
    _of_lines("24D-telehealth", "modifiers", "Telehealth has its modifier at commercial payers",
              _telehealth_unsaid, HABIT),
    _of_lines("24D-modifiers-known", "modifiers", "A modifier is one of CPT or HCPCS",
              _unknown_modifiers, _CPT),
    _of_lines("24G-units-most", "units", "A line has no more units than its code's time allows",
              _too_many_units, _CPT),
)  # fmt: skip
