"""`{% load chips %}{% chips "npi" %}`: the places where a field of My Details appears."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from letterhead.details.appearances import places
from letterhead.ui.folding import constant

register = template.Library()


@register.simple_tag
@constant
def chips(field: str, *, also: str = "") -> SafeString:
    """Draw the places of a field; `also` is one more, which isn't in the panel."""
    return render_to_string("ui/places.html", {"places": places().get(field, []), "also": also})
