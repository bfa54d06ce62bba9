"""The table of countries: the only place that knows a country by its letters."""

from dataclasses import replace
from functools import cache

from letterhead.countries.country import Country
from letterhead.countries.rows.australia import AUSTRALIA
from letterhead.countries.rows.united_states import UNITED_STATES

DESCRIBED = {row.code: row for row in (UNITED_STATES, AUSTRALIA)}
_ANYWHERE = Country()
# Where US Letter is the usual paper. Source: Unicode CLDR, supplemental data, paperSize.
_US_LETTER = frozenset("BZ CA CL CO CR GT MX NI PA PH PR SV US VE".split())
# All bills had its words, and US Letter only these, before other countries had rows.
FIRST = UNITED_STATES
FIRST_ON_US_LETTER = frozenset({"US", "CA"})


@cache
def country_of(code: str) -> Country:
    """Return a country (ISO 3166-1 alpha-2): its own row, or else the row of everywhere."""
    paper = "us-letter" if code in _US_LETTER else "a4"
    return DESCRIBED.get(code) or replace(_ANYWHERE, code=code, paper=paper)  # type: ignore[arg-type]
