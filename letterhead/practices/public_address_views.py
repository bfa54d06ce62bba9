"""The pop-up that changes the address of a public page: the practice's, or a clinician's card."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from letterhead.accounts.limits import Try, count_try
from letterhead.activity.changes import Stale
from letterhead.practices.forms import PublicAddressForm
from letterhead.practices.middleware import PracticeRequest
from letterhead.texts.slugs import SlugTaken
from letterhead.ui.forms.rows import saving
from letterhead.ui.http import done, page_or_dialog
from letterhead.ui.toasts import outcome


def shown_or_saved(
    request: PracticeRequest,
    form: PublicAddressForm,
    change: Callable[..., bool],
    *,
    back: str,
    whose: object = None,
) -> HttpResponse:
    """Show the form, or save the slug with the action `change` and return to `back`.

    `whose` is the clinician, if it isn't the practice's own address.
    """
    if saving(request) and form.is_valid() and form.is_allowed(_attempt(request)):
        try:
            changed = change(
                slug=form.cleaned_data["slug"],
                read_at_version=form.cleaned_data["version"],
                by=request.user,
            )
            return done(request, back, outcome(changed, _("Public address saved")))
        except Stale as stale:
            form.show_what_changed(stale.now)
        except SlugTaken:
            form.say_taken()
    context = {"title": _("Edit Public Address"), "back": back, "form": form, "whose": whose}
    return page_or_dialog(request, "practices/edit_public_address.html", context)


def _attempt(request: PracticeRequest) -> Try:
    return count_try(request, "public address", account=f"practice {request.practice.pk}")
