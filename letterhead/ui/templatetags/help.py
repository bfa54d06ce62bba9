"""The "?" beside a heading: drawn once for each text and language, since it never changes."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from letterhead.ui.languages import spoken

register = template.Library()


@register.simple_tag(name="help")
def help_mark(*, about: str, page: str, text: str) -> SafeString:
    """Explain in two sentences what a section is about, and link to a page of the guide."""
    return _drawn(str(about), page, str(text), spoken())


@lru_cache(maxsize=500)
def _drawn(about: str, page: str, text: str, _language: str) -> SafeString:
    return render_to_string("ui/help.html", {"about": about, "page": page, "text": text})
