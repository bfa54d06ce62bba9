"""The "?" beside a heading."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from letterhead.ui.folding import constant

register = template.Library()


@register.simple_tag(name="help")
@constant
def help_mark(*, about: str, page: str, text: str) -> SafeString:
    """Explain in two sentences what a section is about, and link to a page of the guide."""
    return render_to_string("ui/help.html", {"about": about, "page": page, "text": text})
