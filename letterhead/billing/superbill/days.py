"""Dates of the paper, in the language that is spoken and the country's order. Pure."""

import datetime as dt

from django.utils.formats import date_format, get_format
from django.utils.translation import check_for_language

from letterhead.billing.contents import Contents
from letterhead.billing.superbill.row import is_by_row
from letterhead.countries.table import country_of
from letterhead.ui.languages import spoken


def long_date(day: dt.date, contents: Contents) -> str:
    """Write the date of a document: November 26, 2026 in the US, 26. November 2026 in German."""
    return date_format(day, _patterns(contents)[0])


def short_date(day: dt.date, contents: Contents) -> str:
    """Write a date among others: 11/26/2026 in the US, 26 Nov 2026, in German 26.11.2026."""
    return date_format(day, _patterns(contents)[1])


def _patterns(contents: Contents) -> tuple[str, str]:
    country = contents.letterhead.practice.address.country
    if is_by_row(contents) and not spoken().startswith("en"):
        return _of_language(spoken(), country)
    if country_of(country).month_first:
        return "F j, Y", "m/d/Y"
    return "j F Y", "j M Y"


def _of_language(language: str, country: str) -> tuple[str, str]:
    """Django's own patterns of a language in a country: in French 2026-11-26 in Canada only."""
    here = f"{language.partition('-')[0]}-{country}".lower()
    known = here if check_for_language(here) else language.lower()
    return get_format("DATE_FORMAT", known), get_format("SHORT_DATE_FORMAT", known)
