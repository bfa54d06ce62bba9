"""The page Account Settings."""

from django.http import HttpResponse
from django.shortcuts import render

from letterhead.claims.queries import printers_in, readiness_of
from letterhead.countries.money import tax_in_words
from letterhead.details.queries import practitioner_of
from letterhead.encryption.fields import NOT_READ, is_unreadable
from letterhead.numbers.ids import is_unknown_ein_prefix
from letterhead.numbers.phones import show_phone
from letterhead.places.choices import PLACES_OF_SERVICE, zone_label
from letterhead.places.currencies import CURRENCIES
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.models import Practice
from letterhead.practices.queries import locations_in, numbers_shown, payers_in
from letterhead.practices.roles import Act, may
from letterhead.practices.security.queries import without_two_factor
from letterhead.scheduling.offered import rules_shown, services_shown
from letterhead.ui.languages import of_paper


@members_only(Act.CHANGE_SETTINGS)
def account_settings(request: PracticeRequest) -> HttpResponse:
    """Show the settings of the practice, each section with its edit button."""
    practice = request.practice
    locations = list(locations_in(practice))
    for location in locations:
        place = location.place_of_service
        location.place = PLACES_OF_SERVICE.get(place, place)  # type: ignore[attr-defined]
    payers, mine = list(payers_in(practice)), practitioner_of(request.membership)
    context = {
        "may_change_security": may(request.membership, Act.CHANGE_SECURITY),
        "may_change_addresses": may(request.membership, Act.CHANGE_PUBLIC_ADDRESSES),
        "without_two_factor": without_two_factor(practice),
        "readiness": readiness_of(mine, payers=payers, locations=locations),
        "numbers": numbers_shown(mine.practice_number_rows, practice.place),
        "locations": locations,
        "services": services_shown(practice, locations=locations),
        "booking_rules": rules_shown(practice),
        "payers": payers,
        "printers": printers_in(practice),
        "currency": CURRENCIES.get(practice.currency, practice.currency),
        "time_zone": zone_label(practice.time_zone),
        "phone": practice.phone and show_phone(practice.phone, country=practice.country),
        "tax_id": NOT_READ
        if is_unreadable(practice.tax_id)
        else practice.place.masked(practice.tax_id_kind, practice.tax_id),
        "strange_ein": practice.uses_us_claims
        and practice.tax_id_kind == "EIN"
        and is_unknown_ein_prefix(practice.tax_id),
    }
    if not practice.place.bills_us_payers:
        context |= _elsewhere(practice)
    return render(request, "practices/account_settings/page.html", context)


def _elsewhere(practice: Practice) -> dict[str, str]:
    """Return what is chosen outside the US, in words."""
    place = practice.place
    tax = place.tax(practice.tax)
    language = practice.paper_language or practice.practice_way.language
    return {
        "paper": str(Practice.Paper(practice.paper or place.paper).label),
        "paper_language": of_paper(language),
        "tax": tax_in_words(tax, country=place.code) if tax else practice.tax,
    }
