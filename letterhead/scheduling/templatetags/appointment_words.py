"""What pages of appointments look up: `{% load appointment_words %}`."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(values: Mapping[Any, Any], key: Any) -> Any:
    """Return the value under a key, None if there is none: `{{ faces|of:row.pk }}`."""
    return values.get(key)
