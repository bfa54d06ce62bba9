"""What a practice offers and by which rules, as Account Settings shows it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letterhead.numbers.amounts import money
from letterhead.practices.models import Location, Practice
from letterhead.practices.queries import active
from letterhead.practices.roles import CLINICIANS
from letterhead.scheduling.models import Diary, Offer, PracticeRules, Service
from letterhead.scheduling.queries import services_in
from letterhead.scheduling.rule_words import ShownRule, rules_in_words
from letterhead.scheduling.timetables import takes_place_at


@dataclass(frozen=True)
class ShownService:
    """A service with its facts in words; `problem` is why nobody can have it, or ""."""

    service: Service
    facts: str
    where: str
    who: str
    problem: str


def services_shown(practice: Practice, *, locations: Iterable[Location]) -> list[ShownService]:
    """Return the services that a practice offers at these locations, by name, in two statements."""
    on_calendar = Offer.objects.filter(
        active("practitioner__membership__"),
        practitioner__membership__show_on_calendar=True,
        practitioner__membership__role__in=CLINICIANS,
    )
    by_name = on_calendar.select_related("practitioner").only(
        "service", "practitioner__first_name", "practitioner__last_name"
    )
    offers = Prefetch("offers", by_name.order_by("practitioner__folded", "pk"))
    every = list(locations)
    return [_shown(row, practice, every) for row in services_in(practice).prefetch_related(offers)]


def practice_rules_of(practice: Practice) -> PracticeRules:
    """Return the booking rules of a practice; all empty if it has none."""
    return PracticeRules.objects.filter(pk=practice.pk).first() or PracticeRules(practice=practice)


def diary_of(practitioner: int) -> Diary:
    """Return a clinician's diary with their own booking rules; all empty if they have none."""
    found = Diary.objects.filter(pk=practitioner).first()
    return found or Diary(practitioner_id=practitioner)


def rules_shown(practice: Practice) -> list[ShownRule]:
    """Return the booking rules of a practice in words."""
    return rules_in_words(practice_rules_of(practice))


def _shown(service: Service, practice: Practice, locations: list[Location]) -> ShownService:
    minutes = ngettext("%(number)d minute", "%(number)d minutes", service.duration)
    facts = [minutes % {"number": service.duration}, service.code]
    if service.fee is not None:
        facts.append(money(service.fee, practice.currency))
    if service.capacity > 1:
        facts.append(_("up to %(number)d people") % {"number": service.capacity})
    places = [each.name for each in locations if takes_place_at(service, each)]
    who = [str(offer.practitioner) for offer in service.offers.all()]
    problem = "" if places else _("No location fits it")
    if not who:
        problem = _("No clinician offers it")
    return ShownService(service, ", ".join(filter(None, facts)), ", ".join(places),
                        ", ".join(who), problem)  # fmt: skip
