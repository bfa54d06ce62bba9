"""A postal address in lines, as its country writes it."""

import re
from typing import Protocol

from letterhead.places.address_forms import address_form_of
from letterhead.places.countries import country_name


class Address(Protocol):
    """The parts of an address; `country` is ISO 3166-1 alpha-2."""

    @property
    def line1(self) -> str: ...
    @property
    def line2(self) -> str: ...
    @property
    def city(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def postal_code(self) -> str: ...
    @property
    def country(self) -> str: ...


def address_lines(address: Address, *, at_home: str) -> list[str]:
    """Return the lines of an address; its country is the last if it isn't `at_home`."""
    parts = {"C": address.city, "S": address.state, "Z": address.postal_code}
    lines = []
    for line in address_form_of(address.country).format.split("%n"):
        lines += [address.line1, address.line2] if line == "%A" else [_line(line, parts)]
    if any(lines) and address.country != at_home:
        lines.append(country_name(address.country))
    return [line for line in lines if line]


def street_of(address: Address) -> str:
    """Return both lines of the street as one, for machines that have one place for it."""
    return ", ".join(filter(None, (address.line1, address.line2)))


def _line(written: str, parts: dict[str, str]) -> str:
    """Return a line of a format; the signs around a part that is empty are left out with it."""

    def unusual(found: re.Match[str]) -> str:
        return found[1] if parts[found[2]] else ""

    text, between = "", ""
    tokens = re.split(r"%([CSZ])", re.sub(r"\[([^]]*%([CSZ]))\]", unusual, written))
    for before, part in zip(tokens[::2], tokens[1::2], strict=False):
        signs, letters = re.split(r"(?=[A-Z]|$)", before, maxsplit=1)  # " ", "PR "
        between = between or signs
        if value := parts[part]:
            lead = "" if letters and value.startswith(letters.strip()) else letters
            text += (between if text else "") + lead + value
            between = ""
    return text
