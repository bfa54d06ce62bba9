"""The page My Details, and where they appear. Everyone sees and edits only their own."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from letterhead.claims.queries import readiness_of
from letterhead.details.appearances import Details, appearances
from letterhead.details.card.preview import preview_about_me, preview_description
from letterhead.details.faces import face_in
from letterhead.details.general.preview import preview as preview_general
from letterhead.details.licenses.notes import notes_on
from letterhead.details.models import Practitioner
from letterhead.details.names import signature, signed_on_paper
from letterhead.details.panel import panel_at
from letterhead.details.queries import (
    is_card_public,
    letterhead_for,
    practitioner_of,
    saved_details,
)
from letterhead.details.signature.preview import preview as preview_signature
from letterhead.encryption.fields import NOT_READ, is_unreadable
from letterhead.outbox.queries import undelivered_to
from letterhead.practices.access import members_only
from letterhead.practices.context import pages_of_my_details
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.queries import numbers_shown
from letterhead.practices.roles import Act, may
from letterhead.ui.http import wants_part

_PREVIEWS: dict[str, Callable[[QueryDict | None, Practitioner, Details], Details]] = {
    "general": preview_general,
    "description": preview_description,
    "about-me": preview_about_me,
    "signature": preview_signature,
}


@members_only()
def my_details(request: PracticeRequest) -> HttpResponse:
    """Show My Details, each section with its pencil."""
    practitioner = practitioner_of(request.membership)
    letterhead = letterhead_for(practitioner)
    clinician = letterhead.clinician
    address = reverse("book-clinician", args=[request.practice.slug, practitioner.slug])
    context = {
        "practitioner": practitioner,
        "clinician": clinician,
        "signature": signature(clinician),
        "paper_signature": signed_on_paper(clinician),
        "main_number": request.practice.main_number(clinician.npi).written(clinician.npi),
        "numbers": numbers_shown(practitioner.number_rows, request.practice.place),
        "tax_id": NOT_READ
        if is_unreadable(practitioner.tax_id)
        else request.practice.place.masked(practitioner.tax_id_kind, practitioner.tax_id),
        "tabs": pages_of_my_details("my-details"),
        "readiness": readiness_of(practitioner, letterhead=letterhead),
        "notes": notes_on(clinician, practice=request.practice),
        "card_address": address,
        "card_url": address if is_card_public(practitioner) else "",
        "may_change_addresses": may(request.membership, Act.CHANGE_PUBLIC_ADDRESSES),
        "panel": panel_at(request.GET.get("place", ""), practice=request.practice),
        "undelivered": undelivered_to(request.practice.pk).get(practitioner.unconfirmed_email)
        if practitioner.unconfirmed_email
        else None,
        "login_email": request.user.email,
        "face": face_in(practitioner),
    }
    return render(request, "details/my_details.html", context)


@members_only()
def where_it_appears(request: PracticeRequest) -> HttpResponse:
    """Show every place as saved, to look at or print; the panel asks for one of them."""
    saved = saved_details(practitioner_of(request.membership))
    if wants_part(request):
        panel = panel_at(request.GET.get("place", ""), practice=request.practice, now=saved)
        return render(request, "details/panel/panel_sheet.html", {"panel": panel})
    sheets = [(each, each.draw(saved, None)) for each in appearances(request.practice)]
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
    panel = panel_at(place, practice=request.practice, section=section, now=now, saved=saved)
    return render(request, "details/panel/panel_sheet.html", {"panel": panel})
