"""The table of ways: the money and the week of each country, in each of its official languages.

`python -m tools.ways` writes it from the Unicode CLDR, as the package babel carries it. Only Latin
digits are taken. A currency's sign that our fonts can't print is left out: its code prints instead.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers
from babel.numbers import get_currency_precision

from letterhead.files.glyphs import unprintable
from letterhead.places.countries import COUNTRIES
from letterhead.places.currencies import CURRENCIES

TABLE = Path(__file__).resolve().parent.parent / "letterhead" / "countries" / "ways.json"
_OFFICIAL = {"official", "de_facto_official"}
_KNOWN = set(locale_identifiers())
_SPACES = re.compile(r"[\u0020\u00a0\u202f]")
_UNSEEN = re.compile(r"[\u200e\u200f\u061c]")
# The CLDR has a country's currency first of those in use; where two are, we take its own.
CURRENCY = {
    **{"BG": "EUR", "BT": "BTN", "HT": "HTG", "LS": "LSL", "NA": "NAD", "PA": "USD", "PS": "ILS"},
    **{"SV": "USD", "ZW": "USD", "AQ": "USD", "CH": "CHF", "EH": "MAD", "HR": "EUR", "UY": "UYU"},
    **{"CL": "CLP", "BO": "BOB", "CO": "COP", "MX": "MXN", "CU": "CUP", "SL": "SLE", "VE": "VES"},
}
# Språkrådet has the sign before the amount in tables and bills: kr 1 250,00.
PATTERN = {"NO": "¤ #,##0.00"}
# In English, South Africans write both 1 200,50 and 1,200.50.
READS = {"ZA": [[".", ","], [",", ""]]}


def main() -> int:
    """Write the table."""
    TABLE.write_text(table(), encoding="utf-8")
    return 0


def table() -> str:
    """Return the table as JSON, a line for each country."""
    rows = (f'"{code}": {_json(_row(code))}' for code in sorted(COUNTRIES))
    return "{\n" + ",\n".join(rows) + "\n}\n"


def _row(code: str) -> dict[str, Any]:
    currency = _currency(code)
    locales = _locales(code)
    main = Locale.parse(locales[0])
    ways = {each.split("_")[0]: _way(code, Locale.parse(each), currency) for each in locales}
    first = next(iter(ways.values()))
    return {
        "currency": currency,
        "decimals": min(2, get_currency_precision(currency)),
        "first_weekday": main.first_week_day,
        "twelve_hours": "a" in re.sub("'[^']*'", "", main.time_formats["short"].pattern),
        "reads": READS.get(code) or _reads(list(ways.values())),
        "ways": {name: way for name, way in ways.items() if way is first or way != first},
    }


def _currency(code: str) -> str:
    if code in CURRENCY:
        return CURRENCY[code]
    rows = get_global("territory_currencies")[code]
    now = [name for name, _since, until, tender in rows if until is None and tender]
    return next(name for name in now if name in CURRENCIES)


def _locales(code: str) -> list[str]:
    """Return a locale for each official language, those that most people speak first."""
    spoken = sorted(
        get_global("territory_languages").get(code, {}).items(),
        key=lambda row: -row[1]["population_percent"],
    )
    names = [name for name, facts in spoken if facts["official_status"] in _OFFICIAL]
    english = [name for name, _facts in spoken if name == "en" and f"en_{code}" in _KNOWN]
    if code == "IN":  # business is done in English there, too
        names = [*english, *names]
    found = [each for name in names if (each := _known(name, code))]
    return list(dict.fromkeys(found)) or [_known("en", code) or "en"]


def _known(language: str, code: str) -> str:
    written = f"{language}_{code}"
    if written in _KNOWN:
        return written
    return language if language in _KNOWN and language.isalpha() else ""


def _way(code: str, locale: Locale, currency: str) -> dict[str, Any]:
    symbols = locale.number_symbols["latn"]
    pattern = locale.currency_formats["standard"].pattern.partition(";")[0]
    pattern = _plain(PATTERN.get(code, pattern))
    number = re.search(r"[#0,.]+", pattern)
    if number is None:
        raise ValueError(pattern)
    sign = _UNSEEN.sub("", locale.currency_symbols.get(currency, currency))
    if unprintable(sign) or not sign.isprintable():
        sign = currency
    before, after = pattern[: number.start()], pattern[number.end() :]
    if sign[-1].isalpha() and before.endswith("¤"):  # the CLDR's spacing of signs that are letters
        before += "\N{NO-BREAK SPACE}"
    if sign[0].isalpha() and after.startswith("¤"):
        after = f"\N{NO-BREAK SPACE}{after}"
    return {
        "decimal": symbols["decimal"],
        "group": _plain(symbols["group"]),
        "lakhs": "##,##0" in number[0],
        "before": before.replace("¤", sign),
        "after": after.replace("¤", sign),
        "sign": sign,
    }


def _reads(ways: list[dict[str, Any]]) -> list[list[str]]:
    """Return (decimal sign, sign between groups) of all that is usual; spaces group everywhere.

    Where groups are of spaces, the other sign before a few digits can only be a decimal sign, too;
    not where another language of the country groups with it.
    """
    found: list[list[str]] = []
    for way in ways:
        decimal, group = way["decimal"], way["group"]
        if group in {",", "."}:
            found.append([decimal, group])
        elif len({each["decimal"] for each in ways}) > 1:
            found.append([decimal, ""])
        else:
            found += [[",", "."], [".", ""]] if decimal == "," else [[".", ""], [",", ""]]
    return [each for n, each in enumerate(found) if each not in found[:n]]


def _plain(text: str) -> str:
    return _SPACES.sub("\N{NO-BREAK SPACE}", _UNSEEN.sub("", text))


def _json(row: Any) -> str:
    return json.dumps(row, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
