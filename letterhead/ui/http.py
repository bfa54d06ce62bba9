"""Responses to htmx and to plain browsers: the only place that checks which of them is asking."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.forms import BaseForm, BaseFormSet, BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from letterhead.ui.forms.rows import as_typed, rows_pressed
from letterhead.ui.forms.typed import mark_for


class PageRequest(HttpRequest):
    """A request after our middleware."""

    htmx: HtmxDetails


@dataclass(frozen=True)
class Wrong:
    """A field or a group of rows to fix before saving; a group has no `field`."""

    label: str
    field: BoundField | None = None

    @property
    def id(self) -> str:
        """The id of the field's element, or ""."""
        return self.field.id_for_label if self.field else ""


def page_or_dialog(
    request: PageRequest, template: str, context: Mapping[str, Any], status: int | None = None
) -> HttpResponse:
    """Render an edit template as a pop-up for htmx, else as a page of its own.

    The template extends "ui/edit.html". The context has `title`, `back` (where Cancel leads
    without scripts, a URL or its name) and any number of forms and formsets. The status is 422
    if one of them has errors. After a row button nothing is validated: everything that was
    typed comes back with 200.
    """
    forms = [part for part in context.values() if isinstance(part, BaseForm | BaseFormSet)]
    if rows_pressed(request.POST):
        as_typed(*forms)
    wrong = [each for form in forms for each in _wrong_in(form)]
    if first := next((each.field for each in wrong if each.field), None):
        first.field.widget.attrs["autofocus"] = True
    frame = "ui/dialog.html" if wants_part(request) else "ui/edit_page.html"
    whole = {
        **context,
        "edit_frame": frame,
        "back": resolve_url(context.get("back", "/")),
        "multipart": any(form.is_multipart() for form in forms),
        "parts": forms,
        "wrong": wrong,
        "typed_by": mark_for(request, title=str(context.get("title", "")), forms=forms),
    }
    default = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, template, whole, status=status or default)


def done(request: PageRequest, to: str, said: str = "") -> HttpResponse:
    """Go to a page after a save and show `said` there; htmx swaps <main>, so the pop-up goes too.

    `to` is a URL, or a URL's name that needs no arguments.
    """
    if said:
        messages.success(request, said)
    url = resolve_url(to)
    if not request.htmx:
        return redirect(url)
    same = urlsplit(url).path == urlsplit(request.htmx.current_url or "").path
    go = {"path": url, "target": "#main", "select": "#main", "swap": "outerHTML"}
    location = json.dumps(go | ({"replace": "true"} if same else {"push": "true"}))
    return HttpResponse(headers={"HX-Location": location})


def too_many(request: HttpRequest, seconds: int, in_words: str) -> HttpResponse:
    """Return a 429 page that says how long to wait."""
    status = HTTPStatus.TOO_MANY_REQUESTS
    response = render(request, "429.html", {"wait": in_words}, status=status)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response


def came_from(request: PageRequest, otherwise: str) -> str:
    """Return the path of the page a pop-up was opened on, or `otherwise` (a URL or its name)."""
    url = (request.htmx.current_url if request.htmx else "") or ""
    known = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return urlsplit(url).path if url and known else resolve_url(otherwise)


def wants_part(request: PageRequest) -> bool:
    """Whether to send only a part: with a select of its own htmx asks for a whole page."""
    return bool(request.htmx) and request.headers.get("HX-Request-Type") != "full"


def _wrong_in(form: BaseForm | BaseFormSet) -> Iterable[Wrong]:
    if not form.is_bound:
        return
    if isinstance(form, BaseFormSet):
        if form.non_form_errors():
            yield Wrong(getattr(form, "add_label", "Rows"))
        for row in form.forms:
            yield from _wrong_in(row)
        return
    if form.non_field_errors():
        yield Wrong(str(form.non_field_errors()[0]))
    for field in form:
        if field.errors and not field.is_hidden:
            yield Wrong(str(field.label), field)
