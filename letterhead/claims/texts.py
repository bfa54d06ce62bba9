"""How dates, money, numbers and addresses are written on the CMS-1500."""

import datetime as dt
import re
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from letterhead.billing.contents import ServiceLinePicture
from letterhead.billing.problems import Place
from letterhead.claims.grid import BOXES, Key
from letterhead.countries.table import country_of
from letterhead.details.letterhead import Address
from letterhead.places.address_forms import letters_of_state
from letterhead.places.countries import US_TERRITORIES
from letterhead.texts.claim_letters import fold

_TAX_ID: Key = ("25", "federal tax ID")
_SHOWN = 4  # last characters of the tax ID
_PRINTABLE = re.compile(r"[A-Z0-9 ,./&-]*")


class Printed(NamedTuple):
    """One value of the form and where it was entered."""

    key: Key
    text: str
    place: Place
    field: str

    @property
    def fits(self) -> bool:
        """Whether the box holds all of it, in letters the form can print."""
        box = BOXES.get(self.key)
        return bool(box and len(self.text) <= box.width and _PRINTABLE.fullmatch(self.text))

    @property
    def item(self) -> str:
        return self.key[0]

    @property
    def field_of_form(self) -> str:
        return self.key[1]


def seen(printed: Printed) -> str:
    """What pages show of a value: more people see them than the paper."""
    if printed.key != _TAX_ID:
        return printed.text
    return "•" * len(printed.text[:-_SHOWN]) + printed.text[-_SHOWN:]


class Writer:
    """Collects the values of one form. `at` is the place where the next ones were entered."""

    def __init__(self) -> None:
        self.values: list[Printed] = []
        self.at = Place.VISIT

    def __call__(self, item: str, field_of_form: str, text: str, field: str) -> None:
        """Write a text that is already in the form's letters; an empty one isn't written."""
        if text:
            self.values.append(Printed((item, field_of_form), text, self.at, field))

    def date(self, item: str, what: str, date: dt.date | None, field: str) -> None:
        """Write a date of eight digits into its three gaps."""
        if date:
            self._date(item, what, date_in_gaps(date), field)

    def short_date(self, item: str, what: str, date: dt.date | None, field: str) -> None:
        """Write a date of six digits, as 24A has them: one claim doesn't mix six and eight.

        Source: Medicare Claims Processing Manual, chapter 26, section 10.4; dates of birth and of
        signatures (items 3, 9b, 11a, 12, 31) aside.
        """
        if date:
            month, day, year = date_in_gaps(date)
            self._date(item, what, (month, day, year[-2:]), field)

    def _date(self, item: str, what: str, parts: tuple[str, str, str], field: str) -> None:
        for part, digits in zip(("month", "day", "year"), parts, strict=True):
            self(item, f"{what} {part}", digits, field)

    def sex(self, item: str, whose: str, sex: str, field: str) -> None:
        """Mark M or F; neither where it is unknown."""
        if sex:
            self(item, f"{whose}sex {sex} X", "X", field)

    def yes_or_no(self, item: str, what: str, answer: bool, field: str) -> None:
        """Mark one of a pair."""
        self(item, f"{what} {'YES' if answer else 'NO'} X", "X", field)

    def money(self, item: str, what: str, amount: Decimal, field: str) -> None:
        """Write dollars and cents into their columns, without sign, comma or point."""
        dollars, _, cents = f"{amount:.2f}".partition(".")
        self(item, f"{what} dollars", dollars, field)
        self(item, f"{what} cents", cents, field)

    def address(self, item: str, whose: str, address: Address, phone: str, prefix: str) -> None:
        """Write items 5 and 7: street, city, state, ZIP and phone in their own boxes."""
        self(item, f"{whose} street", street(address), f"{prefix}line1")
        self(item, f"{whose} city", fold(address.city), f"{prefix}city")
        self(item, f"{whose} state", state(address), f"{prefix}state")
        self(item, f"{whose} zip", zip_code(address), f"{prefix}postal_code")
        area, number = phone_parts(phone)
        self(item, f"{whose} phone area", area, f"{prefix}phone")
        self(item, f"{whose} phone number", number, f"{prefix}phone")

    def service_line(self, row: int, line: ServiceLinePicture, prefix: str) -> None:
        """Write the visit's part of a service line, upper half included."""
        at = f"line {row}"
        supplemental = _as_typed(line.supplemental)
        self("24", f"{at} shaded supplemental", supplemental, f"{prefix}supplemental")
        self("24H", f"{at} EPSDT reason shaded", fold(line.epsdt_reason), f"{prefix}epsdt_reason")
        self.short_date("24A", f"{at} from", line.service_on, f"{prefix}service_on")
        until_field = f"{prefix}until" if line.until else f"{prefix}service_on"
        self.short_date("24A", f"{at} to", line.until or line.service_on, until_field)
        place_of_service = fold(line.place_of_service)
        self("24B", f"{at} place of service", place_of_service, f"{prefix}place_of_service")
        self("24C", f"{at} emergency", "Y" if line.emergency else "", f"{prefix}emergency")
        self("24D", f"{at} procedure code", code(line.code), f"{prefix}code")
        for n, modifier in enumerate(line.modifiers, start=1):
            self("24D", f"{at} modifier {n}", code(modifier), f"{prefix}modifiers")
        self("24E", f"{at} diagnosis pointers", code(line.pointers), f"{prefix}pointers")
        self.money("24F", f"{at} charge", line.charge, f"{prefix}charge")
        self("24G", f"{at} units", units(line.units), f"{prefix}units")
        self("24H", f"{at} family plan", "Y" if line.family_plan else "", f"{prefix}family_plan")


def _as_typed(supplemental: str) -> str:
    """A text in the form's letters with its blanks, those in front too, and decimal points."""
    parts = re.split(r"(?<=[0-9])\.(?=[0-9])", supplemental)
    front = supplemental[: len(supplemental) - len(supplemental.lstrip(" "))]
    return front + ".".join(fold(part, keep_blanks=True) for part in parts)


def code(typed: str) -> str:
    """A code or number without blanks, hyphens and points: Z71.3 is Z713."""
    return fold(typed).replace(" ", "").replace("-", "")


def date_in_gaps(date: dt.date) -> tuple[str, str, str]:
    """Month, day and year, each with all its digits."""
    return f"{date.month:02}", f"{date.day:02}", f"{date.year:04}"


def is_whole_cents(amount: Decimal) -> bool:
    """Whether an amount has no fractions of a cent, which the form couldn't show."""
    return amount == Decimal(f"{amount:.2f}")


def units(amount: Decimal) -> str:
    """Whole units without a point, others with it."""
    return f"{amount.normalize():f}"


def phone_parts(e164: str) -> tuple[str, str]:
    """Area code and number of a North American phone; "" for others, which have no box."""
    if re.fullmatch(r"\+1[0-9]{10}", e164):
        return e164[2:5], e164[5:]
    return "", ""


def zip_code(address: Address) -> str:
    """The ZIP's digits without hyphen."""
    return code(address.postal_code)


def street(address: Address) -> str:
    """Both lines of the street on one."""
    return fold(f"{address.line1} {address.line2}")


def as_claims_see_it(address: Address) -> Address:
    """An address with the territories of the United States as the states that they are there.

    Source: X12, answer to RFI 1686 on 837P's N404.
    """
    if address.country in US_TERRITORIES:
        return replace(address, state=address.country, country="US")
    return address


def state(address: Address) -> str:
    """A state's letters; elsewhere those of ISO 3166-2, which 837P has in N402 and N407, or ""."""
    found = as_claims_see_it(address)
    if country_of(found.country).has_us_addresses:
        return fold(found.state)
    return letters_of_state(found.state, country=found.country)


def city_state_zip(address: Address) -> str:
    """CITY ST ZIP9 with blanks between."""
    parts = fold(address.city), state(address), zip_code(address)
    return " ".join(filter(None, parts))


def same_address(one: Address, other: Address) -> bool:
    """Whether two addresses are the same, however they were typed; ZIPs by their first five."""

    def written(address: Address) -> tuple[str, ...]:
        country = as_claims_see_it(address).country
        code = zip_code(address)[: 5 if country_of(country).has_us_addresses else None]
        return street(address), fold(address.city), state(address), code, country

    return written(one) == written(other)
