"""Rules of items 1 to 23, and of 26 to 29: payer, client, policy and visit."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.billing.contents import Contents, DateRange, PolicyPicture
from letterhead.billing.problems import Place
from letterhead.claims.asked import is_for_medicare, is_medicare_first, member_id
from letterhead.claims.rules.rule import (
    CHAPTER_26,
    HABIT,
    WHOLE,
    Rows,
    Rule,
    abroad,
    address_is_right,
    needs,
    needs_address,
    no_state,
    npi_is_right,
    prints,
    warns,
)
from letterhead.claims.texts import code, is_whole_cents
from letterhead.codes.icd_10_cm import SHAPE
from letterhead.details.letterhead import Address, PersonName
from letterhead.places.countries import country_name
from letterhead.texts.claim_letters import fold

_PAYER, _CLIENT, _POLICY, _VISIT = Place.PAYER, Place.CLIENT, Place.POLICY, Place.VISIT
_QUALIFIERS_OF_14 = {"431", "484"}
_QUALIFIERS_OF_15 = {"090", "091", "304", "439", "444", "453", "454", "455", "471"}
_QUALIFIERS_OF_17A = {"0B", "1G", "G2", "LU"}
# CMS: letters without S, L, O, I, B and Z, at places 2, 5, 8 and 9.
_L, _D = "[AC-HJKMNP-RT-Y]", "[0-9]"
_MBI = re.compile(f"[1-9]{_L}({_L}|{_D}){_D}{_L}({_L}|{_D}){_D}{_L}{_L}{_D}{_D}")
_NO_POLICY = _("Add a policy to the client if there is none. Then choose it as the visit's policy.")


def _payer_address(contents: Contents) -> str:
    if contents.payer is None or contents.payer.address.line1:
        return ""
    return gettext("The payer has no address, so the top of the form shows only its name.")


def _payer_abroad(contents: Contents) -> str:
    found = abroad(contents.payer.address if contents.payer else None)
    words = gettext(
        "The payer's block at the top has no room for the country, %(country)s. Write it on the "
        "envelope."
    )
    return words % {"country": country_name(found.country)} if found else ""


def _mbi(contents: Contents) -> str:
    number = member_id(contents)
    if not is_for_medicare(contents) or not number or _MBI.fullmatch(number):
        return ""
    return gettext(
        "“%(number)s” isn't a Medicare number (MBI). Enter the eleven characters on the client's "
        "Medicare card, like 1EG4-TE5-MK73."
    ) % {"number": number}


def _medicare_of_another(contents: Contents) -> str:
    policy = contents.policy
    if not policy or policy.relationship == "self" or not is_medicare_first(contents):
        return ""
    return gettext("Everyone with Medicare is the insured. Choose Self.")


def _of_policy(attribute: str) -> Callable[[Contents], str | None]:
    return lambda c: str(getattr(c.policy, attribute)) if c.policy else None


def _of_another_plan(attribute: str) -> Callable[[Contents], str | None]:
    """The same of another plan, which 11d speaks of; for Medigap there is a rule of its own."""
    return lambda c: _of_policy(attribute)(c) if _another_plan(c) else None


def _insured_name(contents: Contents) -> PersonName | None:
    return contents.policy.insured.name if contents.policy and contents.policy.insured else None


def _insured_last_name(contents: Contents) -> str | None:
    policy, name = contents.policy, _insured_name(contents)
    if policy is None or (policy.relationship == "self" and name is None):
        return None
    if policy.insured and policy.insured.organization:
        return policy.insured.organization
    return name.last if name else ""


def _insured_address(contents: Contents) -> Address | None:
    return contents.policy.insured.address if contents.policy and contents.policy.insured else None


def _insured_lives(contents: Contents) -> str:
    address = _insured_address(contents)
    return "" if address is None or address.line1 else gettext("The insured has no address.")


def _insured_born(contents: Contents) -> str:
    insured = contents.policy and contents.policy.insured
    born = not insured or insured.birth_date or insured.organization
    return "" if born else gettext("The insured has no birth date.")


def _another_plan(contents: Contents) -> PolicyPicture | None:
    policy = contents.policy
    return policy if policy and policy.another_plan and not is_medicare_first(contents) else None


def _other_insured_name(contents: Contents) -> PersonName | None:
    plan = _another_plan(contents)
    return (plan.other_insured_name or PersonName()) if plan else None


def _other_insured_last_name(contents: Contents) -> str | None:
    name = _other_insured_name(contents)
    return None if name is None else name.last


def _other_claim(contents: Contents) -> str:
    policy = contents.policy
    if not policy or bool(fold(policy.other_claim_qualifier)) == bool(fold(policy.other_claim_id)):
        return ""
    return gettext("A claim number and its qualifier need each other. Enter both or neither.")


def _born_before(contents: Contents) -> str:
    born = contents.client.birth_date
    if born and born > contents.visit.visited_on:
        return gettext("The client's birth date is after the visit. Check it.")
    return ""


def _accident_state(contents: Contents) -> str | None:
    visit = contents.visit
    return visit.auto_accident_state if visit.auto_accident else None


def _dated(
    known: set[str], dated: Callable[[Contents], tuple[dt.date | None, str]]
) -> Callable[[Contents], str]:
    def wrong(contents: Contents) -> str:
        date, qualifier = dated(contents)
        if not (date or qualifier) or (date and fold(qualifier) in known):
            return ""
        words = gettext("Enter a date and one of these qualifiers: %(qualifiers)s.")
        return words % {"qualifiers": ", ".join(sorted(known))}

    return wrong


def _in_order(dates: Callable[[Contents], DateRange]) -> Callable[[Contents], str]:
    def wrong(contents: Contents) -> str:
        since, until = dates(contents).since, dates(contents).until
        words = gettext("The last day is before the first day. Check both dates.")
        return words if since and until and until < since else ""

    return wrong


def _referrer_name(contents: Contents) -> PersonName | None:
    return contents.visit.referrer.name if contents.visit.referrer else None


def _referrer_npi(contents: Contents) -> str | None:
    return contents.visit.referrer.npi if contents.visit.referrer else None


def _referrer_without_npi(contents: Contents) -> str:
    referrer = contents.visit.referrer
    words = gettext("The referring provider has no NPI. Most payers ask for it.")
    return words if referrer and not referrer.npi and not is_for_medicare(contents) else ""


def _referrer_pair(contents: Contents) -> str:
    referrer = contents.visit.referrer
    if not referrer or bool(fold(referrer.other_id)) == bool(fold(referrer.other_id_qualifier)):
        return ""
    return gettext("A number and its qualifier need each other. Enter both or neither.")


def _referrer_qualifier(contents: Contents) -> str:
    referrer = contents.visit.referrer
    if not referrer or not fold(referrer.other_id):
        return ""
    qualifier = fold(referrer.other_id_qualifier)
    misplaced = qualifier == "LU" and referrer.qualifier != "DQ"
    if not qualifier or (qualifier in _QUALIFIERS_OF_17A and not misplaced):
        return ""
    words = gettext("%(qualifier)s isn't allowed. Use 0B, 1G or G2, or LU for a supervisor.")
    return words % {"qualifier": qualifier}


def _diagnoses(contents: Contents) -> Rows:
    for n, diagnosis in enumerate(contents.visit.diagnoses):
        if not SHAPE.fullmatch(code(diagnosis)):
            words = gettext("“%(typed)s” isn't an ICD-10-CM code. Enter it like Z71.3.")
            yield n, words % {"typed": diagnosis}


def _amount(amount: Callable[[Contents], Decimal | None]) -> Callable[[Contents], str]:
    def wrong(contents: Contents) -> str:
        found = amount(contents) or Decimal(0)
        fine = found >= 0 and is_whole_cents(found)
        return "" if fine else gettext("Enter an amount in whole cents that isn't negative.")

    return wrong


def _overpaid(contents: Contents) -> str:
    words = gettext("The amount paid is more than the charges.")
    return words if contents.visit.amount_paid > contents.total else ""


RULES_OF_VISIT: tuple[Rule, ...] = (
    needs("carrier", _PAYER, "name", _("Enter the payer's name."),
          lambda c: c.payer.name if c.payer else None),
    warns(
        Rule("carrier-address-missing", "carrier", _PAYER, "line1", "The payer has an address",
             _payer_address, sentence=WHOLE),
        HABIT,
    ),
    warns(Rule("carrier-country", "carrier", _PAYER, "country", "The payer is in the United States",
               _payer_abroad, sentence=WHOLE)),
    needs("1", _VISIT, "policy", _NO_POLICY, lambda c: "X" if c.payer else ""),
    needs("1a", _POLICY, "member_id", _("Enter the member ID."), _of_policy("member_id")),
    needs("1a", _VISIT, "policy", _NO_POLICY, lambda c: "X" if c.policy else ""),
    Rule("1a-mbi", "1a", _POLICY, "member_id",
         "A Medicare number has the form of an MBI", _mbi, "CMS: Medicare Beneficiary Identifier"),
    needs("2", _CLIENT, "last_name", _("Enter the client's last name."),
          lambda c: c.client.name.last),
    prints("2", _CLIENT, "", "The client's name",
           lambda c: None if c.policy and c.policy.client_name else c.client.name),
    needs("3", _CLIENT, "birth_date", _("Enter the client's birth date."),
          lambda c: str(c.client.birth_date or "")),
    Rule("3-born-before", "3", _CLIENT, "birth_date",
         "The client is born before the visit", _born_before),
    needs("4", _POLICY, "insured_last_name", _("Enter the insured's name."), _insured_last_name),
    prints("4", _POLICY, "insured_", "The insured's name", _insured_name),
    needs_address("5", _CLIENT, _("Complete the client's address. Missing: %(parts)s."),
                  lambda c: c.client.address),
    *address_is_right("5", _CLIENT, "The client's address", lambda c: c.client.address),
    Rule("6-medicare-self", "6", _POLICY, "relationship",
         "Nobody but the client is insured by Medicare", _medicare_of_another, CHAPTER_26),
    warns(Rule("7-insured_line1-missing", "7", _POLICY, "insured_line1",
               "An insured who is not the client has an address", _insured_lives)),
    *address_is_right("7", _POLICY, "The insured's address", _insured_address, "insured_"),
    needs("9", _POLICY, "other_insured_last_name", _("Enter the other insured's name."),
          _other_insured_last_name),
    prints("9", _POLICY, "other_insured_", "The other insured's name", _other_insured_name),
    needs("9a", _POLICY, "other_policy_number",
          _("Enter the other plan's policy number: item 11d is marked Yes."),
          _of_another_plan("other_policy_number")),
    needs("9d", _POLICY, "other_plan_name",
          _("Enter the other plan's name: item 11d is marked Yes."),
          _of_another_plan("other_plan_name")),
    needs("10b", _VISIT, "auto_accident_state", _("Enter the state where the accident happened."),
          _accident_state),
    Rule("10b-state-form", "10b", _VISIT, "auto_accident_state",
         "The accident's state is written with its two letters",
         lambda c: no_state(_accident_state(c) or "")),
    warns(Rule("11a-insured_birth_date-missing", "11a", _POLICY, "insured_birth_date",
               "An insured who is not the client has a birth date", _insured_born)),
    Rule("11b-pair", "11b", _POLICY, "other_claim_id",
         "A claim number has its qualifier", _other_claim),
    Rule("14-qualifier", "14", _VISIT, "onset_qualifier",
         "The date of onset has a qualifier",
         _dated(_QUALIFIERS_OF_14, lambda c: (c.visit.onset_on, c.visit.onset_qualifier))),
    Rule("15-qualifier", "15", _VISIT, "other_date_qualifier",
         "The other date has a qualifier",
         _dated(_QUALIFIERS_OF_15,
                lambda c: (c.visit.other_date, c.visit.other_date_qualifier))),
    Rule("16-order", "16", _VISIT, "unable_to_work_until",
         "Inability to work ends after it began", _in_order(lambda c: c.visit.unable_to_work)),
    needs("17", _VISIT, "referrer_last_name", _("Enter the referring provider's last name."),
          lambda c: c.visit.referrer.name.last if c.visit.referrer else None),
    prints("17", _VISIT, "referrer_", "The referring provider's name", _referrer_name),
    Rule("17a-pair", "17a", _VISIT, "referrer_other_id_qualifier",
         "The referring provider's other ID has its qualifier", _referrer_pair),
    Rule("17a-qualifier", "17a", _VISIT, "referrer_other_id_qualifier",
         "The referring provider's qualifier is 0B, 1G or G2, LU for a supervisor",
         _referrer_qualifier),
    npi_is_right("17b", _VISIT, "referrer_npi", "The referring provider's NPI", _referrer_npi),
    warns(Rule("17b-npi-missing", "17b", _VISIT, "referrer_npi",
               "A referring provider has an NPI", _referrer_without_npi), HABIT),
    Rule("18-order", "18", _VISIT, "hospitalized_until",
         "A hospital stay ends after it began", _in_order(lambda c: c.visit.hospitalized)),
    Rule("20-amount", "20", _VISIT, "outside_lab_charge",
         "An outside lab's charge is whole cents and not negative",
         _amount(lambda c: c.visit.outside_lab_charge)),
    needs("21", _VISIT, "diagnoses-0-code", _("Enter at least one diagnosis."),
          lambda c: "".join(c.visit.diagnoses)),
    Rule("21-form", "21", _VISIT, "diagnoses-#-code",
         "Each diagnosis is written as an ICD-10-CM code", _diagnoses),
    Rule("29-amount", "29", _VISIT, "amount_paid",
         "The amount paid is whole cents and not negative",
         _amount(lambda c: c.visit.amount_paid)),
    warns(Rule("29-overpaid", "29", _VISIT, "amount_paid",
               "No more is paid than charged", _overpaid)),
)  # fmt: skip
