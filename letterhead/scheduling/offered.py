"""What a practice offers and by which rules, in words."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letterhead.countries.money import money
from letterhead.practices.models import Location, Practice
from letterhead.practices.queries import active
from letterhead.practices.roles import CLINICIANS
from letterhead.scheduling.models import Diary, Offer, PracticeRules, Service
from letterhead.scheduling.queries import services_in
from letterhead.scheduling.timetables import takes_place_at
from letterhead.slots.rules import NAMES, USUAL, Rules, rules_of

Row = PracticeRules | Diary


class ShownRule(NamedTuple):
    """A rule that applies; `whose` is where it comes from, "" if it was chosen here."""

    label: str
    value: str
    whose: str


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


def label_of(name: str) -> str:
    """Return the label of a rule's field."""
    return str(PracticeRules._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def value_in_words(name: str, value: Any) -> str:
    """Return a rule's value: 24 hours, 60 days, No limit, Yes."""
    if value is None:
        return _("No limit")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name.endswith("_hours"):
        return ngettext("%(number)d hour", "%(number)d hours", value) % {"number": value}
    if name.endswith("_days"):
        return ngettext("%(number)d day", "%(number)d days", value) % {"number": value}
    if name.endswith("_minutes"):
        return ngettext("%(number)d minute", "%(number)d minutes", value) % {"number": value}
    return str(value)


def rules_in_words(row: Row, practice: PracticeRules | None = None) -> list[ShownRule]:
    """Return the rules that apply by a practice's row, or by a clinician's and their practice's."""
    rules = asdict(rules_of(practice, row))
    return [
        ShownRule(label_of(name), value_in_words(name, rules[name]), _whose(name, row, practice))
        for name in NAMES
    ]


def if_empty(practice: PracticeRules | None) -> Rules:
    """Return what holds where nothing is chosen: a practice's rules, or the usual ones."""
    return rules_of(practice) if practice else USUAL


def _shown(service: Service, practice: Practice, locations: list[Location]) -> ShownService:
    minutes = ngettext("%(number)d minute", "%(number)d minutes", service.duration)
    facts = [minutes % {"number": service.duration}, service.code]
    if service.fee is not None:
        facts.append(money(service.fee, practice.currency, country=practice.country))
    if service.capacity > 1:
        facts.append(_("up to %(number)d people") % {"number": service.capacity})
    places = [each.name for each in locations if takes_place_at(service, each)]
    who = [str(offer.practitioner) for offer in service.offers.all()]
    problem = "" if places else _("No location fits it")
    if not who:
        problem = _("No clinician offers it")
    return ShownService(service, ", ".join(filter(None, facts)), ", ".join(places),
                        ", ".join(who), problem)  # fmt: skip


def _whose(name: str, row: Row, practice: PracticeRules | None) -> str:
    if getattr(row, name) is not None:
        return ""
    from_practice = practice is not None and getattr(practice, name) is not None
    return _("Practice default") if from_practice else _("Usual")
