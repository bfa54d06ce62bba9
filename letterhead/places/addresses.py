"""A postal address in lines, as its country writes it."""

from typing import Protocol

from letterhead.places.countries import COUNTRIES

_STATE_BEFORE_CODE = {"AU", "CA", "GB", "IE", "NZ", "ZA"}  # the others: code, then city


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
    city, state, code, country = address.city, address.state, address.postal_code, address.country
    if country == "US":
        last = _joined(", ", city, _joined(" ", state, code))
    elif country in _STATE_BEFORE_CODE:
        last = _joined(" ", city, state, code)
    else:
        last = _joined(", ", _joined(" ", code, city), state)
    lines = [address.line1, address.line2, last]
    if any(lines) and country != at_home:
        lines.append(str(COUNTRIES.get(country, country)))
    return [line for line in lines if line]


def _joined(between: str, *parts: str) -> str:
    return between.join(filter(None, parts))
