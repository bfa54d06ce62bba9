"""`{% edit_button "edit-logo" label=_("Edit Logo") %}`: the pencil that opens a section's form."""

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from letterhead.ui.folding import constant

register = template.Library()


@register.simple_tag
@constant
def edit_button(name: str, *, label: str) -> SafeString:
    """Draw the button; `name` is the name of the form's URL, and the button's id."""
    context = {"url": reverse(name), "id": name, "label": label}
    return render_to_string("ui/edit_button.html", context)
