"""What the calendar's component draws, as JSON."""

from http import HTTPStatus

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.scheduling.calendar.queries import MOST_DAYS, drawn_for, read_days
from letterhead.ui.by_key import read_id


@gzip_page
@members_only()
@require_safe
def drawn(request: PracticeRequest) -> HttpResponse:
    """Send the appointments of the days `from` to before `until`, and who has no hours when.

    `clinician` leaves only theirs.
    """
    days = read_days(request.GET.get("from", ""), request.GET.get("until", ""))
    if days is None:
        words = _("Ask for 1 to %(most)d days, as from=2026-11-30&until=2026-12-07.")
        error = {"error": words % {"most": MOST_DAYS}}
        return JsonResponse(error, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    clinician = read_id(request.GET.get("clinician", ""))
    return JsonResponse(drawn_for(request.membership, *days, clinician=clinician))
