"""Phone numbers on pages."""

from django import template

from letterhead.numbers.phones import show_phone

register = template.Library()


@register.filter
def phone_in(number: str, country: str) -> str:
    """Format an E.164 number as a country does; "" if there is none."""
    return show_phone(number, country=country) if number else ""
