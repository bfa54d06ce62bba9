"""Pages of clients and their policies."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from letterhead.activity.changes import Stale
from letterhead.billing.history import history_of
from letterhead.clients import actions, queries
from letterhead.clients.actions import ClientFacts, PolicyFacts
from letterhead.clients.forms import ClientForm, PolicyForm
from letterhead.clients.models import Client, Policy
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.queries import payers_in
from letterhead.practices.roles import Act, makes_appointments, may, sees_clients
from letterhead.ui.by_key import page_of
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog
from letterhead.ui.languages import of_paper
from letterhead.ui.toasts import outcome

ON_A_PAGE = VISITS_AT_ONCE = 20


@members_only()
def clients(request: PracticeRequest) -> HttpResponse:
    """List the clients that the member can see, or search them by `q`."""
    called = request.GET.get("q", "").strip()
    found = queries.clients_in_parts(request.membership, called=called)
    whole = queries.clients_seen_by(request.membership)
    context = {
        "called": called,
        "page": page_of(found, request.GET, whole=whole, size=ON_A_PAGE),
        "sees_all": may(request.membership, Act.SEE_ALL_CLIENTS),
        "may_change": may(request.membership, Act.CHANGE_CLIENTS),
    }
    return render(request, "clients/clients.html", context)


@members_only()
def client(request: PracticeRequest, pk: int) -> HttpResponse:
    """Show a client: facts, policies, and the appointments and visits that the member sees."""
    shown = get_object_or_404(queries.client_shown(request.membership), pk=pk)
    context: dict[str, Any] = {
        "client": shown,
        "language": shown.language and of_paper(shown.language),
        "policies": queries.policies_of(shown),
        "may_change": may(request.membership, Act.CHANGE_CLIENTS),
        "may_bill": may(request.membership, Act.BILL),
        "sees_visits": may(request.membership, Act.SEE_BILLS),
    }
    before = request.GET.get("before", "")
    history = history_of(request.membership, shown, before=before, size=VISITS_AT_ONCE)
    context |= {
        "history": history,
        "newest": not before,
        "choosing": context["may_bill"] and (history.visits > 1 or bool(before)),
        "may_add_appointments": makes_appointments(request.membership),
    }
    return render(request, "clients/client.html", context)


@members_only(Act.CHANGE_CLIENTS)
def add_client(request: PracticeRequest) -> HttpResponse:
    """Add a client."""
    form = _client_form(
        request, Client(practice=request.practice, country=request.practice.country)
    )
    if saving(request) and form.is_valid():
        facts = ClientFacts(**form.cleaned_columns())
        added = actions.add_client(request.practice, new=facts, by=request.user)
        return done(request, _page_of(added), _("%(name)s added") % {"name": added})
    context = {"title": _("Add client"), "back": "clients", "form": form}
    return page_or_dialog(request, "clients/edit_client.html", context)


@members_only(Act.CHANGE_CLIENTS)
def edit_client(request: PracticeRequest, pk: int) -> HttpResponse:
    """Change a client's facts."""
    now = get_object_or_404(queries.clients_seen_by(request.membership), pk=pk)
    form = _client_form(request, now)
    if saving(request) and form.is_valid():
        new, version = ClientFacts(**form.cleaned_columns()), form.cleaned_data["version"]
        try:
            changed = actions.change_client(now, new=new, read_at_version=version, by=request.user)
            return done(request, _page_of(now), outcome(changed, _("Client saved")))
        except Stale as stale:
            form.show_what_changed(stale.now)
    context = {"title": _("Edit client"), "back": _page_of(now), "form": form}
    return page_or_dialog(request, "clients/edit_client.html", context)


@members_only(Act.CHANGE_CLIENTS)
def add_policy(request: PracticeRequest, pk: int) -> HttpResponse:
    """Add a policy to a client."""
    insured = get_object_or_404(queries.clients_seen_by(request.membership), pk=pk)
    form = _policy_form(request, Policy(insured_country=insured.country))
    if saving(request) and form.is_valid():
        new = PolicyFacts(**form.cleaned_columns())
        actions.add_policy(insured, new=new, by=request.user)
        return done(request, _page_of(insured), _("Policy added"))
    return _policy_page(request, _("Add policy"), _page_of(insured), form)


@members_only(Act.CHANGE_CLIENTS)
def edit_policy(request: PracticeRequest, pk: int) -> HttpResponse:
    """Change a policy."""
    now = get_object_or_404(queries.policies_seen_by(request.membership), pk=pk)
    form, back = _policy_form(request, now), _page_of(now.client)
    if saving(request) and form.is_valid():
        new, version = PolicyFacts(**form.cleaned_columns()), form.cleaned_data["version"]
        try:
            changed = actions.change_policy(now, new=new, read_at_version=version, by=request.user)
            return done(request, back, outcome(changed, _("Policy saved")))
        except Stale as stale:
            form.show_what_changed(stale.now)
    title = _("Edit policy %(name)s") % {"name": now.payer}
    return _policy_page(request, title, back, form)


def _client_form(request: PracticeRequest, instance: Client) -> ClientForm:
    current = instance.clinician_id
    clinicians = queries.clinicians_for(request.membership, current=current)
    practice = request.practice
    form = ClientForm(posted(request), instance=instance, practice=practice, clinicians=clinicians)
    member = request.membership
    if not (may(member, Act.SEE_ALL_CLIENTS) or sees_clients(member.role)):
        form.fields["clinician"].help_text = _(
            "You see only the clients assigned to you, and you aren’t a clinician, so there is no "
            "one to choose. A Director can uncheck “Only assigned clients” for you."
        )
    return form


def _policy_form(request: PracticeRequest, instance: Policy) -> PolicyForm:
    payers, practice = payers_in(request.practice), request.practice
    return PolicyForm(posted(request), instance=instance, practice=practice, payers=payers)


def _policy_page(request: PracticeRequest, title: str, back: str, form: PolicyForm) -> HttpResponse:
    context = {"title": title, "back": back, "form": form, "folded": form.folded_away()}
    return page_or_dialog(request, "clients/edit_policy.html", context)


def _page_of(client: Client) -> str:
    return reverse("client", args=[client.pk])
