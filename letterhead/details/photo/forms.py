"""The form of Edit Profile Photo: a picture, and the square of it that people see."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.details.models import Photo
from letterhead.details.photo.cutting import MOST_BYTES, Crop, NotAPhoto, Squares, square
from letterhead.files.kept import read_file
from letterhead.ui.forms.versioned import VersionedForm

KINDS = "image/jpeg,image/png,image/webp,image/heic,image/heif,.jpg,.jpeg,.png,.webp,.heic,.heif"
NUMBERS = ("left", "top", "side", "turned")
TOO_LARGE = _("This file is larger than 20 MB. Choose a smaller one.")
EMPTY = _("This file is empty. Choose another one.")
INCOMPLETE = _("This form is incomplete. Reload the page and try again.")
LOST = _("We can’t find this picture anymore. Choose it again.")
CHANGED = _(
    "The photo was changed in another window while you had this one open. "
    "Choose your picture or square again, then save."
)


class PictureField(forms.FileField):
    """A picture that isn't too large to open."""

    default_error_messages = {"empty": EMPTY}

    def clean(self, data: Any, initial: Any = None) -> UploadedFile | None:
        """Return the file, or None without one."""
        sent: UploadedFile | None = super().clean(data, initial)
        if sent and (sent.size or 0) > MOST_BYTES:
            raise ValidationError(TOO_LARGE)
        return sent


def number() -> forms.IntegerField:
    """Return the field of one of the square's four numbers."""
    return forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class PictureForm(forms.Form):
    """A picture to look at before it is saved."""

    photo = PictureField()


class PhotoForm(VersionedForm):
    """A picture, another square of the saved one, or neither, which changes nothing."""

    photo = PictureField(
        label=_("Photo"),
        required=False,
        help_text=_("JPEG, PNG, WebP or HEIC, up to 20 MB and 50 megapixels"),
        widget=forms.FileInput(attrs={"accept": KINDS}),
    )
    camera = PictureField(
        label=_("Take a picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "user"}),
    )
    left, top, side, turned = number(), number(), number(), number()

    class Meta:
        model = Photo
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.original: bytes | None = None
        self.squares: Squares | None = None
        for name in ("photo", "camera"):
            self.fields[name].always_plain = True  # type: ignore[attr-defined]

    @property
    def removing(self) -> bool:
        """Whether Remove was pressed instead of Save."""
        return "remove" in self.data

    def clean(self) -> dict[str, Any]:
        """Cut the square out; errors go next to the field Photo."""
        cleaned = super().clean()
        if self.removing:  # nothing else in the form matters then
            for name in ("photo", "camera", *NUMBERS):
                self.errors.pop(name, None)
        if not self.errors and cleaned["version"] != self.instance.version:
            self.show_what_changed(self.instance)  # before trying an outdated square
        elif self.errors.keys() & set(NUMBERS):
            self.add_error("photo", INCOMPLETE)
        elif not (self.removing or self.errors):
            sent = cleaned.get("photo") or cleaned.get("camera")
            self._cut(sent.read() if sent else None)
        return cleaned

    def _cut(self, sent: bytes | None) -> None:
        numbers = [self.cleaned_data[name] for name in NUMBERS]
        chosen = any(each is not None for each in numbers)
        if sent is None and not self.instance.sha256:
            self.add_error("photo", gettext("Choose a picture."))
        elif chosen and None in numbers:
            self.add_error("photo", INCOMPLETE)
        elif sent is not None or chosen:
            self.original = sent or read_file(self.instance.original_sha256)
            self._try(Crop(*numbers) if chosen else None)

    def _try(self, crop: Crop | None) -> None:
        if self.original is None:
            self.add_error("photo", LOST)
            return
        try:
            self.squares = square(self.original, crop)
        except NotAPhoto as refused:
            self.add_error("photo", str(refused))

    def show_what_changed(self, now: models.Model) -> None:
        """Clear the square: it may belong to another picture."""
        super().show_what_changed(now)
        self.errors.pop("__all__", None)
        self.add_error(None, CHANGED)
        self.instance = now
        for name in NUMBERS:
            self.data[name] = ""  # type: ignore[index]  # a QueryDict's copy
