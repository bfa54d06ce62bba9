"""The pop-ups of the public card on My Details. Everyone edits only their own."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from letterhead.activity.changes import Stale
from letterhead.details.appearances import appearance, places
from letterhead.details.card.actions import change_about_me, change_card_address, change_description
from letterhead.details.card.forms import AboutMeForm, CardAddressForm, DescriptionForm, PublishForm
from letterhead.details.card.preview import (
    Preview,
    preview_about_me,
    preview_description,
    preview_published,
)
from letterhead.details.models import Practitioner
from letterhead.details.panel import Panel, panel_beside
from letterhead.details.queries import practitioner_of, saved_details
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.public_address_views import shown_or_saved
from letterhead.practices.queries import memberships_in, payer_names_in
from letterhead.practices.roles import Act
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import came_from, done, page_or_dialog, wants_part
from letterhead.ui.toasts import outcome

MY_DETAILS = "my-details"


@members_only()
def edit_description(request: PracticeRequest) -> HttpResponse:
    """Edit Provider Description."""
    practitioner = practitioner_of(request.membership)
    form = DescriptionForm(posted(request), instance=practitioner.card)
    if saving(request) and form.is_valid():
        try:
            changed = change_description(
                practitioner,
                description=form.cleaned_data["description"],
                read_at_version=form.cleaned_data["version"],
                by=request.user,
            )
            message = outcome(changed, _("Provider Description saved"))
            return done(request, MY_DETAILS, message)
        except Stale as stale:
            form.show_what_changed(stale.now)
    context = {
        "title": _("Edit Provider Description"),
        "back": MY_DETAILS,
        "form": form,
        "panel": _panel(request, "description", practitioner, preview_description),
    }
    return page_or_dialog(request, "details/card/edit_provider_description.html", context)


@members_only()
def edit_about_me(request: PracticeRequest) -> HttpResponse:
    """Edit About me."""
    practitioner = practitioner_of(request.membership)
    payers = list(payer_names_in(request.practice).values())
    form = AboutMeForm(
        posted(request),
        instance=practitioner.card,
        payers=payers,
    )
    if saving(request) and form.is_valid():
        try:
            changed = change_about_me(
                practitioner,
                columns=form.columns(),
                read_at_version=form.cleaned_data["version"],
                by=request.user,
            )
            message = outcome(changed, _("About me saved"))
            return done(request, MY_DETAILS, message)
        except Stale as stale:
            form.show_what_changed(stale.now)
    context = {
        "title": _("Edit About me"),
        "places": places(request.practice),
        "back": MY_DETAILS,
        "form": form,
        "panel": _panel(request, "about-me", practitioner, preview_about_me),
    }
    return page_or_dialog(request, "details/card/edit_about_me.html", context)


@members_only()
def publish_card(request: PracticeRequest) -> HttpResponse:
    """Show what the public will see, and publish it."""
    practitioner = practitioner_of(request.membership)
    if not request.membership.show_on_calendar:
        raise Http404
    form = PublishForm(posted(request), instance=practitioner.card)
    if saving(request) and form.is_valid():
        try:
            change_about_me(
                practitioner,
                columns={**form.columns(), "is_shown": True},
                read_at_version=form.cleaned_data["version"],
                by=request.user,
            )
            return done(request, MY_DETAILS, _("Your card is published"))
        except Stale as stale:
            form.show_what_changed(stale.now)
    context = {
        "title": _("Publish my card"),
        "back": MY_DETAILS,
        "form": form,
        "sheet": appearance("scheduler", request.practice).draw(
            preview_published(practitioner, saved_details(practitioner)), None
        ),
    }
    return page_or_dialog(request, "details/card/publish_card.html", context)


@members_only(Act.CHANGE_PUBLIC_ADDRESSES)
def edit_address(request: PracticeRequest, pk: int) -> HttpResponse:
    """Edit the address of a clinician's public card."""
    practitioner = practitioner_of(get_object_or_404(memberships_in(request.practice), pk=pk))
    form = CardAddressForm(
        posted(request), instance=practitioner, below=f"/book/{request.practice.slug}/"
    )
    change = partial(change_card_address, practitioner)
    back = came_from(request, "users")
    return shown_or_saved(request, form, change, back=back, whose=practitioner)


def _panel(
    request: PracticeRequest,
    section: str,
    practitioner: Practitioner,
    preview: Preview,
) -> Panel:
    return panel_beside(
        section,
        place=request.POST.get("place", "scheduler"),
        practitioner=practitioner,
        preview=lambda saved: preview(posted(request), practitioner, saved),
        at_once=not wants_part(request),
    )
