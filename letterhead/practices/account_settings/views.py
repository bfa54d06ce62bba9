"""The pop-ups of Account Settings."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.forms import BaseForm, BaseFormSet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.activity.changes import Stale
from letterhead.details.queries import clinician_of, practitioner_of
from letterhead.files.kept import read_file
from letterhead.practices.access import members_only
from letterhead.practices.account_settings.actions import (
    LastLocation,
    NameTaken,
    add_location,
    add_payer,
    change_billing_details,
    change_location,
    change_logo,
    change_payer,
    change_practice_details,
    change_public_address,
    change_with_country,
    remove_location,
)
from letterhead.practices.account_settings.forms import (
    BillingDetailsForm,
    LocationForm,
    LogoForm,
    PayerForm,
    RemovalForm,
)
from letterhead.practices.account_settings.moving import offers
from letterhead.practices.account_settings.practice_forms import (
    FollowingForm,
    PracticeAddressForm,
    PracticeDetailsForm,
)
from letterhead.practices.forms import NumberRows, SettingsForm, number_rows
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.models import Location, Payer
from letterhead.practices.public_address_views import shown_or_saved
from letterhead.practices.queries import (
    all_locations_in,
    locations_in,
    numbers_of,
    payer_names_in,
    payers_in,
)
from letterhead.practices.roles import Act
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog
from letterhead.ui.toasts import outcome

SETTINGS = "account-settings"
_NAME_TAKEN = _("This name is already in use.")
_LAST_LOCATION = _("This is the practice’s only location. Add another one first.")


@members_only(Act.CHANGE_SETTINGS)
def edit_practice_details(request: PracticeRequest) -> HttpResponse:
    """Edit Practice Details."""
    form = PracticeDetailsForm(posted(request), instance=request.practice)
    old = request.practice.country

    def then() -> str:
        if not form.has_moved:
            return SETTINGS
        request.practice.refresh_from_db()
        asks = offers(request.practice, old=old)
        return reverse("follow-country") + "?" + urlencode({"from": old}) if asks else SETTINGS

    return _edit(
        request,
        form,
        partial(change_practice_details, request.practice),
        template="practices/account_settings/edit_practice_details.html",
        title=gettext("Edit Practice Details"),
        saved=gettext("Practice Details saved"),
        then=then,
    )


@members_only(Act.CHANGE_SETTINGS)
def follow_country(request: PracticeRequest) -> HttpResponse:
    """Ask what follows the practice's new country; the address says in which it was."""
    old = request.GET.get("from", "")
    form = FollowingForm(posted(request), instance=request.practice, old=old)
    if not form.offered:
        return done(request, SETTINGS)

    def change(**values: Any) -> bool:
        moved = old if form.moves_locations else ""
        return change_with_country(request.practice, locations_in=moved, **values)

    return _edit(
        request,
        form,
        change,
        template="practices/account_settings/follow_country.html",
        title=gettext("What changes with the country"),
        saved=gettext("Changed with the country"),
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
    practice, data = request.practice, _billing_as_myself(request, posted(request))
    numbers = number_rows(
        data,
        practice=practice,
        of="practice",
        saved=numbers_of(practice),
        payers=lambda: payer_names_in(practice),
    )
    return _edit(
        request,
        BillingDetailsForm(data, instance=practice),
        partial(change_billing_details, practice),
        template="practices/account_settings/edit_billing_details.html",
        title=gettext("Edit Billing Details"),
        saved=gettext("Billing Details saved"),
        numbers=numbers,
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
def new_location(request: PracticeRequest) -> HttpResponse:
    """Add location."""
    practice = request.practice
    form = LocationForm(
        posted(request), instance=Location(country=practice.country), practice=practice
    )
    return _add(
        request,
        form,
        partial(add_location, practice),
        template="practices/account_settings/edit_location.html",
        title=gettext("Add location"),
    )


@members_only(Act.CHANGE_SETTINGS)
def edit_location(request: PracticeRequest, pk: int) -> HttpResponse:
    """Edit Location, also one that is no longer offered: drafts can need it."""
    location = get_object_or_404(all_locations_in(request.practice), pk=pk)
    return _edit(
        request,
        LocationForm(posted(request), instance=location, practice=request.practice),
        partial(change_location, location),
        template="practices/account_settings/edit_location.html",
        title=gettext("Edit Location"),
        saved=gettext("Location saved"),
    )


@members_only(Act.CHANGE_SETTINGS)
def remove_a_location(request: PracticeRequest, pk: int) -> HttpResponse:
    """Remove location, after a question."""
    location = get_object_or_404(locations_in(request.practice), pk=pk)
    form = RemovalForm(posted(request))
    if saving(request) and form.is_valid():
        try:
            is_gone = remove_location(location, by=request.user)
            said = gettext("%(name)s removed") if is_gone else gettext("%(name)s no longer offered")
            return done(request, SETTINGS, said % {"name": location.name})
        except LastLocation:
            form.add_error(None, _LAST_LOCATION)
    context = {
        "title": gettext("Remove location"),
        "back": SETTINGS,
        "form": form,
        "location": location,
    }
    return page_or_dialog(request, "practices/account_settings/remove_location.html", context)


@members_only(Act.CHANGE_SETTINGS)
def edit_payer(request: PracticeRequest, pk: int) -> HttpResponse:
    """Edit a payer."""
    payer = get_object_or_404(payers_in(request.practice), pk=pk)
    return _edit(
        request,
        PayerForm(posted(request), instance=payer, practice=request.practice),
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
    numbers: NumberRows | None = None,
    then: Callable[[], str] = lambda: SETTINGS,
) -> HttpResponse:
    """Show the form of a row, or save it with the action `change` and go where `then` says.

    `numbers` are validated and saved with it.
    """
    parts: dict[str, BaseForm | BaseFormSet] = {"form": form}
    if numbers is not None:
        parts["numbers"] = numbers
    if saving(request) and all([part.is_valid() for part in parts.values()]):
        values: dict[str, Any] = {"columns": form.columns(), "by": request.user}
        if numbers is not None:
            values["numbers"] = numbers.new
        try:
            changed = change(read_at_version=form.cleaned_data["version"], **values)
            return done(request, then(), outcome(changed, saved))
        except Stale as stale:
            form.show_what_changed(stale.now)
            if numbers is not None:
                numbers.show_what_changed(numbers_of(request.practice), form=form)
        except NameTaken:
            form.add_error("name", _NAME_TAKEN)
    return page_or_dialog(request, template, {"title": title, "back": SETTINGS, **parts})


@members_only(Act.CHANGE_SETTINGS)
def new_payer(request: PracticeRequest) -> HttpResponse:
    """Add payer."""
    practice = request.practice
    payer = Payer(country=practice.country)
    return _add(
        request,
        PayerForm(posted(request), instance=payer, practice=practice),
        partial(add_payer, practice),
        template="practices/account_settings/edit_payer.html",
        title=gettext("Add payer"),
    )


def _add(
    request: PracticeRequest,
    form: SettingsForm,
    add: Callable[..., Model],
    *,
    template: str,
    title: str,
) -> HttpResponse:
    """Show the form of a new row, or save it with the action `add` and return to the page."""
    if saving(request) and form.is_valid():
        try:
            added = add(columns=form.columns(), by=request.user)
            return done(request, SETTINGS, gettext("%(name)s added") % {"name": added})
        except NameTaken:
            form.add_error("name", _NAME_TAKEN)
    return page_or_dialog(request, template, {"title": title, "back": SETTINGS, "form": form})


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
