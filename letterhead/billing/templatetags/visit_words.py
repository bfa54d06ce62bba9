"""Amounts on pages of visits and bills."""

from collections.abc import Iterable
from decimal import Decimal

from django import template

from letterhead.billing.kinds import words_of
from letterhead.billing.models import Bill, ServiceLine
from letterhead.countries.money import money
from letterhead.details.letterhead import BillingPractice
from letterhead.practices.models import Practice

register = template.Library()


@register.filter("money")
def money_of(amount: Decimal, practice: Practice | BillingPractice) -> str:
    """Return an amount in a practice's currency, the practice's way."""
    country = practice.country if isinstance(practice, Practice) else practice.address.country
    return money(amount, practice.currency, country=country)


@register.simple_tag
def money_in(amount: Decimal, currency: str, practice: Practice) -> str:
    """Return an amount in another currency, or "" for the practice's, the practice's way."""
    return money(amount, currency or practice.currency, country=practice.country)


@register.filter
def called(bill: Bill, practice: Practice) -> str:
    """What a bill of a practice is called, such as Superbill; an issued one as it was then."""
    return str(words_of(bill, getattr(bill, "issued_in", None) or practice.country).title)


@register.filter
def total_charge(lines: Iterable[ServiceLine]) -> Decimal:
    """The sum of the lines' charges."""
    return sum((line.charge for line in lines), Decimal(0))
