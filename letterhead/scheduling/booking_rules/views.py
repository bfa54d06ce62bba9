"""The pop-ups "Edit Booking Rules" on Account Settings and on Availability."""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from letterhead.activity.changes import Stale
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.roles import Act
from letterhead.scheduling.booking_rules.actions import change_own_rules, change_practice_rules
from letterhead.scheduling.booking_rules.forms import RulesForm
from letterhead.scheduling.offered import diary_of, practice_rules_of
from letterhead.scheduling.queries import availability_changed_by
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog
from letterhead.ui.toasts import outcome


@members_only(Act.CHANGE_SETTINGS)
def edit_practice_rules(request: PracticeRequest) -> HttpResponse:
    """Edit the booking rules of the practice."""
    form = RulesForm(posted(request), row=practice_rules_of(request.practice))
    change = partial(change_practice_rules, request.practice)
    return _shown_or_saved(request, form, change, back="account-settings")


@members_only(Act.CHANGE_OWN_AVAILABILITY)
def edit_own_rules(request: PracticeRequest, pk: int) -> HttpResponse:
    """Edit the booking rules of a clinician."""
    clinician = get_object_or_404(availability_changed_by(request.membership), pk=pk)
    practice = practice_rules_of(request.practice)
    form = RulesForm(posted(request), row=diary_of(clinician.pk), practice=practice)
    back = f"{reverse('availability')}?clinician={clinician.pk}"
    return _shown_or_saved(request, form, partial(change_own_rules, clinician), back=back)


def _shown_or_saved(
    request: PracticeRequest, form: RulesForm, change: Callable[..., bool], *, back: str
) -> HttpResponse:
    """Show the form, or save it with the action `change` and return to the page."""
    if saving(request) and form.is_valid():
        try:
            changed = change(
                columns=form.columns(), seen=form.cleaned_data["seen"], by=request.user
            )
            return done(request, back, outcome(changed, _("Booking rules saved")))
        except Stale as stale:
            form.show_what_changed(stale.now)
    context = {"title": _("Edit Booking Rules"), "back": back, "form": form}
    return page_or_dialog(request, "scheduling/booking_rules/edit_rules.html", context)
