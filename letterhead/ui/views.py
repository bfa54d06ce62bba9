"""Pages outside any room: the start, the guide, health checks and errors."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from letterhead.ui.guide import START, NoSuchPage, beside, contents, page_named


def home(request: HttpRequest) -> HttpResponse:
    """Go to My Details, or to log in."""
    return redirect("my-details" if request.user.is_authenticated else "account_login")


def healthz(request: HttpRequest) -> HttpResponse:
    """Return 200: the process runs."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Check database, migrations and storage; 503 with what is missing."""
    executor = MigrationExecutor(connection)
    missing = []
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        missing.append("migrations")
    if not default_storage.exists(""):
        missing.append("storage")
    text = f"not ready: {', '.join(missing)}\n" if missing else "ready\n"
    status = HTTPStatus.SERVICE_UNAVAILABLE if missing else HTTPStatus.OK
    return HttpResponse(text, status=status, content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=300)
def guide(request: HttpRequest, page: str = START) -> HttpResponse:
    """Show a page of the guide: the same for everyone, logged in or not, so without a menu."""
    try:
        shown = page_named(page)
    except NoSuchPage as missing:
        raise Http404 from missing
    before, after = beside(shown)
    context = {"page": shown, "before": before, "after": after, "contents": contents()}
    return HttpResponse(render_to_string("ui/guide.html", context))


def bad_request(request: HttpRequest, exception: Exception | None) -> HttpResponse:
    """Show the 400 page, with the limit if one was exceeded."""
    too_much = isinstance(exception, TooManyFieldsSent | RequestDataTooBig)
    context = {"too_much": too_much}
    return render(request, "400.html", context, status=HTTPStatus.BAD_REQUEST)


def server_error(request: HttpRequest) -> HttpResponse:
    """Show the 500 page, with the id under which the error was logged."""
    context = {"error_id": getattr(request, "error_id", "")}
    return render(request, "500.html", context, status=HTTPStatus.INTERNAL_SERVER_ERROR)
