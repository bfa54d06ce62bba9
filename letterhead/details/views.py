"""The page My Details. Everyone sees and edits only their own."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from letterhead.claims.queries import readiness_of
from letterhead.details.appearances import chips
from letterhead.details.faces import face_in
from letterhead.details.licenses.notes import notes_on
from letterhead.details.names import signature, signed_on_paper
from letterhead.details.panel import panel_at
from letterhead.details.queries import clinician_of, is_card_public, practitioner_of
from letterhead.encryption.fields import NOT_READ, is_unreadable
from letterhead.numbers.ids import mask_tax_id
from letterhead.outbox.queries import undelivered_to
from letterhead.practices.access import members_only
from letterhead.practices.context import pages_of_my_details
from letterhead.practices.middleware import PracticeRequest


@members_only()
def my_details(request: PracticeRequest) -> HttpResponse:
    """Show My Details, each section with its pencil."""
    practitioner = practitioner_of(request.membership)
    clinician = clinician_of(practitioner, country=request.practice.country)
    context = {
        "practitioner": practitioner,
        "clinician": clinician,
        "signature": signature(clinician),
        "paper_signature": signed_on_paper(clinician),
        "tax_id": NOT_READ
        if is_unreadable(practitioner.tax_id)
        else mask_tax_id(practitioner.tax_id, practitioner.tax_id_kind),
        "tabs": pages_of_my_details("my-details"),
        "readiness": readiness_of(practitioner) if request.membership.show_on_calendar else None,
        "notes": notes_on(clinician, practice=request.practice),
        "card_url": reverse("book-clinician", args=[request.practice.slug, practitioner.slug])
        if is_card_public(practitioner)
        else "",
        "chips": chips(),
        "panel": panel_at(request.GET.get("place", "")),
        "is_undelivered": bool(practitioner.unconfirmed_email)
        and practitioner.unconfirmed_email in undelivered_to(request.practice.pk),
        "login_email": request.user.email,
        "face": face_in(practitioner),
    }
    return render(request, "details/my_details.html", context)
