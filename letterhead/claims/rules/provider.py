"""Rules of items 24I to 33b: what a payer asks of the letterhead, before any visit exists."""

import re
from collections.abc import Callable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.billing.contents import Contents
from letterhead.billing.problems import Place
from letterhead.claims.asked import (
    NOT_AT_A_FACILITY,
    TAXONOMY,
    asks_for_taxonomy,
    billing_npi,
    facility_of,
    other_id_in_24j,
)
from letterhead.claims.rules.rule import (
    GUIDE,
    WHOLE,
    Rows,
    Rule,
    address_is_right,
    needs,
    needs_address,
    npi_is_right,
    prints,
    warns,
    zip_has_nine,
)
from letterhead.claims.texts import code, phone_parts, street
from letterhead.details.letterhead import (
    Address,
    BillingPractice,
    PersonName,
    PlaceOfCare,
    is_renewed,
)
from letterhead.details.names import signature
from letterhead.numbers.ids import is_unknown_ein_prefix, tax_id_error, taxonomy_error
from letterhead.texts.claim_letters import fold

_MINE, _BILLING, _PRACTICE = Place.MY_DETAILS, Place.BILLING, Place.PRACTICE
_QUALIFIERS_OF_24I = {"0B", "1G", "G2", "LU", "ZZ"}
# A box where mail is picked up, as people write it, in a claim's letters: "PO Box, Lock Box or the
# like" (X12, answer to RFI 1451 on 837P's 2010AA). Some have tried P0 with a zero.
_PO_BOX = re.compile(
    r"\b(P[ /-]?[O0][ -]?BOX(?![A-Z])|POST[ -]OFFICE[ -]BOX|"
    r"(P[ /-]?[O0][ -]?B|POST(AL)?[ -]?BOX|LOCK[ -]?BOX|POSTFACH|APARTADO) ?(NO )?[0-9])"
)
# What may be one: not the box of a rural route (RR 2 BOX 5), which stands where the house does.
_BOX = re.compile(r"^BOX ?(NO )?[0-9]|\bPMB ?[0-9]")
_IRS = "IRS: forms of EIN, SSN and ITIN"
LICENSE_EXPIRED = "31-license-expired"


def _practice(contents: Contents) -> BillingPractice:
    return contents.letterhead.practice


def _npi(contents: Contents) -> str:
    return contents.letterhead.clinician.npi


def _row(field: str) -> int:
    return int(field.split("-")[1])  # other_ids-0-number


def _pair(contents: Contents) -> Rows:
    qualifier, number, place, field = other_id_in_24j(contents)
    if place is _MINE and field and not (qualifier and number):
        yield (
            _row(field),
            gettext("A number and its qualifier need each other. Enter both or neither."),
        )


def _qualifier(contents: Contents) -> Rows:
    qualifier, number, place, field = other_id_in_24j(contents)
    mine = place is _MINE and qualifier and number
    if mine and qualifier not in _QUALIFIERS_OF_24I:
        words = gettext(
            "%(qualifier)s isn't on form 02/12 anymore. Choose G2 for a payer's number."
        )
        yield _row(field), words % {"qualifier": qualifier}


def _own_taxonomy(contents: Contents) -> str | None:
    return other_id_in_24j(contents)[1] if asks_for_taxonomy(contents) else None


def _own_taxonomy_form(contents: Contents) -> Rows:
    qualifier, number, _place, field = other_id_in_24j(contents)
    if qualifier == TAXONOMY and number and (wrong := taxonomy_error(number)):
        yield _row(field), wrong


def _taxonomy(contents: Contents) -> str | None:
    has_number = contents.payer and contents.payer.billing_other_id  # which takes its place in 33b
    asked = asks_for_taxonomy(contents) and not has_number
    return _practice(contents).taxonomy if asked else None


def _taxonomy_form(contents: Contents) -> str:
    return taxonomy_error(taxonomy) if (taxonomy := _taxonomy(contents)) else ""


def _tax_id(contents: Contents) -> str:
    tax_id = _practice(contents).tax_id
    return tax_id.number if tax_id else ""


def _tax_id_kind(contents: Contents) -> str:
    tax_id = _practice(contents).tax_id
    known = tax_id is None or tax_id.kind in {"EIN", "SSN", "ITIN"}
    return "" if known else gettext("Choose whether the tax ID is an EIN or an SSN.")


def _tax_id_form(contents: Contents) -> str:
    tax_id = _practice(contents).tax_id
    return tax_id_error(tax_id.number, tax_id.kind) if tax_id and tax_id.number else ""


def _ein_prefix(contents: Contents) -> str:
    tax_id = _practice(contents).tax_id
    if tax_id is None or tax_id.kind != "EIN" or _tax_id_form(contents):
        return ""
    words = gettext("No known EIN begins with these digits. Check the number.")
    return words if is_unknown_ein_prefix(tax_id.number) else ""


def _signed_name(contents: Contents) -> PersonName | None:
    clinician = contents.letterhead.clinician
    return clinician.claim_name if clinician.signature == "name" else None


def _signed_last_name(contents: Contents) -> str | None:
    return name.last if (name := _signed_name(contents)) else None


def _licenses(contents: Contents) -> Rows:
    licenses, day = contents.letterhead.clinician.licenses, contents.visit.visited_on
    for n, license in enumerate(licenses):
        if license.expires and license.expires < day and not is_renewed(license, licenses, day):
            words = gettext("License %(number)s had expired by the day of the visit.")
            yield n, words % {"number": license.number}


def _facility(contents: Contents) -> PlaceOfCare | None:
    """The location in item 32; None where that is empty or shows the client's home."""
    facility = facility_of(contents)
    return facility.place if facility and facility.entered_at is Place.LOCATION else None


def _two_places(contents: Contents) -> str:
    lines = {line.place_of_service.strip() for line in contents.visit.lines}
    if len(lines) < 2:
        return ""
    words = gettext(
        "The lines have several places of service (%(places)s), and item 32 has room for one. Bill "
        "them on separate claims, or check the lines."
    )
    return words % {"places": ", ".join(sorted(lines))}


def _facility_name(contents: Contents) -> str | None:
    return facility.name if (facility := _facility(contents)) else None


def _facility_address(contents: Contents) -> Address | None:
    return facility.address if (facility := _facility(contents)) else None


def _facility_npi(contents: Contents) -> str | None:
    return facility.npi if (facility := _facility(contents)) else None


def _no_address(contents: Contents) -> str:
    location = contents.letterhead.location
    if location is None or location.place_of_service in NOT_AT_A_FACILITY or _is_placed(location):
        return ""
    return gettext(
        "The location has no address, so item 32 stays empty. Enter it, or choose “Same as the "
        "practice’s address”."
    )


def _unsent_number(contents: Contents) -> Rows:
    """The location's own numbers where item 32, which has their boxes, isn't filled."""
    location = contents.letterhead.location
    if location is None or _facility(contents) or _no_address(contents):
        return
    words = gettext(
        "Item 32 stays empty, since the location's address is the practice's, so number %(number)s "
        "isn't sent. Enter the location's own address, or remove the number."
    )
    if location.place_of_service in NOT_AT_A_FACILITY:
        words = gettext(
            "Item 32 stays empty for telehealth and visits at home, so the location's number "
            "%(number)s isn't sent. Remove it, or choose another place of service."
        )
    own_npi = location.npi if code(location.npi) != code(billing_npi(contents)[0]) else ""
    for field, number in (("npi", own_npi), ("other_id", location.other_id)):
        if number:
            yield field, words % {"number": number}


def _is_placed(location: PlaceOfCare) -> bool:
    return bool(location.address.line1 or location.address.city)


def _holder(contents: Contents) -> PersonName | None:
    practice = _practice(contents)
    return practice.holder if practice.npi_type == "individual" else None


def _of_holder(part: str) -> Callable[[Contents], str | None]:
    return lambda c: str(getattr(holder, part)) if (holder := _holder(c)) else None


def _name(contents: Contents) -> str | None:
    practice = _practice(contents)
    return (practice.legal_name or practice.name) if practice.npi_type == "organization" else None


def _street(contents: Contents) -> str:
    if not _PO_BOX.search(street(_practice(contents).address)):
        return ""
    return gettext("A P.O. box isn't allowed. Enter a street; use the box as remit-to address.")


def _box(contents: Contents) -> str:
    address = _practice(contents).address
    lines = (address.line1, address.line2)
    if _street(contents) or not any(_BOX.search(fold(line)) for line in lines):
        return ""
    return gettext(
        "This looks like a P.O. box or a rented mailbox. Payers want the street address."
    )


def _phone(contents: Contents) -> str:
    phone = _practice(contents).phone
    if phone and phone_parts(phone.number)[0]:
        return ""
    return gettext("The practice has no ten-digit phone number, so its box stays empty.")


def _group_npi(contents: Contents) -> str | None:
    npi, field = billing_npi(contents)
    return npi if field == "group_npi" else None


def _holder_npi(contents: Contents) -> str | None:
    npi, field = billing_npi(contents)
    return npi if field == "holder_npi" else None


_HOLDER = _("Enter the name of the person who bills.")
RULES_OF_PROVIDER: tuple[Rule, ...] = (
    Rule("24I-pair", "24I", _MINE, "other_ids-#-number", "The other ID has its qualifier", _pair),
    Rule("24I-qualifier", "24I", _MINE, "other_ids-#-qualifier",
         "The other ID's qualifier is 0B, 1G, G2, LU or ZZ", _qualifier),
    needs("24J", _MINE, "npi", _("Enter your Individual NPI."), _npi),
    npi_is_right("24J", _MINE, "npi", "The Individual NPI", _npi),
    needs("24J", _MINE, "other_ids",
          _("This payer asks for your taxonomy code. Add it as an other ID with qualifier ZZ."),
          _own_taxonomy),
    Rule("24J-taxonomy-form", "24J", _MINE, "other_ids-#-number",
         "A clinician's taxonomy has ten characters, the last an X", _own_taxonomy_form,
         "NUCC taxonomy code set"),
    needs("25", _BILLING, "tax_id", _("Enter the practice's tax ID and its kind."), _tax_id),
    Rule("25-kind", "25", _BILLING, "tax_id_kind",
         "The practice's tax ID is an EIN or an SSN", _tax_id_kind),
    Rule("25-form", "25", _BILLING, "tax_id",
         "The practice's tax ID has the form of its kind", _tax_id_form, _IRS),
    warns(Rule("25-prefix", "25", _BILLING, "tax_id",
               "An EIN begins with two digits that the IRS is known to give", _ein_prefix), _IRS),
    needs("31", _MINE, "short_signature", _("Enter the short form of your signature."),
          lambda c: signature(c.letterhead.clinician)),
    needs("31", _MINE, "last_name", _("Enter your last name."), _signed_last_name),
    prints("31", _MINE, "claim_", "The signed name", _signed_name,
           _("Enter a name on claims in Latin letters.")),
    warns(Rule(LICENSE_EXPIRED, "31", _MINE, "licenses-#-expires",
               "No license had expired by the day of the visit", _licenses,
               sentence=WHOLE), "State boards"),
    needs("32", Place.LOCATION, "name", _("Enter the location's name."), _facility_name),
    needs_address("32", Place.LOCATION, _("Complete the location's address. Missing: %(parts)s."),
                  _facility_address),
    *address_is_right("32", Place.LOCATION, "The location's address", _facility_address),
    zip_has_nine("32", Place.LOCATION, "The location's address", _facility_address),
    npi_is_right("32a", Place.LOCATION, "npi", "The location's NPI", _facility_npi),
    warns(Rule("32-address-unknown", "32", Place.LOCATION, "line1",
               "The location has an address", _no_address, sentence=WHOLE)),
    warns(Rule("32-numbers-unsent", "32", Place.LOCATION, "#",
               "The location's own numbers are sent, in items 32a and 32b", _unsent_number,
               sentence=WHOLE)),
    warns(Rule("32-two-places", "32", Place.VISIT, "lines-0-place_of_service",
               "All lines of a claim are of one place", _two_places)),
    needs("33", _PRACTICE, "name", _("Enter the practice's name."), _name),
    needs("33", _BILLING, "holder_last_name", _HOLDER, _of_holder("last")),
    needs("33", _BILLING, "holder_first_name", _HOLDER, _of_holder("first")),
    needs_address("33", _PRACTICE, _("Complete the practice's address. Missing: %(parts)s."),
                  lambda c: _practice(c).address),
    prints("33", _BILLING, "holder_", "The name of the person who bills", _holder),
    *address_is_right("33", _PRACTICE, "The practice's address", lambda c: _practice(c).address),
    zip_has_nine("33", _PRACTICE, "The practice's address", lambda c: _practice(c).address),
    Rule("33-po-box", "33", _PRACTICE, "line1",
         "The practice's street isn't a P.O. box", _street),
    warns(Rule("33-box", "33", _PRACTICE, "line1",
               "The practice's street isn't the number of a box", _box), GUIDE),
    warns(Rule("33-phone-missing", "33", _PRACTICE, "phone",
               "The practice has a phone of ten digits", _phone)),
    needs("33a", _BILLING, "group_npi", _("Enter the group NPI."), _group_npi),
    needs("33a", _BILLING, "holder_npi", _("Enter the NPI of the person who bills."), _holder_npi),
    npi_is_right("33a", _BILLING, "group_npi", "The group NPI", _group_npi),
    npi_is_right("33a", _BILLING, "holder_npi", "The NPI of the person who bills", _holder_npi),
    needs("33b", _BILLING, "taxonomy", _("This payer asks for the taxonomy code."), _taxonomy),
    Rule("33b-taxonomy-form", "33b", _BILLING, "taxonomy",
         "A taxonomy that the payer asks for has ten characters, the last an X", _taxonomy_form,
         "NUCC taxonomy code set"),
)  # fmt: skip
