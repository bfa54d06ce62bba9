"""What the buttons next to the people of an appointment do."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from letterhead.activity.changes import Stale
from letterhead.billing.queries import visit_of_attendee
from letterhead.clients.queries import clients_seen_by
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.roles import Act, may
from letterhead.scheduling.appointments import attendance, queries
from letterhead.scheduling.appointments.edit_views import page_of
from letterhead.scheduling.columns import State
from letterhead.scheduling.diaries import Taken
from letterhead.scheduling.models import Attendee
from letterhead.ui.by_key import read_id
from letterhead.ui.http import done
from letterhead.ui.toasts import outcome

_MARKS = {
    "attended": (State.ATTENDED, gettext_lazy("Marked as attended")),
    "no-show": (State.NO_SHOW, gettext_lazy("Marked as a no-show")),
    "booked": (State.BOOKED, gettext_lazy("Booked again")),
}
_REFUSED: dict[type[Exception], Any] = {
    Stale: gettext_lazy("Someone else changed this. Here it is as it is now."),
    Taken: gettext_lazy("Another appointment takes this time now."),
    attendance.Full: gettext_lazy("All places are taken."),
    attendance.AlreadyThere: gettext_lazy("This client already comes to this appointment."),
    attendance.Linked: gettext_lazy("Someone else said which client this is."),
}


@members_only()
@require_POST
def mark(request: PracticeRequest, pk: int) -> HttpResponse:
    """Do what the button says: attended, no-show, booked, confirm, decline, link, new-client."""
    person = get_object_or_404(queries.people_changed_by(request.membership), pk=pk)
    said = ""
    try:
        said = _do(request, person, request.POST.get("act", ""))
    except tuple(_REFUSED) as refused:
        messages.error(request, _REFUSED[type(refused)])
    return done(request, page_of(person.appointment), said)


def _do(request: PracticeRequest, person: Attendee, act: str) -> str:
    """Do one of these acts, and return what to say; "" for none that there is."""
    version, by = read_id(request.POST.get("version", "")) or 0, request.user
    if act in _MARKS:
        state, said = _MARKS[act]
        if visit_of_attendee(person):
            return _("There is a visit of this appointment, so it was attended.")
        changed = attendance.mark(person, state, read_at_version=version, by=by)
        return outcome(changed, str(said))
    if act == "confirm":
        changed = attendance.confirm(person, read_at_version=version, by=by)
        return outcome(changed, _("Appointment confirmed"))
    if act == "decline":
        changed = attendance.decline(person, read_at_version=version, by=by)
        return outcome(changed, _("Appointment declined"))
    if act == "link":
        asked = read_id(request.POST.get("client", ""))
        client = get_object_or_404(clients_seen_by(request.membership), pk=asked)
        attendance.link(person, client, read_at_version=version, by=by)
        return _("This is %(client)s now") % {"client": client}
    if act == "new-client" and may(request.membership, Act.CHANGE_CLIENTS):
        client = attendance.link_new_client(person, read_at_version=version, by=by)
        return _("%(name)s added") % {"name": client}
    raise PermissionDenied
