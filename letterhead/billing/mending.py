"""Where a problem is mended: the address of the form, at its field."""

from dataclasses import dataclass
from typing import Literal

from django.urls import reverse

from letterhead.billing.contents import Contents
from letterhead.billing.models import Visit
from letterhead.billing.problems import Place, Problem

_PAGES = {
    Place.MY_DETAILS: "edit-general-details",
    Place.PRACTICE: "edit-practice-details",
    Place.BILLING: "edit-billing-details",
    Place.LOCATION: "edit-location",
    Place.CLIENT: "edit-client",
    Place.POLICY: "edit-policy",
    Place.PAYER: "edit-payer",
    Place.VISIT: "edit-visit",
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
    problems: tuple[Problem, ...], *, visit: Visit, contents: Contents, mine: bool
) -> list[Mendable]:
    """Give each problem its link. `mine`: the clinician's details belong to who looks at them."""
    return [
        Mendable(
            problem.severity,
            problem.item,
            problem.message,
            _url(problem, visit=visit, contents=contents, mine=mine),
            _label(problem, contents=contents, mine=mine),
        )
        for problem in problems
    ]


def _url(problem: Problem, *, visit: Visit, contents: Contents, mine: bool) -> str:
    if problem.place == Place.MY_DETAILS and not mine:
        return ""
    ids = {
        Place.LOCATION: visit.location_id,
        Place.CLIENT: visit.client_id,
        Place.POLICY: visit.policy_id,
        Place.PAYER: contents.payer and contents.payer.id,
        Place.VISIT: visit.pk,
    }
    place, needs_id = problem.place, problem.place in ids
    if needs_id and ids[place] is None:  # no policy on the visit yet: the visit takes one
        return reverse("edit-visit", args=[visit.pk]) + "#id_policy"
    page = reverse(_PAGES[place], args=[ids[place]] if needs_id else [])
    return f"{page}#id_{problem.field}"


def _label(problem: Problem, *, contents: Contents, mine: bool) -> str:
    name = contents.letterhead.clinician.name
    if problem.place != Place.MY_DETAILS:
        return f"Mend it in {problem.place}"
    return "Mend it in My Details" if mine else f"{name.first} {name.last} mends it in My Details"
