"""What is offered to change with a practice's country: currency, paper, taxes, places."""

from django.utils.translation import gettext as _

from letterhead.countries.table import country_of
from letterhead.places.countries import COUNTRIES
from letterhead.places.currencies import CURRENCIES
from letterhead.practices.models import Practice
from letterhead.practices.queries import all_locations_in
from letterhead.ui.languages import of_paper

CURRENCY, PAPER, LANGUAGE = "move_currency", "move_paper", "move_language"
LOCATIONS, REMIT, TAX = "move_locations", "move_remit", "move_tax"


def offers(practice: Practice, *, country: str, currency: str, paper: str) -> dict[str, str]:
    """Return {name of the box: its words} for a practice as saved, if it moves to `country`.

    `currency` and `paper` are as typed: what someone chose along with the country isn't asked of.
    """
    old, new = practice.place, country_of(country)
    words = {"old": COUNTRIES[practice.country], "new": COUNTRIES[country]}
    found: dict[str, str] = {}
    if currency == practice.currency != new.currency:
        name = CURRENCIES.get(new.currency, new.currency)
        found[CURRENCY] = _("Change the currency to %(name)s") % {"name": name}
    if paper == practice.paper and (practice.paper or old.paper) != new.paper:
        name = Practice.Paper(new.paper).label
        found[PAPER] = _("Change the paper to %(name)s") % {"name": name}
    language = new.language_of_new_paper
    if practice.paper_language == old.language_of_new_paper != language:
        name = of_paper(language or new.language)
        found[LANGUAGE] = _("Change the language of paper to %(name)s") % {"name": name}
    if practice.tax or practice.tax_note == old.taxes.exempt != new.taxes.exempt:
        found[TAX] = (
            _("Charge no tax until you choose one of %(new)s, and change the sentence") % words
        )
    if all_locations_in(practice).filter(country=practice.country).exists():
        found[LOCATIONS] = _("Change the locations in %(old)s to %(new)s") % words
    if practice.remit_country == practice.country:
        found[REMIT] = _("Change the remit-to address’s country to %(new)s") % words
    return found


def columns_moved(
    practice: Practice, *, country: str, offered: set[str], ticked: set[str]
) -> dict[str, str]:
    """Return the columns of the practice that change with its country, by what was ticked.

    Paper that isn't to change stays what it was, though it was the old country's.
    """
    old, new = practice.place, country_of(country)
    columns = {}
    if CURRENCY in ticked:
        columns["currency"] = new.currency
    if PAPER in offered:
        columns["paper"] = "" if PAPER in ticked else practice.paper or old.paper
    if LANGUAGE in ticked:
        columns["paper_language"] = new.language_of_new_paper
    if TAX in ticked:
        columns |= {"tax": "", "tax_note": new.taxes.exempt}
    if REMIT in ticked:
        columns["remit_country"] = country
    return columns
