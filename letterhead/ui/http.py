"""Answering to htmx and to plain browsers."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class PageRequest(HttpRequest):
    """A request as our middleware leaves it."""

    htmx: HtmxDetails
