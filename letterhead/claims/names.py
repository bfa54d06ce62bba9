"""Names and texts that hold letters no claim form can print, part by part."""

from collections.abc import Iterator
from typing import NamedTuple

from letterhead.billing.contents import Contents
from letterhead.billing.problems import Place, Problem
from letterhead.details.claim_name import cannot_print
from letterhead.details.letterhead import PersonName


class Named(NamedTuple):
    """A name that a claim prints: its item, and where its parts are entered."""

    item: str
    name: PersonName
    place: Place
    prefix: str
    cure: str


def name_problems(contents: Contents) -> Iterator[Problem]:
    """Say which part of which name can't be written in the form's letters."""
    for item, name, place, prefix, cure in _names(contents):
        parts = {
            "first_name": name.first,
            "middle_name": name.middle,
            "last_name": name.last,
            "suffix": name.suffix,
        }
        for part, typed in parts.items():
            if odd := cannot_print(typed):
                message = f"Item {item} can't print “{odd}” in “{typed}”: {cure}."
                yield Problem("error", item, message, place, prefix + part)


def _names(contents: Contents) -> Iterator[Named]:
    in_latin = "write the name in Latin letters"
    clinician, practice = contents.letterhead.clinician, contents.letterhead.practice
    if clinician.signature == "name":
        own_cure = "enter a name on claims in Latin letters"
        yield Named("31", clinician.claim_name, Place.MY_DETAILS, "claim_", own_cure)
    if practice.npi_type == "individual":
        yield Named("33", practice.holder, Place.BILLING, "holder_", in_latin)
    yield Named("2", contents.client.name, Place.CLIENT, "", in_latin)
    policy = contents.policy
    if policy and policy.insured:
        yield Named("4", policy.insured.name, Place.POLICY, "insured_", in_latin)
    if policy and policy.another_plan and policy.other_insured_name:
        yield Named("9", policy.other_insured_name, Place.POLICY, "other_insured_", in_latin)
    if contents.visit.referrer:
        yield Named("17", contents.visit.referrer.name, Place.VISIT, "referrer_", in_latin)
