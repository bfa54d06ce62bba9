"""The pop-up "Edit Signature", and the image of a person's own signature."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from letterhead.accounts.again import password_error
from letterhead.activity.changes import Stale
from letterhead.details.appearances import places
from letterhead.details.panel import panel_beside
from letterhead.details.queries import practitioner_of
from letterhead.details.signature.actions import change_signature
from letterhead.details.signature.drawing import PAD
from letterhead.details.signature.forms import SignatureForm
from letterhead.details.signature.preview import preview
from letterhead.files.kept import read_file
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog, wants_part
from letterhead.ui.toasts import outcome


@members_only()
def edit_signature(request: PracticeRequest) -> HttpResponse:
    """Edit how superbills and documents are signed; the form asks for the password again."""
    practitioner = practitioner_of(request.membership)
    form = SignatureForm(
        posted(request),
        request.FILES or None,
        instance=practitioner,
        check_password=lambda password: password_error(request, password),
    )
    if saving(request) and form.is_valid():
        cleaned = form.cleaned_data
        try:
            changed = change_signature(
                practitioner,
                kind=cleaned["paper_signature"],
                text=cleaned["typed_signature"],
                picture=cleaned["made"],
                read_at_version=cleaned["version"],
                by=request.user,
            )
            message = outcome(changed, _("Signature saved"))
            return done(request, "my-details", message)
        except Stale as stale:
            form.show_what_changed(stale.now)
    context = {
        "title": _("Edit Signature"),
        "back": "my-details",
        "form": form,
        "practitioner": practitioner,
        "pad": PAD,
        "places": places(request.practice),
        "panel": panel_beside(
            "signature",
            place=request.POST.get("place", "superbill"),
            practitioner=practitioner,
            preview=lambda saved: preview(posted(request), practitioner, saved),
            at_once=not wants_part(request),
        ),
    }
    return page_or_dialog(request, "details/signature/edit_signature.html", context)


@members_only()
def own_signature(request: PracticeRequest) -> HttpResponse:
    """Return the image of a person's own signature; only they can see it."""
    picture = read_file(practitioner_of(request.membership).signature_sha256)
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/png")
