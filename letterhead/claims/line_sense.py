"""What stands on a service line and can't be right."""

import datetime as dt
import re
from collections.abc import Iterator

from letterhead.billing.contents import Contents, ServiceLinePicture
from letterhead.billing.problems import Place, Problem
from letterhead.claims.form_texts import code, is_whole_cents
from letterhead.claims.grid import LETTERS


def line_problems(contents: Contents) -> Iterator[Problem]:
    """Say what is wrong with each service line: dates, codes, pointers, charge, units."""
    letters = LETTERS[: len(contents.visit.diagnoses)]
    for n, line in enumerate(contents.visit.lines):
        for item, field, says in (
            *_date_faults(line, contents.issued_on),
            *_code_faults(line),
            *_pointer_faults(line, letters),
            *_amount_faults(line),
        ):
            message = f"Item {item}, line {n + 1}: {says}"
            yield Problem("error", item, message, Place.VISIT, f"lines-{n}-{field}")


def _date_faults(line: ServiceLinePicture, today: dt.date) -> Iterator[tuple[str, str, str]]:
    if line.service_on > today:
        yield "24A", "service_on", "the service is in the future. Check its date."
    if line.until and line.until < line.service_on:
        yield "24A", "service_on", "it ends before it began. Check both dates."


def _code_faults(line: ServiceLinePicture) -> Iterator[tuple[str, str, str]]:
    place_of_service = line.place_of_service.strip()
    if place_of_service and not re.fullmatch(r"[0-9]{2}", place_of_service):
        yield "24B", "place_of_service", "a place of service has two digits, like 11."
    if len(line.modifiers) > 4:
        yield "24D", "modifiers", "a line holds four modifiers. Remove the least important."
    for modifier in line.modifiers:
        if not re.fullmatch(r"[0-9A-Z]{2}", code(modifier)):
            yield "24D", "modifiers", f"“{modifier}” is no modifier: they have two characters."


def _pointer_faults(line: ServiceLinePicture, letters: str) -> Iterator[tuple[str, str, str]]:
    for pointer in dict.fromkeys(code(line.pointers)):
        if pointer not in letters:
            says = f"{pointer} points to no diagnosis. Add the diagnosis or remove the letter."
            yield "24E", "pointers", says


def _amount_faults(line: ServiceLinePicture) -> Iterator[tuple[str, str, str]]:
    if line.charge <= 0:
        yield "24F", "charge", "the charge is more than 0."
    elif not is_whole_cents(line.charge):
        yield "24F", "charge", "the charge has parts of a cent."
    if line.units < 1:
        yield "24G", "units", "enter at least one unit."
