"""The calendar feed: its page under Preferences, and the file that calendar programs read."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from letterhead.accounts.limits import count_try, span_in_words
from letterhead.outbox.mail import absolute
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.scheduling.feeds.actions import make_address
from letterhead.scheduling.feeds.queries import calendar_of, feed_at, feed_of, state_of
from letterhead.ui.http import too_many

_NOT_FOUND = "There is no calendar here.\n"


@members_only()
def calendar_feed(request: PracticeRequest) -> HttpResponse:
    """Show whether there is a feed; pressed for the first time or for a new one, show its address.

    The address is shown this once: only a hash of it is stored.
    """
    feed, address = feed_of(request.membership), ""
    if request.method == "POST" and (feed is None or "new" in request.POST):
        mine = f"member {request.membership.pk}"
        if wait := count_try(request, "calendar address", account=mine).wait:
            return too_many(request, wait, span_in_words(wait))
        token = make_address(request.membership, by=request.user)
        address = absolute(reverse("calendar-feed-file", args=[token]))
    context = {"feed": feed, "address": address}
    return render(request, "scheduling/feeds/calendar_feed.html", context)


@require_safe
def calendar_feed_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """Send a member's appointments; a 304, without reading them, where nothing has changed."""
    feed = feed_at(token)
    if feed is None:
        return _not_found(request)
    headers = {"Cache-Control": "private, no-cache", "ETag": f'W/"{state_of(feed)}"'}
    unchanged = get_conditional_response(request, etag=headers["ETag"])
    if unchanged is not None:
        unchanged.headers["Cache-Control"] = headers["Cache-Control"]
        return unchanged
    if wait := count_try(request, "calendar feed", account=f"feed {feed.pk}").wait:
        return too_many(request, wait, span_in_words(wait))
    answer = HttpResponse(
        calendar_of(feed), content_type="text/calendar; charset=utf-8", headers=headers
    )
    answer.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return answer


def _not_found(request: HttpRequest) -> HttpResponse:
    if wait := count_try(request, "calendar address tried").wait:
        return too_many(request, wait, span_in_words(wait))
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(_NOT_FOUND, content_type="text/plain", status=404, headers=headers)
