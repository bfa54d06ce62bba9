"""The pop-up Edit Profile Photo, and the photos themselves."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from letterhead.activity.changes import Stale
from letterhead.details.faces import face_in, public_photo
from letterhead.details.models import Practitioner
from letterhead.details.photo.actions import change_photo, remove_photo
from letterhead.details.photo.cutting import MOST_BYTES, NotAPhoto, Preview, preview
from letterhead.details.photo.forms import TOO_LARGE, PhotoForm, PictureForm
from letterhead.details.queries import practitioner_of
from letterhead.files.kept import read_file
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog
from letterhead.ui.toasts import outcome

FOREVER = "public, max-age=31536000, immutable"  # the name is the hash of the content


@members_only()
def edit_profile_photo(request: PracticeRequest) -> HttpResponse:
    """Edit Profile Photo: take a picture, choose another square, or remove the photo."""
    practitioner = practitioner_of(request.membership)
    form = PhotoForm(posted(request), request.FILES or None, instance=practitioner.photo)
    if saving(request) and form.is_valid():
        try:
            return done(request, "my-details", _save(request, practitioner, form))
        except Stale as stale:
            form.show_what_changed(stale.now)
    context = {
        "title": _("Edit Profile Photo"),
        "back": "my-details",
        "form": form,
        "photo": form.instance,
        "face": face_in(practitioner),
        "most_bytes": MOST_BYTES,
        "too_large": TOO_LARGE,
    }
    return page_or_dialog(request, "details/photo/edit_profile_photo.html", context)


def _save(request: PracticeRequest, practitioner: Practitioner, form: PhotoForm) -> str:
    version = form.cleaned_data["version"]
    if form.removing:
        removed = remove_photo(practitioner, read_at_version=version, by=request.user)
        return outcome(removed, _("Profile Photo removed"))
    if form.original is None or form.squares is None:
        return _("No changes to save")
    changed = change_photo(
        practitioner,
        original=form.original,
        squares=form.squares,
        read_at_version=version,
        by=request.user,
    )
    return outcome(changed, _("Profile Photo saved"))


@members_only()
def photo_original(request: PracticeRequest) -> HttpResponse:
    """Return a person's own picture, reduced, so that they can choose another square."""
    original = read_file(practitioner_of(request.membership).photo.original_sha256)
    if original is None:
        raise Http404
    return _picture(preview(original))


@members_only()
@require_POST
def photo_preview(request: PracticeRequest) -> HttpResponse:
    """Return an uploaded picture as JPEG, for browsers that can't show it; nothing is stored."""
    form = PictureForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            return _picture(preview(form.cleaned_data["photo"].read()))
        wrong = str(form.errors["photo"][0])
    except NotAPhoto as refused:
        wrong = str(refused)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return HttpResponse(wrong, content_type="text/plain; charset=utf-8", status=status)


@require_safe
def photo(request: HttpRequest, sha256: str) -> HttpResponse:
    """Return a photo that the public sees, by the hash of its content."""
    jpeg = public_photo(sha256)
    if jpeg is None:
        raise Http404
    return HttpResponse(jpeg, content_type="image/jpeg", headers={"Cache-Control": FOREVER})


def _picture(made: Preview) -> HttpResponse:
    size = {"X-Picture-Width": str(made.width), "X-Picture-Height": str(made.height)}
    return HttpResponse(made.jpeg, content_type="image/jpeg", headers=size)
