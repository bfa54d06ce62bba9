"""Amounts on pages of visits and bills."""

from collections.abc import Iterable
from decimal import Decimal

from django import template

from letterhead.billing.models import ServiceLine
from letterhead.numbers.amounts import money

register = template.Library()
register.filter("money", money)


@register.filter
def total_charge(lines: Iterable[ServiceLine]) -> Decimal:
    """The sum of the lines' charges."""
    return sum((line.charge for line in lines), Decimal(0))
