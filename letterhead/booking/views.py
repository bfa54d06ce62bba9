"""The public pages: no session, no cookie, for each language the same bytes for everyone."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from letterhead.booking.pages import (
    Gone,
    Page,
    page_of_clinician,
    page_of_practice,
    vcard_of_clinician,
)
from letterhead.booking.preview import preview_png
from letterhead.booking.queries import Sites, left_for, logo_of, moved_to
from letterhead.booking.searching import sought_of
from letterhead.files.kept import read_file
from letterhead.practices.queries import practice_with_slug
from letterhead.ui.languages import best_of, languages, speaking

FRESH = "public, max-age=0, must-revalidate"  # requested each time, mostly answered with a 304
FOREVER = "public, max-age=31536000, immutable"  # another content has another name
VCARD = "text/vcard; charset=utf-8"

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Allow GET and HEAD; redirect capitals and old addresses; return the same 404 for all Gone."""
    return require_safe(_found(view))


def public_form(view: View) -> View:
    """Allow POST too. There is no session, so no CSRF token either: forms are signed."""
    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(_found(view)))


def _found(view: View) -> View:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "token" not in kwargs and request.path != (lower := request.path.lower()):
            return _moved(request, lower)
        try:
            return view(request, *args, **kwargs)
        except Gone:
            if (now := moved_to(kwargs)) and (at := request.resolver_match):
                return _moved(request, reverse(at.view_name, kwargs=now))
            if "service" in kwargs and (left := left_for(kwargs)):
                return redirect("book", left)  # not for good: who left may come back
            return _not_found(request, practice=kwargs["practice"])

    return answered


@public
def practice(request: HttpRequest, practice: str) -> HttpResponseBase:
    """Show a practice and its clinicians."""
    page = page_of_practice(
        practice, accept_language=asked_language(request), sought=sought_of(request.GET)
    )
    return send(request, page)


@public
def clinician(request: HttpRequest, practice: str, clinician: str) -> HttpResponseBase:
    """Show a clinician's card."""
    page = page_of_clinician(practice, clinician, accept_language=asked_language(request))
    return send(request, page)


@public
def vcard(request: HttpRequest, practice: str, clinician: str) -> HttpResponseBase:
    """Send a clinician's card for an address book."""
    answer = send(request, vcard_of_clinician(practice, clinician), content_type=VCARD)
    answer.headers["Content-Disposition"] = f'attachment; filename="{clinician}.vcf"'
    return answer


@public
def practice_preview(request: HttpRequest, practice: str, name: str) -> HttpResponseBase:
    """Send the picture that represents a practice's page elsewhere."""
    page = page_of_practice(practice, accept_language=asked_language(request))
    return _picture(request, page, name)


@public
def clinician_preview(
    request: HttpRequest, practice: str, clinician: str, name: str
) -> HttpResponseBase:
    """Send the picture that represents a clinician's page elsewhere."""
    page = page_of_clinician(practice, clinician, accept_language=asked_language(request))
    return _picture(request, page, name)


@public
def logo(request: HttpRequest, practice: str, sha256: str) -> HttpResponseBase:
    """Send a practice's logo."""
    png = read_file(sha256) if sha256 == logo_of(practice) else None
    if png is None:
        raise Gone
    return HttpResponse(png, content_type="image/png", headers={"Cache-Control": FOREVER})


def robots(request: HttpRequest) -> HttpResponse:
    """Allow robots on the public pages, and nowhere else."""
    form = "Disallow: /book/*/book/"  # a form that is opened holds its time
    text = f"User-agent: *\n{form}\nAllow: /book/\nAllow: /photos/\nAllow: /static/\nDisallow: /\n"
    return HttpResponse(text, content_type="text/plain", headers={"Cache-Control": FRESH})


def embed_script(request: HttpRequest) -> HttpResponse:
    """Redirect to the script of sites that show the scheduler: theirs has an address for ever."""
    answer = redirect(static("booking/embed.js"))
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


def asked_language(request: HttpRequest) -> str:
    """Return the header that says which languages a browser would like."""
    return request.headers.get("Accept-Language", "")


def send(
    request: HttpRequest, page: Page, *, content_type: str = "text/html; charset=utf-8"
) -> HttpResponseBase:
    """Send a page zipped or not, or a 304 if the browser has it."""
    headers = {"Cache-Control": FRESH, "ETag": page.etag, "Vary": "Accept-Encoding"}
    if page.language:
        headers["Vary"] = "Accept-Encoding, Accept-Language"
        headers["Content-Language"] = page.language
    if not page.is_listed:
        headers["X-Robots-Tag"] = "noindex"
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    if zipped:
        headers["Content-Encoding"] = "gzip"
    body = page.zipped if zipped else page.body
    answer = framed_by(
        HttpResponse(body, content_type=content_type, headers=headers), page.framed_by
    )
    unchanged = get_conditional_response(request, etag=page.etag, response=answer)
    if unchanged is None or unchanged is answer:
        return answer
    del unchanged["Content-Encoding"]
    return unchanged


def framed_by(answer: HttpResponse, sites: Sites) -> HttpResponse:
    """Let these sites show an answer in a frame; without any, nobody can, as everywhere."""
    if sites:
        answer.xframe_options_exempt = True
        answer._csp_replace = {"frame-ancestors": list(sites)}  # type: ignore[attr-defined]
    return answer


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    """Redirect for good, with the query. Browsers ask again: an address can be changed back."""
    query = request.META.get("QUERY_STRING", "")
    answer = redirect(f"{path}?{query}" if query else path, permanent=True)
    answer.headers["Cache-Control"] = FRESH
    return answer


def _picture(request: HttpRequest, page: Page, name: str) -> HttpResponseBase:
    """Send the page's picture; the address of an older one redirects to the current one."""
    if name != page.preview.name:
        directory = request.path.rpartition("/")[0]
        return redirect(f"{directory}/preview-{page.preview.name}.png")
    headers = {"Cache-Control": FOREVER}
    if not page.is_listed:
        headers["X-Robots-Tag"] = "noindex"
    return HttpResponse(preview_png(page.preview), content_type="image/png", headers=headers)


def _not_found(request: HttpRequest, *, practice: str) -> HttpResponse:
    """Send a 404 that is the same for hidden and unknown clinicians, with the practice's page."""
    every = tuple(code for code, _name in languages())
    with speaking(best_of(asked_language(request), every)):
        text = render_to_string(
            "booking/not_found.html", {"practice": practice_with_slug(practice)}
        )
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Language"}
    return HttpResponse(text, status=HTTPStatus.NOT_FOUND, headers=headers)
