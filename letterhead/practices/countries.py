"""Countries, states and currencies that the pages offer."""

COUNTRIES = {
    "US": "United States",
    "AU": "Australia",
    "AT": "Austria",
    "BE": "Belgium",
    "CA": "Canada",
    "DK": "Denmark",
    "FI": "Finland",
    "FR": "France",
    "DE": "Germany",
    "IE": "Ireland",
    "IT": "Italy",
    "NL": "Netherlands",
    "NZ": "New Zealand",
    "NO": "Norway",
    "PT": "Portugal",
    "ZA": "South Africa",
    "ES": "Spain",
    "SE": "Sweden",
    "CH": "Switzerland",
    "GB": "United Kingdom",
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

US_STATES = frozenset(
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ "
    "NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI AA AE AP".split()
)


def currency_of(country: str) -> str:
    """Give the ISO 4217 currency of a country offered above."""
    return CURRENCIES.get(country, "EUR")
