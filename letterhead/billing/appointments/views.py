"""From someone who came to an appointment to their bill."""

from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from letterhead.billing.actions import NotAttended, Unmatched, open_draft, visit_from
from letterhead.billing.kinds import is_made_in
from letterhead.billing.queries import attendees_billed_by
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.roles import Act


@members_only(Act.BILL)
@require_POST
def new_bill(request: PracticeRequest, pk: int, kind: str) -> HttpResponse:
    """Show the draft of this kind for who came, made with its visit if there is none."""
    if not is_made_in(request.practice, kind):
        raise Http404
    came = get_object_or_404(attendees_billed_by(request.membership), pk=pk)
    try:
        visit = visit_from(came, by=request.user)
    except (Unmatched, NotAttended) as why:
        context = {"attendee": came, "unmatched": isinstance(why, Unmatched)}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "billing/not_billable.html", context, status=status)
    return redirect("bill", open_draft(visit, kind=kind, by=request.user).pk)
