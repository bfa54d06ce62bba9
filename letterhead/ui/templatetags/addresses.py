"""Addresses in templates, in lines as their countries write them."""

from types import SimpleNamespace
from typing import Any

from django import template

from letterhead.places.addresses import address_lines as lines_of

register = template.Library()
_PARTS = ("line1", "line2", "city", "state", "postal_code", "country")


@register.simple_tag
def address_lines(at: Any, *, home: str, prefix: str = "") -> list[str]:
    """Return the lines of the address in a row's columns, whose names begin with `prefix`.

    The country is the last line, unless it is `home`.
    """
    parts = {part: getattr(at, prefix + part) for part in _PARTS}
    return lines_of(SimpleNamespace(**parts), at_home=home)
