"""Edit Profile Photo, and the pictures themselves."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from letterhead.activity.changes import Stale
from letterhead.details.faces import face_in, shown_photo
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

FOR_EVER = "public, max-age=31536000, immutable"  # what is named after its content never changes


@members_only()
def edit_profile_photo(request: PracticeRequest) -> HttpResponse:
    """Edit Profile Photo: take a picture, another square of the one there is, or none."""
    practitioner = practitioner_of(request.membership)
    form = PhotoForm(posted(request), request.FILES or None, instance=practitioner.photo)
    if saving(request) and form.is_valid():
        try:
            return done(request, "my-details", _save(request, practitioner, form))
        except Stale as stale:
            form.show_what_changed(stale.now)
    context = {
        "title": "Edit Profile Photo",
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
        gone = remove_photo(practitioner, read_at_version=version, by=request.user)
        return "Profile Photo removed" if gone else "Nothing was changed"
    if form.original is None or form.squares is None:
        return "Nothing was changed"
    changed = change_photo(
        practitioner,
        original=form.original,
        squares=form.squares,
        read_at_version=version,
        by=request.user,
    )
    return "Profile Photo saved" if changed else "Nothing was changed"


@members_only()
def photo_original(request: PracticeRequest) -> HttpResponse:
    """Give one's own picture, whole but small, so that another square of it can be chosen."""
    original = read_file(practitioner_of(request.membership).photo.original_sha256)
    if original is None:
        raise Http404
    return _picture(preview(original))


@members_only()
@require_POST
def photo_preview(request: PracticeRequest) -> HttpResponse:
    """Give a picture back as JPEG, for browsers that can't show it themselves; nothing is kept."""
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
    """Give a photo that is shown to the public; its name is what it holds."""
    jpeg = shown_photo(sha256)
    if jpeg is None:
        raise Http404
    return HttpResponse(jpeg, content_type="image/jpeg", headers={"Cache-Control": FOR_EVER})


def _picture(made: Preview) -> HttpResponse:
    size = {"X-Picture-Width": str(made.width), "X-Picture-Height": str(made.height)}
    return HttpResponse(made.jpeg, content_type="image/jpeg", headers=size)
