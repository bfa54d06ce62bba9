"""The table of countries: the only place that knows a country by its letters."""

from dataclasses import replace
from functools import cache

from letterhead.countries.country import Country
from letterhead.countries.rows.australia import AUSTRALIA
from letterhead.countries.rows.austria import AUSTRIA
from letterhead.countries.rows.canada import CANADA
from letterhead.countries.rows.france import FRANCE
from letterhead.countries.rows.germany import GERMANY
from letterhead.countries.rows.india import INDIA
from letterhead.countries.rows.ireland import IRELAND
from letterhead.countries.rows.mexico import MEXICO
from letterhead.countries.rows.new_zealand import NEW_ZEALAND
from letterhead.countries.rows.norway import NORWAY
from letterhead.countries.rows.south_africa import SOUTH_AFRICA
from letterhead.countries.rows.switzerland import SWITZERLAND
from letterhead.countries.rows.united_kingdom import UNITED_KINGDOM
from letterhead.countries.rows.united_states import UNITED_STATES

_ROWS = (
    *(UNITED_STATES, AUSTRALIA, AUSTRIA, CANADA, FRANCE, GERMANY, INDIA, IRELAND, MEXICO),
    *(NEW_ZEALAND, NORWAY, SOUTH_AFRICA, SWITZERLAND, UNITED_KINGDOM),
)
DESCRIBED = {row.code: row for row in _ROWS}
US_PAYERS = UNITED_STATES  # whose numbers and codes claims on the CMS-1500 have
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
