"""What an address is in each country: its parts, their names, their shape. Pure.

`address_forms.json` is made by `python -m tools.address_forms` from Google's address data. It was
measured to use the package itself: its data hold ten times more, and it needs four other packages.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# (as a label, within a sentence), by the kinds of the table
_STATE_NAMES: dict[str, tuple[Promise, Promise]] = {
    "area": (_("Area"), _("area")),
    "county": (_("County"), _("county")),
    "department": (_("Department"), _("department")),
    "district": (_("District"), _("district")),
    "do_si": (_("Province"), _("province")),
    "emirate": (_("Emirate"), _("emirate")),
    "island": (_("Island"), _("island")),
    "oblast": (_("Oblast"), _("oblast")),
    "parish": (_("Parish"), _("parish")),
    "prefecture": (_("Prefecture"), _("prefecture")),
    "province": (_("Province"), _("province")),
    "state": (_("State"), _("state")),
    "": (_("State or region"), _("state or region")),
}
_CODE_NAMES: dict[str, tuple[Promise, Promise]] = {
    "eircode": (_("Eircode"), _("Eircode")),
    "pin": (_("PIN code"), _("PIN code")),
    "postal": (_("Postal code"), _("postal code")),
    "zip": (_("ZIP code"), _("ZIP code")),
    "": (_("Postal code"), _("postal code")),
}
_REST_OF_NAMES = {
    "line1": (_("Address"), _("street")),
    "line2": (_("Address line 2"), _("second line")),
    "city": (_("City"), _("city")),
    "country": (_("Country"), _("country")),
}
# Words that are left out as often as not: Co. Cork is Cork.
_KINDS_OF_STATES = {"co", "county", "district", "governorate", "province"}


class AddressForm(msgspec.Struct, frozen=True):
    """How addresses are in one country, in Latin letters.

    `format` has %A (street), %C (city), %S (state), %Z (postal code) and %n (a new line); what is
    in brackets isn't usual there. `state` and `postal_code` are their kinds, "" where addresses
    have none. Of each state in `states`: the letters of ISO 3166-2, what addresses write, other
    names. With `strict`, states are typed by their letters and codes by their digits only, since
    claims have them in this form.
    """

    format: str = "%A%n%C, %S %Z"
    required: str = "AC"
    state: str = ""
    postal_code: str = ""
    shape: str = ""
    example: str = ""
    states: tuple[tuple[str, ...], ...] = ()
    strict: bool = False

    def has(self, part: str) -> bool:
        """Whether addresses there have a part."""
        return part not in {"state", "postal_code"} or bool(getattr(self, part))

    def needs(self, part: str) -> bool:
        """Whether a letter would not arrive without a part."""
        letter = {"line1": "A", "city": "C", "state": "S", "postal_code": "Z"}.get(part, "-")
        return letter in self.required

    def names(self, part: str) -> tuple[Promise, Promise]:
        """Return what the country calls a part: as a label, and within a sentence."""
        if part == "state":
            return _STATE_NAMES[self.state]
        return _CODE_NAMES[self.postal_code] if part == "postal_code" else _REST_OF_NAMES[part]


def address_form_of(country: str) -> AddressForm:
    """Return the form of a country's addresses (ISO 3166-1 alpha-2)."""
    return _table().get(country) or AddressForm()


def read_postal_code(typed: str, *, country: str) -> str | None:
    """Return a postal code as its country writes it: K1A 0B1 for k1a0b1; None if it can't be one.

    The letters of a country before it, D-10115, are left out where they aren't part of it.
    """
    form = address_form_of(country)
    code = " ".join(typed.upper().split())
    if not form.shape or not code:
        return code
    plain = re.sub(r"[ .-]", "", code)
    lead = re.match(r"(?:[A-Z]+[ -]?)?", form.example)
    sign = re.sub(r"[A-Z0-9]", "", form.example)[:1]
    for digits in (plain, re.sub(r"^[A-Z]+", "", plain), f"{lead[0] if lead else ''}{plain}"):
        divided = [
            f"{digits[:at]}{between}{digits[at:]}"
            for between in ("-", " ")
            for at in range(1, len(digits))
        ]
        divided.sort(key=lambda written: sign not in written)
        for written in [*divided, digits] if sign else [digits, *divided]:
            if re.fullmatch(form.shape, written, re.ASCII):
                return written
    return None


def read_state(typed: str, *, country: str) -> str | None:
    """Return a state as addresses write it: ON for Ontario; None if the country has no such.

    What is typed comes back where we don't know a country's states.
    """
    states = _states_of(country)
    row = states.get(_key(typed)) if states else ("", typed)
    return row[1] if row else None


def letters_of_state(typed: str, *, country: str) -> str:
    """Return a state's part of its ISO 3166-2 code: CO for Co. Cork; "" if unknown."""
    row = _states_of(country).get(_key(typed))
    return row[0] if row else ""


@cache
def _table() -> dict[str, AddressForm]:
    text = Path(__file__).with_name("address_forms.json").read_bytes()
    return msgspec.json.decode(text, type=dict[str, AddressForm])


@cache
def _states_of(country: str) -> dict[str, tuple[str, ...]]:
    """Return the states of a country by each of their names, then by their letters."""
    rows = address_form_of(country).states
    known = {_key(name): row for row in reversed(rows) for name in row[1:]}
    return known | {key: row for row in rows if (key := _key(row[0])) and key not in known}


def _key(name: str) -> str:
    """Return a name without case, accents, signs, and the word for what it is."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    words = re.findall(r"[^\W_]+", plain.replace(".", ""))
    return "".join(word for word in words if word not in _KINDS_OF_STATES) or "".join(words)
