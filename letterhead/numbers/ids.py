"""The rules for a clinician's and a practice's numbers, and how they are cleaned and shown."""

import re

from django.utils.translation import gettext as _
from stdnum import luhn
from stdnum.us import ein, itin, ssn

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015]+")


def clean_number(typed: str) -> str:
    """Return what was typed without spaces and hyphens."""
    return _SEPARATORS.sub("", typed)


def npi_error(number: str) -> str:
    """Return what is wrong with a cleaned NPI and what to do, "" if nothing is.

    Ten ASCII digits, the first 1 or 2, the last the Luhn digit of 80840 and the first nine.
    Source: 45 CFR 162.406 and the CMS paper on its check digit.
    """
    if not (number.isascii() and number.isdigit()):
        return _("An NPI has only digits, 0 to 9.")
    if len(number) != 10:
        return _("An NPI has 10 digits. This one has %(count)d.") % {"count": len(number)}
    if number[0] not in "12":
        return _("An NPI starts with 1 or 2.")
    if not luhn.is_valid("80840" + number):
        return _("The last digit does not match the others. Check it against your NPPES record.")
    return ""


def tax_id_error(number: str, kind: str) -> str:
    """Return what is wrong with a cleaned US tax ID of this kind, "" if nothing is.

    An EIN's first two digits are not checked here: the IRS adds prefixes, so an unknown one is
    only a warning (`is_unknown_ein_prefix`). ITIN: python-stdnum rejects the fourth and fifth
    digits 50 to 65, which have been issued for years, so they are accepted here.
    """
    if kind not in {"EIN", "SSN", "ITIN"}:
        return ""
    if not (number.isascii() and number.isdigit() and len(number) == 9):
        return _("An %(kind)s has 9 digits.") % {"kind": kind}
    if kind == "SSN" and not ssn.is_valid(number):
        return _("This isn't a valid SSN. Check it, or choose another kind.")
    if kind == "ITIN" and not (
        itin.is_valid(number) or (number[0] == "9" and 50 <= int(number[3:5]) <= 65)
    ):
        return _("This isn't a valid ITIN. Check it, or choose another kind.")
    return ""


def is_unknown_ein_prefix(number: str) -> bool:
    """Whether the first two digits of an EIN aren't a prefix that the IRS is known to use."""
    return not ein.is_valid(number)


def show_tax_id(number: str, kind: str) -> str:
    """Return a tax ID with hyphens: 12-3456789 for an EIN, 123-45-6789 for an SSN or ITIN."""
    if len(number) != 9 or not number.isdigit():
        return number
    if kind == "EIN":
        return f"{number[:2]}-{number[2:]}"
    return f"{number[:3]}-{number[3:5]}-{number[5:]}"


def masked(shown: str) -> str:
    """Return a number, as it is written, with all but its last four characters hidden."""
    return "".join("•" if c.isalnum() else c for c in shown[:-4]) + shown[-4:]


def taxonomy_error(code: str) -> str:
    """Return what is wrong with a taxonomy code, "" if nothing is. Source: NUCC code set."""
    if re.fullmatch(r"[0-9]{2}[0-9A-Z]{7}X", code):
        return ""
    return _("A taxonomy code has 10 characters and ends with X, like 133V00000X.")


def service_code_error(code: str) -> str:
    """Return what is wrong with a CPT or HCPCS code, "" if nothing is.

    CPT: five digits, or four and one of F, M, T and U. HCPCS: a letter from A to V and four digits.
    """
    if re.fullmatch(r"[0-9]{4}[0-9FMTU]|[A-V][0-9]{4}", code):
        return ""
    if re.fullmatch(r"[0-9A-V][0-9OIL]{4}", code):
        return _("Codes have digits where this one has letters. Check O and 0, I and 1.")
    return _("Enter a code of 5 characters, like 97802 or G0270.")
