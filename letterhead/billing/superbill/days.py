"""Dates of the paper, in the language that is spoken and the country's order. Pure."""

import datetime as dt

from django.utils.formats import date_format

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
    if is_by_row(contents) and not spoken().startswith("en"):
        return "DATE_FORMAT", "SHORT_DATE_FORMAT"  # Django's own, of each language
    if country_of(contents.letterhead.practice.address.country).month_first:
        return "F j, Y", "m/d/Y"
    return "j F Y", "j M Y"
