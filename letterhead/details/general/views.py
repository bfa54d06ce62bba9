"""The pop-up Edit General Details, and the tax ID in plain text."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from letterhead.accounts.again import logged_in_just_now, password_error
from letterhead.accounts.limits import Try, count_try, span_in_words
from letterhead.details.appearances import places
from letterhead.details.faces import face_in
from letterhead.details.general.actions import (
    NpiTaken,
    StaleDetails,
    change_general_details,
    reveal_tax_id,
)
from letterhead.details.general.forms import GeneralDetailsForms, PasswordForm
from letterhead.details.general.moving import with_name_moved
from letterhead.details.general.preview import preview
from letterhead.details.models import Practitioner
from letterhead.details.panel import panel_beside
from letterhead.details.queries import clinician_of, practitioner_of
from letterhead.encryption.fields import NOT_READ, is_unreadable
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.queries import payer_names_in
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog, wants_part
from letterhead.ui.toasts import outcome


@members_only()
def edit_general_details(request: PracticeRequest) -> HttpResponse:
    """Edit General Details; Save saves everything in the pop-up or nothing."""
    practitioner = practitioner_of(request.membership)
    clinician = clinician_of(practitioner, country=request.practice.country)
    data = with_name_moved(posted(request))
    forms = GeneralDetailsForms(
        data,
        practitioner=practitioner,
        clinician=clinician,
        payers=payer_names_in(request.practice),
        check_password=None
        if logged_in_just_now(request)
        else lambda password: password_error(request, password),
    )
    if (
        saving(request)
        and forms.is_valid()
        and (new := forms.new())
        and not (mails := _mails(request, forms, new.contact_email, practitioner)).wait
    ):
        try:
            changed = change_general_details(
                practitioner,
                new=new,
                read_at_version=forms.form.cleaned_data["version"],
                by=request.user,
            )
            message = outcome(changed, _("General Details saved"))
            return done(request, "my-details", message)
        except StaleDetails as stale:
            mails.take_back()
            forms.show_what_changed(stale.now)
        except NpiTaken:
            mails.take_back()
            forms.form.add_error("npi", _number_taken(practitioner))
    context = {
        "title": _("Edit General Details"),
        "face": face_in(practitioner),
        "back": "my-details",
        **forms.parts(),
        "places": places(request.practice),
        "panel": panel_beside(
            "general",
            place=request.POST.get("place", ""),
            practitioner=practitioner,
            preview=lambda saved: preview(data, practitioner, saved),
            at_once=not wants_part(request),
        ),
    }
    return page_or_dialog(request, "details/general/edit_general_details.html", context)


def _number_taken(practitioner: Practitioner) -> str:
    if practitioner.practice.uses_us_claims:
        return _("A colleague already has this NPI. An NPI belongs to one person.")
    return _("A colleague already has this number. It belongs to one person.")


def _mails(
    request: PracticeRequest, forms: GeneralDetailsForms, new: str, saved: Practitioner
) -> Try:
    """Count the email that a new contact email causes, with those sent again; say the limit."""
    if new in {saved.contact_email, saved.wanted_email}:
        return Try()
    sending = count_try(request, "contact email", account=str(request.user.pk))
    if sending.wait:
        text = _(
            "We emailed several links for new addresses. Wait %(time)s, then save again. "
            "Everything you typed is still here."
        )
        forms.form.add_error("contact_email", text % {"time": span_in_words(sending.wait)})
    return sending


@members_only()
def individual_tax_id(request: PracticeRequest) -> HttpResponse:
    """Show a person their tax ID after they enter their password again; this is recorded."""
    practitioner = practitioner_of(request.membership)
    form = PasswordForm(
        request.POST or None, check=lambda password: password_error(request, password)
    )
    context = {"title": _("Show Individual Tax ID"), "back": "my-details", "form": form}
    if request.method == "POST" and form.is_valid():
        number = reveal_tax_id(practitioner, by=request.user)
        shown = practitioner.practice.place.written(practitioner.tax_id_kind, number)
        context["tax_id"] = NOT_READ if is_unreadable(number) else shown or _("Not set")
    return page_or_dialog(request, "details/general/show_tax_id.html", context)
