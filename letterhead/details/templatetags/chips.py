"""`{% load chips %}{% chips "npi" %}`: the places where a field of My Details appears."""

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from letterhead.details.appearances import places

register = template.Library()


@register.simple_tag(takes_context=True)
def chips(context: Context, field: str, *, also: str = "") -> SafeString:
    """Draw the places of a field; `also` is one more, which isn't in the panel."""
    found = places(context["practice"]).get(field, [])
    return render_to_string("ui/places.html", {"places": found, "also": also})
