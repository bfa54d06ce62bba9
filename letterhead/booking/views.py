"""The public pages: no session, no cookie, the same bytes for everyone."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from letterhead.booking.pages import (
    Gone,
    Page,
    page_of_clinician,
    page_of_practice,
    vcard_of_clinician,
)
from letterhead.booking.preview import preview_png
from letterhead.booking.queries import logo_of
from letterhead.files.kept import read_file

FRESH = "public, max-age=0, must-revalidate"  # asked each time, mostly answered by a 304
FOR_EVER = "public, max-age=31536000, immutable"  # its name is what it holds
VCARD = "text/vcard; charset=utf-8"

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Answer GET and HEAD; send capitals to the address without; say 404 alike for all Gone."""

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.path != (lower := request.path.lower()):
            return redirect(lower, permanent=True)
        try:
            return view(request, *args, **kwargs)
        except Gone:
            return _not_found()

    return answered


@public
def practice(request: HttpRequest, practice: str) -> HttpResponseBase:
    """Show a practice and its clinicians."""
    return _send(request, page_of_practice(practice))


@public
def clinician(request: HttpRequest, practice: str, clinician: str) -> HttpResponseBase:
    """Show a clinician's card."""
    return _send(request, page_of_clinician(practice, clinician))


@public
def vcard(request: HttpRequest, practice: str, clinician: str) -> HttpResponseBase:
    """Give a clinician's card to an address book."""
    answer = _send(request, vcard_of_clinician(practice, clinician), content_type=VCARD)
    answer.headers["Content-Disposition"] = f'attachment; filename="{clinician}.vcf"'
    return answer


@public
def practice_preview(request: HttpRequest, practice: str, name: str) -> HttpResponseBase:
    """Give the picture that stands for a practice's page elsewhere."""
    return _picture(request, page_of_practice(practice), name)


@public
def clinician_preview(
    request: HttpRequest, practice: str, clinician: str, name: str
) -> HttpResponseBase:
    """Give the picture that stands for a clinician's page elsewhere."""
    return _picture(request, page_of_clinician(practice, clinician), name)


@public
def logo(request: HttpRequest, practice: str, sha256: str) -> HttpResponseBase:
    """Give a practice's logo to everyone."""
    png = read_file(sha256) if sha256 == logo_of(practice) else None
    if png is None:
        raise Gone
    return HttpResponse(png, content_type="image/png", headers={"Cache-Control": FOR_EVER})


def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots that the public pages are for them and the rest is not."""
    text = "User-agent: *\nAllow: /book/\nAllow: /photos/\nAllow: /static/\nDisallow: /\n"
    return HttpResponse(text, content_type="text/plain", headers={"Cache-Control": FRESH})


def _send(
    request: HttpRequest, page: Page, *, content_type: str = "text/html; charset=utf-8"
) -> HttpResponseBase:
    """Send a page zipped or not, or 304 where the browser has it."""
    headers = {"Cache-Control": FRESH, "ETag": page.etag, "Vary": "Accept-Encoding"}
    if not page.is_listed:
        headers["X-Robots-Tag"] = "noindex"
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    if zipped:
        headers["Content-Encoding"] = "gzip"
    body = page.zipped if zipped else page.body
    answer = HttpResponse(body, content_type=content_type, headers=headers)
    kept = get_conditional_response(request, etag=page.etag, response=answer)
    if kept is None or kept is answer:
        return answer
    del kept["Content-Encoding"]
    return kept


def _picture(request: HttpRequest, page: Page, name: str) -> HttpResponseBase:
    """Send the page's picture; an older one's address leads to the one of now."""
    if name != page.preview.name:
        return redirect(request.path.replace(name, page.preview.name))
    headers = {"Cache-Control": FOR_EVER}
    if not page.is_listed:
        headers["X-Robots-Tag"] = "noindex"
    return HttpResponse(preview_png(page.preview), content_type="image/png", headers=headers)


def _not_found() -> HttpResponse:
    text = render_to_string("booking/not_found.html")
    headers = {"Cache-Control": "no-cache"}
    return HttpResponse(text, status=HTTPStatus.NOT_FOUND, headers=headers)
