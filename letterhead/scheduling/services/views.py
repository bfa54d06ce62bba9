"""The pop-ups of services on Account Settings."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letterhead.activity.changes import Stale
from letterhead.practices.access import members_only
from letterhead.practices.actions import NameTaken
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.queries import locations_in
from letterhead.practices.roles import Act
from letterhead.scheduling.models import Service
from letterhead.scheduling.queries import clinicians_on_calendar, services_in
from letterhead.scheduling.services.actions import add_service, change_service, stop_offering
from letterhead.scheduling.services.forms import EndForm, ServiceForm
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog
from letterhead.ui.toasts import outcome

SETTINGS = "account-settings"
_TAKEN = gettext_lazy("Another service has this name.")


@members_only(Act.CHANGE_SETTINGS)
def new_service(request: PracticeRequest) -> HttpResponse:
    """Add service."""
    form = _form(request, Service())
    if saving(request) and form.is_valid():
        try:
            added = add_service(
                request.practice,
                columns=form.cleaned_columns(),
                offers=form.offers(),
                by=request.user,
            )
            return done(request, SETTINGS, _("%(name)s added") % {"name": added.name})
        except NameTaken:
            form.add_error("name", _TAKEN)
    return _page(request, _("Add service"), form)


@members_only(Act.CHANGE_SETTINGS)
def edit_service(request: PracticeRequest, pk: int) -> HttpResponse:
    """Edit a service."""
    service = get_object_or_404(services_in(request.practice), pk=pk)
    form = _form(request, service)
    if saving(request) and form.is_valid():
        try:
            changed = change_service(
                service,
                columns=form.cleaned_columns(),
                offers=form.offers(),
                among=form.among(),
                read_at_version=form.cleaned_data["version"],
                by=request.user,
            )
            return done(request, SETTINGS, outcome(changed, _("Service saved")))
        except Stale as stale:
            form.show_what_changed(stale.now)
        except NameTaken:
            form.add_error("name", _TAKEN)
    return _page(request, _("Edit %(name)s") % {"name": service.name}, form)


@members_only(Act.CHANGE_SETTINGS)
def end_service(request: PracticeRequest, pk: int) -> HttpResponse:
    """Stop offering a service, after a question."""
    service = get_object_or_404(services_in(request.practice), pk=pk)
    form = EndForm(posted(request))
    if saving(request) and form.is_valid():
        is_gone = stop_offering(service, by=request.user)
        said = _("%(name)s removed") if is_gone else _("%(name)s no longer offered")
        return done(request, SETTINGS, said % {"name": service.name})
    context = {"title": _("Stop offering"), "back": SETTINGS, "form": form, "service": service}
    return page_or_dialog(request, "scheduling/services/end_service.html", context)


def _form(request: PracticeRequest, service: Service) -> ServiceForm:
    return ServiceForm(
        posted(request),
        instance=service,
        practice=request.practice,
        clinicians=list(clinicians_on_calendar(request.practice)),
        locations=locations_in(request.practice),
    )


def _page(request: PracticeRequest, title: str, form: ServiceForm) -> HttpResponse:
    context: dict[str, Any] = {"title": title, "back": SETTINGS, "form": form}
    return page_or_dialog(request, "scheduling/services/edit_service.html", context)
