"""Counts that stop, on pages: `{% load counts %}`, then `{{ clients|counted }}`."""

from django import template

from letterhead.numbers.counts import in_words

register = template.Library()
register.filter("counted", in_words)
