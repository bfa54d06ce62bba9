"""Whose words a bill has: its country's, or those that all bills had before. Pure."""

from msgspec import UNSET

from letterhead.billing.contents import Contents
from letterhead.countries.country import Country, Paper
from letterhead.countries.table import FIRST, FIRST_ON_US_LETTER, country_of


def is_by_row(contents: Contents) -> bool:
    """Whether the words are the country's own: not in the US, nor on what was issued before."""
    return contents.letterhead.practice.bills_us_payers is not UNSET


def row_of(contents: Contents) -> Country:
    """Return the country whose words the bill has."""
    return country_of(_country(contents)) if is_by_row(contents) else FIRST


def paper_of(contents: Contents) -> Paper:
    """Return the paper that the practice chose, else its country's."""
    if chosen := contents.letterhead.practice.paper:
        return chosen
    if is_by_row(contents):
        return row_of(contents).paper
    return "us-letter" if _country(contents) in FIRST_ON_US_LETTER else "a4"


def country_now(contents: Contents) -> Country:
    """Return the practice's country, whose insurers ask for what a draft may lack."""
    return country_of(_country(contents))


def bills_us_payers(contents: Contents) -> bool:
    """Whether US payers get to see the bill."""
    chosen = contents.letterhead.practice.bills_us_payers
    return country_now(contents).bills_us_payers or chosen is True


def has_us_numbers(contents: Contents) -> bool:
    """Whether the numbers of US claims print: group NPI, taxonomy, other IDs by qualifier."""
    return contents.letterhead.practice.bills_us_payers is not False


def _country(contents: Contents) -> str:
    return contents.letterhead.practice.address.country
