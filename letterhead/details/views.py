"""The page My Details. Everyone sees and edits only their own."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from letterhead.claims.queries import readiness_of
from letterhead.details.faces import face_in
from letterhead.details.licenses.notes import notes_on
from letterhead.details.names import signature, signed_on_paper
from letterhead.details.panel import panel_at
from letterhead.details.queries import is_card_public, letterhead_for, practitioner_of
from letterhead.encryption.fields import NOT_READ, is_unreadable
from letterhead.numbers.ids import mask_tax_id
from letterhead.outbox.queries import undelivered_to
from letterhead.practices.access import members_only
from letterhead.practices.context import pages_of_my_details
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.roles import Act, may


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
        "tax_id": NOT_READ
        if is_unreadable(practitioner.tax_id)
        else mask_tax_id(practitioner.tax_id, practitioner.tax_id_kind),
        "tabs": pages_of_my_details("my-details"),
        "readiness": readiness_of(practitioner, letterhead=letterhead),
        "notes": notes_on(clinician, practice=request.practice),
        "card_address": address,
        "card_url": address if is_card_public(practitioner) else "",
        "may_change_addresses": may(request.membership, Act.CHANGE_PUBLIC_ADDRESSES),
        "panel": panel_at(request.GET.get("place", "")),
        "undelivered": undelivered_to(request.practice.pk).get(practitioner.unconfirmed_email)
        if practitioner.unconfirmed_email
        else None,
        "login_email": request.user.email,
        "face": face_in(practitioner),
    }
    return render(request, "details/my_details.html", context)
