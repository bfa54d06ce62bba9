"""Where a problem is mended: the address of the form, at its field."""

from dataclasses import dataclass
from typing import Literal

from django.urls import reverse

from letterhead.billing.contents import Contents
from letterhead.billing.models import Visit
from letterhead.billing.problems import Place, Problem
from letterhead.practices.models import Membership
from letterhead.practices.roles import Act, may

_PAGES = {
    Place.MY_DETAILS: "edit-general-details",
    Place.SIGNATURE: "edit-signature",
    Place.PRACTICE: "edit-practice-details",
    Place.BILLING: "edit-billing-details",
    Place.LOCATION: "edit-location",
    Place.CLIENT: "edit-client",
    Place.POLICY: "edit-policy",
    Place.PAYER: "edit-payer",
    Place.VISIT: "edit-visit",
}

_WORDS = {
    Place.MY_DETAILS: "My Details",
    Place.SIGNATURE: "My Details",
    Place.PRACTICE: "Practice Details",
    Place.BILLING: "Billing Details",
    Place.LOCATION: "the location",
    Place.CLIENT: "the client",
    Place.POLICY: "the policy",
    Place.PAYER: "the payer",
    Place.VISIT: "the visit",
}
_ACTS = {
    Place.PRACTICE: Act.CHANGE_SETTINGS,
    Place.BILLING: Act.CHANGE_SETTINGS,
    Place.LOCATION: Act.CHANGE_SETTINGS,
    Place.PAYER: Act.CHANGE_SETTINGS,
    Place.CLIENT: Act.CHANGE_CLIENTS,
    Place.POLICY: Act.CHANGE_CLIENTS,
    Place.VISIT: Act.BILL,
}


@dataclass(frozen=True)
class Mendable:
    """A problem with the link that leads to its field; `url` is "" where only another can."""

    severity: Literal["error", "warning"]
    item: str
    message: str
    url: str
    label: str


def mended(
    problems: tuple[Problem, ...], *, visit: Visit, contents: Contents, member: Membership
) -> list[Mendable]:
    """Give each problem the link that leads `member` to its field, or who else mends it."""
    return [
        Mendable(
            problem.severity,
            problem.item,
            problem.message,
            _url(problem, visit=visit, contents=contents) if mends else "",
            mending_words(problem.place) if mends else _who_mends(problem, contents),
        )
        for problem in problems
        for mends in [_may_mend(problem, visit=visit, member=member)]
    ]


def mending_page(place: Place, field: str, *, pk: int | None = None) -> str:
    """Give the address of a field; `pk` is of the client, policy, payer, location or visit."""
    page = reverse(_PAGES[place], args=[] if pk is None else [pk])
    return f"{page}#id_{field}"


def mending_words(place: Place) -> str:
    """Say where a problem is mended."""
    return f"Mend it in {_WORDS[place]}"


def _may_mend(problem: Problem, *, visit: Visit, member: Membership) -> bool:
    if problem.place in {Place.MY_DETAILS, Place.SIGNATURE}:
        return visit.practitioner.membership_id == member.pk
    return may(member, _ACTS[problem.place])


def _url(problem: Problem, *, visit: Visit, contents: Contents) -> str:
    ids = {
        Place.LOCATION: visit.location_id,
        Place.CLIENT: visit.client_id,
        Place.POLICY: visit.policy_id,
        Place.PAYER: contents.payer.id if contents.payer else None,
        Place.VISIT: visit.pk,
    }
    if problem.place in ids and ids[problem.place] is None:
        return mending_page(
            Place.VISIT, "policy", pk=visit.pk
        )  # no policy yet: the visit takes one
    return mending_page(problem.place, problem.field, pk=ids.get(problem.place))


def _who_mends(problem: Problem, contents: Contents) -> str:
    name = contents.letterhead.clinician.name
    settings = _ACTS.get(problem.place) == Act.CHANGE_SETTINGS
    who = "A Director" if settings else f"{name.first} {name.last}"
    return f"{who} mends it in {_WORDS[problem.place]}"
