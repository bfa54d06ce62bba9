"""The pop-ups of Account Settings."""

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404

from letterhead.activity.changes import Stale
from letterhead.details.queries import clinician_of, practitioner_of
from letterhead.files.kept import read_file
from letterhead.practices.access import members_only
from letterhead.practices.account_settings.actions import (
    NameTaken,
    add_payer,
    change_billing_details,
    change_location,
    change_logo,
    change_payer,
    change_practice_details,
)
from letterhead.practices.account_settings.forms import (
    BillingDetailsForm,
    LocationForm,
    LogoForm,
    PayerForm,
    PracticeDetailsForm,
)
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.queries import locations_in, payers_in
from letterhead.practices.roles import Act
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog

SETTINGS = "account-settings"


@members_only(Act.CHANGE_SETTINGS)
def edit_practice_details(request: PracticeRequest) -> HttpResponse:
    """Edit Practice Details."""
    form = PracticeDetailsForm(posted(request), instance=request.practice)
    if saving(request) and form.is_valid():
        try:
            changed = change_practice_details(
                request.practice,
                columns=form.columns(),
                read_at_version=form.cleaned_data["version"],
                by=request.user,
            )
            return done(request, SETTINGS, _said("Practice Details", changed))
        except Stale as stale:
            form.show_what_changed(stale.now)
    context = {"title": "Edit Practice Details", "back": SETTINGS, "form": form}
    return page_or_dialog(request, "practices/account_settings/edit_practice_details.html", context)


@members_only(Act.CHANGE_SETTINGS)
def edit_billing_details(request: PracticeRequest) -> HttpResponse:
    """Edit Billing Details; "I bill as myself" fills the holder in and saves nothing."""
    data = _billing_as_oneself(request, posted(request))
    form = BillingDetailsForm(data, instance=request.practice)
    if saving(request) and form.is_valid():
        try:
            changed = change_billing_details(
                request.practice,
                columns=form.columns(),
                read_at_version=form.cleaned_data["version"],
                by=request.user,
            )
            return done(request, SETTINGS, _said("Billing Details", changed))
        except Stale as stale:
            form.show_what_changed(stale.now)
    context = {"title": "Edit Billing Details", "back": SETTINGS, "form": form}
    return page_or_dialog(request, "practices/account_settings/edit_billing_details.html", context)


def _billing_as_oneself(request: PracticeRequest, data: QueryDict | None) -> QueryDict | None:
    """Fill in the holder's name and NPI from My Details, where that button was pressed."""
    if data is None or data.get("rows") != "myself":
        return data
    practitioner = practitioner_of(request.membership)
    clinician = clinician_of(practitioner, country=request.practice.country)
    filled = data.copy()
    name = clinician.claim_name
    filled["npi_type"], filled["holder_npi"] = "individual", clinician.npi
    filled["holder_first_name"], filled["holder_middle_name"] = name.first, name.middle
    filled["holder_last_name"], filled["holder_suffix"] = name.last, name.suffix
    return filled


@members_only(Act.CHANGE_SETTINGS)
def edit_logo(request: PracticeRequest) -> HttpResponse:
    """Edit Logo: take another picture, or none."""
    data = posted(request)
    form = LogoForm(data, request.FILES or None, instance=request.practice)
    if saving(request) and form.is_valid():
        try:
            changed = change_logo(
                request.practice,
                png=form.png,
                read_at_version=form.cleaned_data["version"],
                by=request.user,
            )
            return done(request, SETTINGS, _said("Logo", changed))
        except Stale as stale:
            form.show_what_changed(stale.now)
    context = {"title": "Edit Logo", "back": SETTINGS, "form": form}
    return page_or_dialog(request, "practices/account_settings/edit_logo.html", context)


@members_only()
def logo(request: PracticeRequest, sha256: str) -> HttpResponse:
    """Give the practice's logo; its name is what it holds, so it may be kept for long."""
    png = read_file(sha256) if sha256 == request.practice.logo_sha256 else None
    if png is None:
        raise Http404
    headers = {"Cache-Control": "private, max-age=31536000, immutable"}
    return HttpResponse(png, content_type="image/png", headers=headers)


@members_only(Act.CHANGE_SETTINGS)
def edit_location(request: PracticeRequest, pk: int) -> HttpResponse:
    """Edit Location."""
    location = get_object_or_404(locations_in(request.practice), pk=pk)
    form = LocationForm(posted(request), instance=location, practice=request.practice)
    if saving(request) and form.is_valid():
        try:
            changed = change_location(
                location,
                columns=form.columns(),
                read_at_version=form.cleaned_data["version"],
                by=request.user,
            )
            return done(request, SETTINGS, _said("Location", changed))
        except Stale as stale:
            form.show_what_changed(stale.now)
        except NameTaken:
            form.add_error("name", "Another location has this name.")
    context = {"title": "Edit Location", "back": SETTINGS, "form": form}
    return page_or_dialog(request, "practices/account_settings/edit_location.html", context)


@members_only(Act.CHANGE_SETTINGS)
def new_payer(request: PracticeRequest) -> HttpResponse:
    """Add payer."""
    form = PayerForm(posted(request))
    if saving(request) and form.is_valid():
        try:
            payer = add_payer(request.practice, columns=form.columns(), by=request.user)
            return done(request, SETTINGS, f"{payer.name} added")
        except NameTaken:
            form.add_error("name", "Another payer has this name.")
    context = {"title": "Add payer", "back": SETTINGS, "form": form}
    return page_or_dialog(request, "practices/account_settings/edit_payer.html", context)


@members_only(Act.CHANGE_SETTINGS)
def edit_payer(request: PracticeRequest, pk: int) -> HttpResponse:
    """Edit a payer."""
    payer = get_object_or_404(payers_in(request.practice), pk=pk)
    form = PayerForm(posted(request), instance=payer)
    if saving(request) and form.is_valid():
        try:
            changed = change_payer(
                payer,
                columns=form.columns(),
                read_at_version=form.cleaned_data["version"],
                by=request.user,
            )
            return done(request, SETTINGS, _said(form.cleaned_data["name"], changed))
        except Stale as stale:
            form.show_what_changed(stale.now)
        except NameTaken:
            form.add_error("name", "Another payer has this name.")
    context = {"title": f"Edit {payer.name}", "back": SETTINGS, "form": form}
    return page_or_dialog(request, "practices/account_settings/edit_payer.html", context)


def _said(what: str, changed: bool) -> str:
    return f"{what} saved" if changed else "Nothing was changed"
