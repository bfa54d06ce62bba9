"""How each country writes money, tells the time and begins its week. Pure.

`ways.json` is made by `python -m tools.ways` from the Unicode CLDR. At run time babel would take
0.2 s and 12 MB more.
"""

from functools import cache
from pathlib import Path

import msgspec


class Way(msgspec.Struct, frozen=True):
    """How amounts are written in one language: signs, and what stands before and after an amount.

    With `lakhs`, groups before the first three digits have two: 1,25,000.
    """

    decimal: str
    group: str
    lakhs: bool
    before: str
    after: str
    sign: str


class Ways(msgspec.Struct, frozen=True):
    """The ways of one country: its currency (ISO 4217), the decimals that prices there have.

    `first_weekday` is as `datetime.date.weekday` numbers it. `reads` has the (decimal sign, sign
    between groups) in which amounts are read; `ways` are by language, the first is the usual one.
    """

    currency: str
    decimals: int
    first_weekday: int
    twelve_hours: bool
    reads: tuple[tuple[str, str], ...]
    ways: dict[str, Way]

    def way(self, language: str = "") -> Way:
        """Return the way of a language (BCP 47) if it is one of the country's, else the usual."""
        spoken = language.partition("-")[0].lower()
        return self.ways.get(spoken) or next(iter(self.ways.values()))


def ways_of(country: str) -> Ways:
    """Return the ways of a country (ISO 3166-1 alpha-2)."""
    return _table()[country]


@cache
def _table() -> dict[str, Ways]:
    text = Path(__file__).with_name("ways.json").read_bytes()
    return msgspec.json.decode(text, type=dict[str, Ways])
