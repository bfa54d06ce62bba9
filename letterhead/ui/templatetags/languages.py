"""The language that a page is written in."""

from django import template

from letterhead.ui.folding import constant
from letterhead.ui.languages import spoken

register = template.Library()
register.simple_tag(constant(spoken))
