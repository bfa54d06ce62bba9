"""What a claim needs and doesn't have."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from letterhead.billing.contents import Contents
from letterhead.billing.problems import Place, Problem
from letterhead.claims.cms1500 import billing_npi, has_service_facility
from letterhead.details.claim_name import fold
from letterhead.details.letterhead import Address
from letterhead.details.printed import signature


class Need(NamedTuple):
    """A value the form requires: `value` gives it, "" where it is missing, None if not needed."""

    item: str
    place: Place
    field: str
    value: Callable[[Contents], str | None]
    ask: str  # ends the sentence "Item 2 is missing: …"


def missing(contents: Contents) -> Iterator[Problem]:
    """Say what the form requires and the claim lacks."""
    for need in (*_OF_A_CLAIM, *_billing_provider_needs(contents)):
        value = need.value(contents)
        if value is not None and not fold(value):
            yield Problem("error", need.item, _message(need), need.place, need.field)
    yield from _of_lines(contents)


def _message(need: Need) -> str:
    if need.item == "carrier":
        return f"The payer's block is incomplete: {need.ask}."
    return f"Item {need.item} is missing or incomplete: {need.ask}."


def _of_policy(attribute: str) -> Callable[[Contents], str | None]:
    def value(contents: Contents) -> str | None:
        return str(getattr(contents.policy, attribute)) if contents.policy else None

    return value


def _if_another_plan(attribute: str) -> Callable[[Contents], str | None]:
    def value(contents: Contents) -> str | None:
        policy = contents.policy
        return str(getattr(policy, attribute)) if policy and policy.another_plan else None

    return value


def _insured_name(contents: Contents) -> str | None:
    policy = contents.policy
    if policy is None or (policy.relationship == "self" and policy.insured is None):
        return None
    return policy.insured.name.last if policy.insured else ""


def _other_insured_name(contents: Contents) -> str | None:
    policy = contents.policy
    if policy is None or not policy.another_plan:
        return None
    return policy.other_insured_name.last if policy.other_insured_name else ""


def _referrer_name(contents: Contents) -> str | None:
    referrer = contents.visit.referrer
    return referrer.name.last if referrer else None


def _accident_state(contents: Contents) -> str | None:
    visit = contents.visit
    return visit.auto_accident_state if visit.auto_accident else None


def _taxonomy(contents: Contents) -> str | None:
    payer = contents.payer
    asked = payer and payer.kind != "medicare" and payer.other_id_in_24j == "taxonomy"
    return contents.letterhead.practice.taxonomy if asked else None


def _tax_id(contents: Contents) -> str:
    tax_id = contents.letterhead.practice.tax_id
    return tax_id.number if tax_id else ""


def _address_needs(
    item: str, place: Place, whose: str, address: Callable[[Contents], Address | None]
) -> tuple[Need, ...]:
    def part(attribute: str) -> Callable[[Contents], str | None]:
        def value(contents: Contents) -> str | None:
            found = address(contents)
            return None if found is None else str(getattr(found, attribute))

        return value

    asks = {"line1": "street", "city": "city", "state": "state", "postal_code": "ZIP code"}
    return tuple(
        Need(item, place, attribute, part(attribute), f"enter the {name} of {whose}")
        for attribute, name in asks.items()
    )


def _facility(contents: Contents) -> Address | None:
    location = contents.letterhead.location
    return location.address if location and has_service_facility(contents) else None


def _facility_name(contents: Contents) -> str | None:
    location = contents.letterhead.location
    return location.name if location and has_service_facility(contents) else None


_P = Place
_OF_A_CLAIM: tuple[Need, ...] = (
    Need("1", _P.VISIT, "policy", lambda c: "X" if c.payer else "", "choose the visit's policy"),
    Need("carrier", _P.PAYER, "name", lambda c: c.payer.name if c.payer else None, "name it"),
    Need("1a", _P.POLICY, "member_id", _of_policy("member_id"), "enter the member ID"),
    Need("1a", _P.VISIT, "policy", lambda c: "X" if c.policy else "", "choose the visit's policy"),
    Need("2", _P.CLIENT, "last_name", lambda c: c.client.name.last, "enter the last name"),
    Need("2", _P.CLIENT, "first_name", lambda c: c.client.name.first, "enter the first name"),
    Need("3", _P.CLIENT, "birth_date", lambda c: str(c.client.birth_date or ""), "enter the date"),
    *_address_needs("5", _P.CLIENT, "the client", lambda c: c.client.address),
    Need("4", _P.POLICY, "insured_last_name", _insured_name, "enter the insured's name"),
    Need("9", _P.POLICY, "other_insured_last_name", _other_insured_name, "enter the name"),
    Need("9a", _P.POLICY, "other_policy_number", _if_another_plan("other_policy_number"),
         "11d says that there is another plan, so enter its policy number"),
    Need("9d", _P.POLICY, "other_plan_name", _if_another_plan("other_plan_name"),
         "11d says that there is another plan, so enter its name"),
    Need("10b", _P.VISIT, "auto_accident_state", _accident_state, "enter the accident's state"),
    Need("17", _P.VISIT, "referrer_last_name", _referrer_name, "enter the referrer's last name"),
    Need("21", _P.VISIT, "diagnoses-0-code", lambda c: "".join(c.visit.diagnoses),
         "enter at least one diagnosis"),
    Need("24J", _P.MY_DETAILS, "npi", lambda c: c.letterhead.clinician.npi,
         "enter your Individual NPI"),
    Need("24J", _P.BILLING, "taxonomy", _taxonomy, "this payer asks for the taxonomy"),
    Need("25", _P.BILLING, "tax_id", _tax_id, "enter the practice's tax ID and its kind"),
    Need("31", _P.MY_DETAILS, "short_signature", lambda c: signature(c.letterhead.clinician),
         "enter the short form of your signature"),
    Need("32", _P.LOCATION, "name", _facility_name, "name the location"),
    *_address_needs("32", _P.LOCATION, "the location", _facility),
    *_address_needs("33", _P.PRACTICE, "the practice",
                    lambda c: c.letterhead.practice.address),
)  # fmt: skip


def _billing_provider_needs(contents: Contents) -> tuple[Need, ...]:
    npi, field = billing_npi(contents)
    practice = contents.letterhead.practice
    who = "holder's NPI" if practice.npi_type == "individual" else "group NPI"
    need_npi = Need("33a", _P.BILLING, field, lambda _: npi, f"enter the {who}")
    if practice.npi_type == "organization":
        named = Need("33", _P.PRACTICE, "name", lambda _: practice.name, "name the practice")
        return need_npi, named
    ask = "enter the name of the person who bills"
    return (
        need_npi,
        Need("33", _P.BILLING, "holder_last_name", lambda _: practice.holder.last, ask),
        Need("33", _P.BILLING, "holder_first_name", lambda _: practice.holder.first, ask),
    )


def _of_lines(contents: Contents) -> Iterator[Problem]:
    if not contents.visit.lines:
        message = "Item 24 is empty: add at least one service to the visit."
        yield Problem("error", "24", message, Place.VISIT, "lines-0-code")
    for n, line in enumerate(contents.visit.lines):
        for item, name, typed, what in (
            ("24B", "place_of_service", line.place_of_service, "place of service"),
            ("24D", "code", line.code, "procedure code"),
            ("24E", "pointers", line.pointers, "diagnosis pointer, such as A"),
        ):
            if not fold(typed):
                message = f"Item {item}, line {n + 1}, is empty: enter its {what}."
                yield Problem("error", item, message, Place.VISIT, f"lines-{n}-{name}")
