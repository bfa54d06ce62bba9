"""Pages of a visit."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from letterhead.activity.changes import Stale
from letterhead.billing.models import Visit
from letterhead.billing.queries import usual_location, visits_seen_by
from letterhead.billing.visits.actions import add_visit, change_visit
from letterhead.billing.visits.forms import VisitEntry
from letterhead.clients.models import Client
from letterhead.clients.queries import clients_seen_by, clinicians_for, policies_of
from letterhead.practices.access import members_only
from letterhead.practices.days import today_in
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.queries import locations_in
from letterhead.practices.roles import Act
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog


@members_only(Act.BILL)
def add(request: PracticeRequest, pk: int) -> HttpResponse:
    """Add a visit to a client."""
    client = get_object_or_404(clients_seen_by(request.membership), pk=pk)
    entry = _entry(request, Visit(client=client, practitioner_id=client.clinician_id))
    if saving(request) and entry.is_valid():
        add_visit(client, new=entry.facts(), by=request.user)
        return done(request, _page_of(client), _("Visit added"))
    return _page(request, _("Add visit for %(client)s") % {"client": client}, client, entry)


@members_only(Act.BILL)
def edit(request: PracticeRequest, pk: int) -> HttpResponse:
    """Change a visit; bills issued for it stay as they were."""
    now = get_object_or_404(visits_seen_by(request.membership), pk=pk)
    entry = _entry(request, now)
    if saving(request) and entry.is_valid():
        version = entry.form.cleaned_data["version"]
        try:
            change_visit(now, new=entry.facts(), read_at_version=version, by=request.user)
            return done(request, _page_of(now.client), _("Visit saved"))
        except Stale as stale:
            entry.show_what_changed(stale.now)  # type: ignore[arg-type]  # of the same model
    return _page(request, _("Edit visit of %(client)s") % {"client": now.client}, now.client, entry)


def _entry(request: PracticeRequest, visit: Visit) -> VisitEntry:
    policies, current = policies_of(visit.client), visit.practitioner_id
    if visit.pk is None:
        visit.visited_on, visit.policy = today_in(request.practice), policies.first()
        visit.location = usual_location(request.practice, practitioner=current)
    return VisitEntry(
        posted(request),
        visit=visit,
        practice=request.practice,
        clinicians=clinicians_for(request.membership, current=current),
        locations=locations_in(request.practice, current=visit.location_id),
        policies=policies,
    )


def _page(request: PracticeRequest, title: str, client: Client, entry: VisitEntry) -> HttpResponse:
    context = {
        "title": title,
        "back": _page_of(client),
        "form": entry.form,
        "lines": entry.lines,
        "folded": entry.form.folded_away(),
        "changing": entry.form.instance.pk is not None,
    }
    return page_or_dialog(request, "billing/visit_form.html", context)


def _page_of(client: Client) -> str:
    return reverse("client", args=[client.pk])
