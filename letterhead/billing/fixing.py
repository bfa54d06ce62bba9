"""Where a problem is fixed: a link to the field, or who can fix it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from letterhead.billing.contents import Contents
from letterhead.billing.models import Visit
from letterhead.billing.problems import Place, Problem
from letterhead.billing.together import found_on
from letterhead.practices.models import Membership
from letterhead.practices.roles import Act, may

if TYPE_CHECKING:
    from letterhead.details.models import Practitioner

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
    Place.CORRECTION: "correct-claim",
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
    Place.CORRECTION: _("Fix it in the correction"),
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
    Place.CORRECTION: _("%(clinician)s can fix it in the correction"),
}
_ACTS = {
    **dict.fromkeys(_BY_A_DIRECTOR, Act.CHANGE_SETTINGS),
    Place.CLIENT: Act.CHANGE_CLIENTS,
    Place.POLICY: Act.CHANGE_CLIENTS,
    Place.VISIT: Act.BILL,
    Place.CORRECTION: Act.BILL,
}


_ONES_OWN = frozenset(_BY_THE_CLINICIAN) - frozenset(_ACTS)


@dataclass(frozen=True)
class Fixable:
    """A problem with the link to its field; `url` is "" where only someone else can fix it."""

    severity: Literal["error", "warning"]
    item: str
    message: str
    url: str
    label: str
    place: Place


def fixable(
    problem: Problem,
    *,
    member: Membership,
    clinician: "Practitioner",
    pk: int | None = None,
    message: str = "",
) -> Fixable:
    """A problem with the link that leads `member` to its field, or with who can fix it.

    `clinician` is who the details belong to, `pk` the row that has the field. `message` replaces
    the problem's.
    """
    place, said = problem.place, message or problem.message
    if place in _ONES_OWN:
        mine = clinician.membership_id == member.pk
    else:
        mine = may(member, _ACTS[place])
    url = fix_url(place, problem.field, pk=pk) if mine else ""
    label = fix_label(place) if mine else _who_can_fix(place, clinician)
    return Fixable(problem.severity, problem.item, said, url, label, place)


def with_links(
    problems: Iterable[Problem],
    *,
    visit: Visit,
    contents: Contents,
    member: Membership,
    corrects: int | None = None,
    visits: Sequence[Visit] = (),
) -> list[Fixable]:
    """The problems of a visit's bill, each as `fixable` gives it; `corrects` is another bill.

    `visits` are all that are on it, if there are several.
    """
    rows = {
        Place.LOCATION: visit.location_id,
        Place.CLIENT: visit.client_id,
        Place.POLICY: visit.policy_id,
        Place.PAYER: contents.payer.id if contents.payer else None,
        Place.VISIT: visit.pk,
        Place.CORRECTION: corrects,
    }
    missing = {place for place, pk in rows.items() if pk is None}
    found = []
    for problem in problems:
        one = _chosen_on_the_visit(problem) if problem.place in missing else problem
        pk = rows.get(one.place)
        if one.place == Place.VISIT and visits:
            its, field = found_on(visits, one.field)
            pk, one = its.pk, replace(one, field=field)
        found.append(fixable(one, member=member, clinician=visit.practitioner, pk=pk))
    return found


def _chosen_on_the_visit(problem: Problem) -> Problem:
    return replace(problem, place=Place.VISIT, field="policy")


def fix_url(place: Place, field: str, *, pk: int | None = None) -> str:
    """The address of a field; `pk` is the client's, policy's, payer's, location's or visit's."""
    page = reverse(_PAGES[place], args=[] if pk is None else [pk])
    return f"{page}#id_{field}"


def fix_label(place: Place) -> str:
    """The words of the link to a field."""
    return str(_LABELS[place])


def _who_can_fix(place: Place, clinician: "Practitioner") -> str:
    if place in _BY_A_DIRECTOR:
        return str(_BY_A_DIRECTOR[place])
    name = f"{clinician.first_name} {clinician.last_name}"
    return _BY_THE_CLINICIAN[place] % {"clinician": name}
