"""What is offered to change after a practice's country: currency, paper, taxes, places."""

from django.utils.translation import gettext as _

from letterhead.countries.table import country_of
from letterhead.places.countries import COUNTRIES
from letterhead.places.currencies import CURRENCIES
from letterhead.practices.models import Practice
from letterhead.practices.queries import all_locations_in
from letterhead.ui.languages import of_paper

CURRENCY, PAPER, LANGUAGE = "move_currency", "move_paper", "move_language"
LOCATIONS, REMIT, TAX = "move_locations", "move_remit", "move_tax"


def kept_with(practice: Practice, *, country: str) -> dict[str, str]:
    """Return the columns that a practice as saved needs, so that a new country changes no paper.

    A remit-to address that is empty has no country to keep.
    """
    old, new = practice.place, country_of(country)
    columns: dict[str, str] = {}
    if not practice.paper and old.paper != new.paper:
        columns["paper"] = old.paper
    if not practice.remit_line1:
        columns["remit_country"] = country
    return columns


def offers(practice: Practice, *, old: str) -> dict[str, str]:
    """Return {name of the box: its words} for a practice that has moved here from `old`.

    `old` is a country's letters (ISO 3166-1 alpha-2); nothing is offered for any other text.
    """
    if old not in COUNTRIES or old == practice.country:
        return {}
    was, new = country_of(old), practice.place
    words = {"old": COUNTRIES[old], "new": COUNTRIES[practice.country]}
    found: dict[str, str] = {}
    if practice.currency == was.currency != new.currency:
        name = CURRENCIES.get(new.currency, new.currency)
        found[CURRENCY] = _("Change the currency to %(name)s") % {"name": name}
    if (practice.paper or new.paper) != new.paper:
        name = Practice.Paper(new.paper).label
        found[PAPER] = _("Change the paper to %(name)s") % {"name": name}
    language = new.language_of_new_paper
    if practice.paper_language == was.language_of_new_paper != language:
        name = of_paper(language or new.language)
        found[LANGUAGE] = _("Change the language of paper to %(name)s") % {"name": name}
    if practice.tax or practice.tax_note == was.taxes.exempt != new.taxes.exempt:
        found[TAX] = _("Start without a tax on services, and with the sentence of %(new)s") % words
    if all_locations_in(practice).filter(country=old).exists():
        found[LOCATIONS] = _("Change the locations in %(old)s to %(new)s") % words
    if practice.remit_country == old:
        found[REMIT] = _("Change the remit-to address’s country to %(new)s") % words
    return found


def columns_moved(practice: Practice, *, ticked: set[str]) -> dict[str, str]:
    """Return the columns of the practice that follow its country, by what was ticked."""
    new = practice.place
    columns = {
        CURRENCY: {"currency": new.currency},
        PAPER: {"paper": ""},
        LANGUAGE: {"paper_language": new.language_of_new_paper},
        TAX: {"tax": "", "tax_note": new.taxes.exempt},
        REMIT: {"remit_country": practice.country},
    }
    found: dict[str, str] = {}
    for name in ticked & columns.keys():
        found |= columns[name]
    return found
