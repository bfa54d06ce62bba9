"""The rules of a clinician's and a practice's numbers, and how they are cleaned and shown."""

import re
from collections.abc import Callable

from stdnum import luhn
from stdnum.us import ein, itin, ssn

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015]+")


def clean_number(typed: str) -> str:
    """Take out the blanks and hyphens that people type between digits."""
    return _SEPARATORS.sub("", typed)


def npi_error(number: str) -> str:
    """Say what is wrong with a cleaned NPI; "" where nothing is.

    Ten ASCII digits, the first 1 or 2, the last the Luhn digit of 80840 and the first nine.
    Source: 45 CFR 162.406 and the CMS paper on its check digit.
    """
    if not (number.isascii() and number.isdigit()):
        return "An NPI is made of digits 0 to 9 only."
    if len(number) != 10:
        return f"An NPI has 10 digits; this has {len(number)}."
    if number[0] not in "12":
        return "An NPI begins with 1 or 2."
    if not luhn.is_valid("80840" + number):
        return "The last digit does not match the others. Check it against your NPPES record."
    return ""


def australian_provider_number_error(number: str) -> str:
    """Say what is wrong with a cleaned Medicare Australia provider number; "" where nothing is.

    A stem of six digits (a shorter one is padded with zeros), a practice location character and a
    check character: the weighted sum of the first seven modulo 11.
    Source: Services Australia, format of the Medicare provider number.
    """
    number = number.upper().rjust(8, "0")
    places, checks = "0123456789ABCDEFGHJKLMNPQRTUVWXY", "YXWTLKJHFBA"
    if not re.fullmatch(r"[0-9]{6}[0-9A-HJ-NP-RT-Y][ABFHJKLTWXY]", number):
        return "A provider number is 6 digits, a location letter or digit, and a check letter."
    weighted = sum(
        int(digit) * weight for digit, weight in zip(number[:6], (3, 5, 8, 4, 2, 1), strict=True)
    )
    if checks[(weighted + places.index(number[6]) * 6) % 11] != number[7]:
        return "The check letter does not match the others. Check it against your Medicare letter."
    return ""


_PROVIDER_NUMBERS: dict[str, Callable[[str], str]] = {
    "US": npi_error,
    "AU": australian_provider_number_error,
}


def provider_number_error(number: str, *, country: str) -> str:
    """Say what is wrong with a cleaned individual provider number; other countries: nothing."""
    return _PROVIDER_NUMBERS.get(country, lambda _: "")(number)


def tax_id_error(number: str, kind: str) -> str:
    """Say what is wrong with a cleaned US tax ID of a kind; "" where nothing is.

    An EIN's first two digits are not looked at here: the IRS adds prefixes, so an unknown one is
    a warning (`is_unknown_ein_prefix`). ITIN: python-stdnum doesn't know the fourth and fifth
    digits 50 to 65, issued for years, so these are accepted beside what it knows.
    """
    if kind not in {"EIN", "SSN", "ITIN"}:
        return ""
    if not (number.isascii() and number.isdigit() and len(number) == 9):
        return f"An {kind} has 9 digits."
    if kind == "SSN" and not ssn.is_valid(number):
        return "No SSN looks like this. Check it, or choose another kind."
    if kind == "ITIN" and not (
        itin.is_valid(number) or (number[0] == "9" and 50 <= int(number[3:5]) <= 65)
    ):
        return "No ITIN looks like this. Check it, or choose another kind."
    return ""


def is_unknown_ein_prefix(number: str) -> bool:
    """Say whether the first two digits of an EIN are none that the IRS is known to give."""
    return not ein.is_valid(number)


def show_tax_id(number: str, kind: str) -> str:
    """Write a tax ID as people do: 12-3456789 for an EIN, 123-45-6789 for an SSN or ITIN."""
    if len(number) != 9 or not number.isdigit():
        return number
    if kind == "EIN":
        return f"{number[:2]}-{number[2:]}"
    return f"{number[:3]}-{number[3:5]}-{number[5:]}"


def mask_tax_id(number: str, kind: str) -> str:
    """Write a tax ID with all but its last four hidden."""
    shown = show_tax_id(number, kind)
    return "".join("•" if c.isalnum() else c for c in shown[:-4]) + shown[-4:]


def taxonomy_error(code: str) -> str:
    """Say what is wrong with a taxonomy code; "" where nothing is. Source: NUCC code set form."""
    if re.fullmatch(r"[0-9]{2}[0-9A-Z]{7}X", code):
        return ""
    return "A taxonomy code has 10 characters and ends with X, like 133V00000X."
