"""Where a problem is fixed: a link to the field, or who can fix it."""

from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

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
_LABELS = {
    Place.MY_DETAILS: _("Fix it in My Details"),
    Place.SIGNATURE: _("Fix it in My Details"),
    Place.PRACTICE: _("Fix it in Practice Details"),
    Place.BILLING: _("Fix it in Billing Details"),
    Place.LOCATION: _("Fix it in the location's details"),
    Place.CLIENT: _("Fix it in the client's details"),
    Place.POLICY: _("Fix it in the policy"),
    Place.PAYER: _("Fix it in the payer's details"),
    Place.VISIT: _("Fix it in the visit"),
}
_BY_A_DIRECTOR = {
    Place.PRACTICE: _("A Director can fix it in Practice Details"),
    Place.BILLING: _("A Director can fix it in Billing Details"),
    Place.LOCATION: _("A Director can fix it in the location's details"),
    Place.PAYER: _("A Director can fix it in the payer's details"),
}
_BY_THE_CLINICIAN = {
    Place.MY_DETAILS: _("%(clinician)s can fix it in My Details"),
    Place.SIGNATURE: _("%(clinician)s can fix it in My Details"),
    Place.CLIENT: _("%(clinician)s can fix it in the client's details"),
    Place.POLICY: _("%(clinician)s can fix it in the policy"),
    Place.VISIT: _("%(clinician)s can fix it in the visit"),
}
_ACTS = {
    **dict.fromkeys(_BY_A_DIRECTOR, Act.CHANGE_SETTINGS),
    Place.CLIENT: Act.CHANGE_CLIENTS,
    Place.POLICY: Act.CHANGE_CLIENTS,
    Place.VISIT: Act.BILL,
}


@dataclass(frozen=True)
class Fixable:
    """A problem with the link to its field; `url` is "" where only someone else can fix it."""

    severity: Literal["error", "warning"]
    item: str
    message: str
    url: str
    label: str


def with_links(
    problems: tuple[Problem, ...], *, visit: Visit, contents: Contents, member: Membership
) -> list[Fixable]:
    """Each problem with the link that leads `member` to its field, or with who can fix it."""
    return [
        Fixable(
            problem.severity,
            problem.item,
            problem.message,
            _url(problem, visit=visit, contents=contents) if mine else "",
            fix_label(problem.place) if mine else _who_can_fix(problem.place, contents),
        )
        for problem in problems
        for mine in [_may_fix(problem, visit=visit, member=member)]
    ]


def fix_url(place: Place, field: str, *, pk: int | None = None) -> str:
    """The address of a field; `pk` is the client's, policy's, payer's, location's or visit's."""
    page = reverse(_PAGES[place], args=[] if pk is None else [pk])
    return f"{page}#id_{field}"


def fix_label(place: Place) -> str:
    """The words of the link to a field."""
    return str(_LABELS[place])


def _may_fix(problem: Problem, *, visit: Visit, member: Membership) -> bool:
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
    if problem.place in ids and ids[problem.place] is None:  # no policy yet: choose it on the visit
        return fix_url(Place.VISIT, "policy", pk=visit.pk)
    return fix_url(problem.place, problem.field, pk=ids.get(problem.place))


def _who_can_fix(place: Place, contents: Contents) -> str:
    if place in _BY_A_DIRECTOR:
        return str(_BY_A_DIRECTOR[place])
    name = contents.letterhead.clinician.name
    return _BY_THE_CLINICIAN[place] % {"clinician": f"{name.first} {name.last}"}
