"""Countries, states and currencies that the pages offer.

States are addresses as the US postal service writes them, and aren't translated.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COUNTRIES: dict[str, str | Promise] = {
    "US": _("United States"),
    "AU": _("Australia"),
    "AT": _("Austria"),
    "BE": _("Belgium"),
    "CA": _("Canada"),
    "DK": _("Denmark"),
    "FI": _("Finland"),
    "FR": _("France"),
    "DE": _("Germany"),
    "IE": _("Ireland"),
    "IT": _("Italy"),
    "NL": _("Netherlands"),
    "NZ": _("New Zealand"),
    "NO": _("Norway"),
    "PT": _("Portugal"),
    "ZA": _("South Africa"),
    "ES": _("Spain"),
    "SE": _("Sweden"),
    "CH": _("Switzerland"),
    "GB": _("United Kingdom"),
}

CURRENCIES = {
    "US": "USD",
    "AU": "AUD",
    "CA": "CAD",
    "CH": "CHF",
    "DK": "DKK",
    "GB": "GBP",
    "NO": "NOK",
    "NZ": "NZD",
    "SE": "SEK",
    "ZA": "ZAR",
}  # the rest: EUR

# States, the district, territories, freely associated states, and the three of the armed forces.
US_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
    "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
    "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "AS": "American Samoa", "GU": "Guam", "MP": "Northern Mariana Islands", "PR": "Puerto Rico",
    "VI": "Virgin Islands", "FM": "Micronesia", "MH": "Marshall Islands", "PW": "Palau",
    "AA": "Armed Forces Americas", "AE": "Armed Forces Europe", "AP": "Armed Forces Pacific",
}  # fmt: skip
_LETTERS = {name.casefold(): letters for letters, name in US_STATES.items()}


def currency_of(country: str) -> str:
    """Return the ISO 4217 currency of a country offered above."""
    return CURRENCIES.get(country, "EUR")


def state_letters(typed: str) -> str:
    """Return a state's two letters: NY for ny and New York; anything else in capitals as typed."""
    state = " ".join(typed.replace(".", "").split()).casefold()
    return _LETTERS.get(state, state.upper())
