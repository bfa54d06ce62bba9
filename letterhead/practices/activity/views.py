"""The page Activity, for Directors, and the same as a CSV file."""

from http import HTTPStatus

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from letterhead.activity.queries import activity_in, one_by_one
from letterhead.activity.words import as_csv, changes_in_words, in_words
from letterhead.practices.access import members_only
from letterhead.practices.activity.actions import export_activity
from letterhead.practices.activity.forms import SoughtForm
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.roles import Act
from letterhead.ui.by_key import read_id

A_PAGE = 50


@require_safe
@members_only(Act.SEE_ACTIVITY)
def activity(request: PracticeRequest) -> HttpResponse:
    """Show what was done, fifty rows a page, newest first."""
    form = SoughtForm(request.GET, practice=request.practice)
    typed = request.GET.get("before", "")
    before = read_id(typed)
    rows = list(activity_in(request.practice.pk, form.sought, before=before)[: A_PAGE + 1])
    asked = request.GET.copy()
    asked.pop("before", None)
    context = {
        "form": form,
        "rows": [(in_words(row), changes_in_words(row.changes)) for row in rows[:A_PAGE]],
        "older": rows[A_PAGE - 1].place if len(rows) > A_PAGE else None,
        "later": bool(typed),
        "asked": asked.urlencode(),
        "narrowed": any(asked.values()),
    }
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "practices/activity/activity.html", context, status=status)


@require_POST
@members_only(Act.SEE_ACTIVITY)
def activity_csv(request: PracticeRequest) -> HttpResponse:
    """Send the rows that were searched for as a CSV file, and record the download."""
    form = SoughtForm(request.POST, practice=request.practice)
    if not form.is_valid():
        return render(
            request,
            "practices/activity/activity.html",
            {"form": form},
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    export_activity(request.practice, by=request.user)
    rows = one_by_one(activity_in(request.practice.pk, form.sought))
    return StreamingHttpResponse(  # type: ignore[return-value]  # line by line
        as_csv(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="activity.csv"'},
    )
