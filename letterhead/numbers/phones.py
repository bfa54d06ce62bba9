"""Phone numbers: read as people type them, saved as E.164, shown the way their country does."""

import re

import phonenumbers
from django.utils.translation import pgettext
from phonenumbers import PhoneNumberFormat

# Words for an extension: those that phonenumbers reads, and those that it takes for more digits.
_KNOWN = ("ext", "extension", "extensión", "int", "anexo")
_FURTHER = ("poste", "durchwahl", "dw", "interno", "ramal")
_EXTENSION = re.compile(
    rf"(?<=[0-9)])[\s,;]*(?:{'|'.join(_FURTHER)})\.?\s*(?=[0-9]{{1,7}}\s*$)", re.IGNORECASE
)


class NotAPhoneNumber(Exception):
    """What was typed isn't a phone number, in that country or with a country code."""


class NoAreaCode(NotAPhoneNumber):
    """Seven digits where a North American number has ten."""


def read_phone(typed: str, *, country: str) -> tuple[str, str]:
    """Return (E.164, extension) for a number typed in `country` (ISO 3166-1 alpha-2).

    Raises NotAPhoneNumber, NoAreaCode if only that is missing.
    """
    try:
        parsed = phonenumbers.parse(_EXTENSION.sub(" ext. ", typed), country)
    except phonenumbers.NumberParseException as error:
        raise NotAPhoneNumber from error
    extension = parsed.extension or ""
    if parsed.country_code == 1 and len(str(parsed.national_number)) == 7:
        raise NoAreaCode
    if not phonenumbers.is_valid_number(parsed) or len(extension) > 7:
        raise NotAPhoneNumber
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164), extension


def show_phone(number: str, *, extension: str = "", country: str) -> str:
    """Return a number as `country` writes it, foreign numbers internationally.

    With an extension: (212) 555-0142 ext. 3, in the language that is spoken if `read_phone` reads
    its word back. A text that isn't a phone number comes back unchanged.
    """
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    at_home = phonenumbers.country_code_for_region(country) == parsed.country_code
    way = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    shown = phonenumbers.format_number(parsed, way)
    if not extension:
        return shown
    word = pgettext("before a phone extension, as poste or Durchwahl", "ext.")
    return f"{shown} {read_back(word)} {extension}"


def read_back(word: str) -> str:
    """Return a word for an extension, or "ext." if `read_phone` wouldn't read it back."""
    return word if word.casefold().rstrip(".") in {*_KNOWN, *_FURTHER} else "ext."
