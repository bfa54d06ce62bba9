"""The pop-ups of Account Settings."""

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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
    change_public_address,
)
from letterhead.practices.account_settings.forms import (
    BillingDetailsForm,
    LocationForm,
    LogoForm,
    PayerForm,
    PracticeAddressForm,
    PracticeDetailsForm,
)
from letterhead.practices.forms import SettingsForm
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.public_address_views import shown_or_saved
from letterhead.practices.queries import locations_in, payers_in
from letterhead.practices.roles import Act
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog
from letterhead.ui.toasts import outcome

SETTINGS = "account-settings"
_NAME_TAKEN = _("This name is already in use.")


@members_only(Act.CHANGE_SETTINGS)
def edit_practice_details(request: PracticeRequest) -> HttpResponse:
    """Edit Practice Details."""
    return _edit(
        request,
        PracticeDetailsForm(posted(request), instance=request.practice),
        partial(change_practice_details, request.practice),
        template="practices/account_settings/edit_practice_details.html",
        title=gettext("Edit Practice Details"),
        saved=gettext("Practice Details saved"),
    )


@members_only(Act.CHANGE_PUBLIC_ADDRESSES)
def edit_public_address(request: PracticeRequest) -> HttpResponse:
    """Edit the address of the practice's public page."""
    practice = request.practice
    form = PracticeAddressForm(posted(request), instance=practice, below="/book/")
    return shown_or_saved(request, form, partial(change_public_address, practice), back=SETTINGS)


@members_only(Act.CHANGE_SETTINGS)
def edit_billing_details(request: PracticeRequest) -> HttpResponse:
    """Edit Billing Details; "I bill as myself" fills in the billing provider and saves nothing."""
    data = _billing_as_myself(request, posted(request))
    return _edit(
        request,
        BillingDetailsForm(data, instance=request.practice),
        partial(change_billing_details, request.practice),
        template="practices/account_settings/edit_billing_details.html",
        title=gettext("Edit Billing Details"),
        saved=gettext("Billing Details saved"),
    )


def _billing_as_myself(request: PracticeRequest, data: QueryDict | None) -> QueryDict | None:
    """Fill in name and NPI from My Details if that button was pressed."""
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
def edit_location(request: PracticeRequest, pk: int) -> HttpResponse:
    """Edit Location."""
    location = get_object_or_404(locations_in(request.practice), pk=pk)
    return _edit(
        request,
        LocationForm(posted(request), instance=location, practice=request.practice),
        partial(change_location, location),
        template="practices/account_settings/edit_location.html",
        title=gettext("Edit Location"),
        saved=gettext("Location saved"),
    )


@members_only(Act.CHANGE_SETTINGS)
def edit_payer(request: PracticeRequest, pk: int) -> HttpResponse:
    """Edit a payer."""
    payer = get_object_or_404(payers_in(request.practice), pk=pk)
    return _edit(
        request,
        PayerForm(posted(request), instance=payer),
        partial(change_payer, payer),
        template="practices/account_settings/edit_payer.html",
        title=gettext("Edit %(name)s") % {"name": payer.name},
        saved=gettext("Payer saved"),
    )


def _edit(
    request: PracticeRequest,
    form: SettingsForm,
    change: Callable[..., bool],
    *,
    template: str,
    title: str,
    saved: str,
) -> HttpResponse:
    """Show the form of a row, or save it with the action `change` and return to the page."""
    if saving(request) and form.is_valid():
        columns, version = form.columns(), form.cleaned_data["version"]
        try:
            changed = change(columns=columns, read_at_version=version, by=request.user)
            return done(request, SETTINGS, outcome(changed, saved))
        except Stale as stale:
            form.show_what_changed(stale.now)
        except NameTaken:
            form.add_error("name", _NAME_TAKEN)
    return page_or_dialog(request, template, {"title": title, "back": SETTINGS, "form": form})


@members_only(Act.CHANGE_SETTINGS)
def new_payer(request: PracticeRequest) -> HttpResponse:
    """Add payer."""
    form = PayerForm(posted(request))
    if saving(request) and form.is_valid():
        try:
            payer = add_payer(request.practice, columns=form.columns(), by=request.user)
            added = gettext("%(name)s added") % {"name": payer.name}
            return done(request, SETTINGS, added)
        except NameTaken:
            form.add_error("name", _NAME_TAKEN)
    context = {"title": gettext("Add payer"), "back": SETTINGS, "form": form}
    return page_or_dialog(request, "practices/account_settings/edit_payer.html", context)


@members_only(Act.CHANGE_SETTINGS)
def edit_logo(request: PracticeRequest) -> HttpResponse:
    """Edit Logo: upload a new one, or remove it."""
    form = LogoForm(posted(request), request.FILES or None, instance=request.practice)
    if saving(request) and form.is_valid():
        try:
            changed = change_logo(
                request.practice,
                png=form.png,
                read_at_version=form.cleaned_data["version"],
                by=request.user,
            )
            return done(request, SETTINGS, outcome(changed, gettext("Logo saved")))
        except Stale as stale:
            form.show_what_changed(stale.now)
    context = {"title": gettext("Edit Logo"), "back": SETTINGS, "form": form}
    return page_or_dialog(request, "practices/account_settings/edit_logo.html", context)


@members_only()
def logo(request: PracticeRequest, sha256: str) -> HttpResponse:
    """Send the practice's logo; its name is its hash, so browsers can cache it for long."""
    png = read_file(sha256) if sha256 == request.practice.logo_sha256 else None
    if png is None:
        raise Http404
    headers = {"Cache-Control": "private, max-age=31536000, immutable"}
    return HttpResponse(png, content_type="image/png", headers=headers)
