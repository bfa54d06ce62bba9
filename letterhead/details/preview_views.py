"""Where My Details appear: every place as saved, and one of them with what is in a form."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from letterhead.details.appearances import Details, appearances
from letterhead.details.card.preview import preview_about_me, preview_description
from letterhead.details.general.preview import preview as preview_general
from letterhead.details.models import Practitioner
from letterhead.details.panel import panel_at
from letterhead.details.queries import practitioner_of, saved_details
from letterhead.details.signature.preview import preview as preview_signature
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.ui.http import wants_part

_PREVIEWS: dict[str, Callable[[QueryDict | None, Practitioner, Details], Details]] = {
    "general": preview_general,
    "description": preview_description,
    "about-me": preview_about_me,
    "signature": preview_signature,
}


@members_only()
def where_it_appears(request: PracticeRequest) -> HttpResponse:
    """Show every place as saved, to look at or print; the panel asks for one of them."""
    saved = saved_details(practitioner_of(request.membership))
    if wants_part(request):
        panel = panel_at(request.GET.get("place", ""), now=saved)
        return render(request, "details/panel/panel_sheet.html", {"panel": panel})
    sheets = [(each, each.draw(saved, None)) for each in appearances()]
    return render(request, "details/panel/where_it_appears.html", {"sheets": sheets})


@csrf_exempt  # nothing is changed, and no other site may send a PUT
@require_http_methods(["GET", "PUT"])
@members_only()
def preview(request: PracticeRequest, section: str) -> HttpResponse:
    """Show one place with what is in a section's form; nothing is saved.

    The form is sent by PUT, so that no one mistakes it for a save, which is a POST. GET is for a
    form that was just opened.
    """
    if section not in _PREVIEWS:
        raise Http404
    practitioner = practitioner_of(request.membership)
    saved = saved_details(practitioner)
    data = QueryDict(request.body) if request.method == "PUT" else None
    now = _PREVIEWS[section](data, practitioner, saved)
    place = (request.GET if data is None else data).get("place", "")
    panel = panel_at(place, section=section, now=now, saved=saved)
    return render(request, "details/panel/panel_sheet.html", {"panel": panel})
