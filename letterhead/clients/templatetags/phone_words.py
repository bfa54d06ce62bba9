"""Phone numbers on pages, as people write them."""

from django import template

from letterhead.numbers.phones import show_phone

register = template.Library()


@register.filter
def phone_in(number: str, country: str) -> str:
    """Write an E.164 number the way of a country; "" where there is none."""
    return show_phone(number, country=country) if number else ""
