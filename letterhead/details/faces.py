"""Reads of photos: the face in the menu, and the files that the public sees."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from letterhead.details.models import Photo, Practitioner
from letterhead.details.public_card import initials_of
from letterhead.files.kept import read_file
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.models import Membership
from letterhead.practices.queries import active


@dataclass(frozen=True)
class Face:
    """A person's photo, or their initials without one.

    `photo` and `large_photo` are SHA-256 names of what `/photos/` serves, or "".
    """

    initials: str
    photo: str
    large_photo: str

    @property
    def photo_url(self) -> str:
        """The URL of the small photo; "" without one."""
        return reverse("photo", args=[self.photo]) if self.photo else ""

    @property
    def large_photo_url(self) -> str:
        """The URL of the large photo; "" without one."""
        return reverse("photo", args=[self.large_photo]) if self.large_photo else ""


def face_of(membership: Membership) -> Face:
    """Return a member's face, by one small statement."""
    mine = Practitioner.objects.filter(membership=membership)
    names = ("first_name", "last_name", "photo__small_sha256", "photo__sha256")
    first, last, small, large = mine.values_list(*names).first() or ("", "", "", "")
    return Face(initials_of(first, last), small or "", large or "")


def face_in(practitioner: Practitioner) -> Face:
    """Return the face of a practitioner whose photo was read with them."""
    photo = practitioner.photo
    initials = initials_of(practitioner.first_name, practitioner.last_name)
    return Face(initials, photo.small_sha256, photo.sha256)


def public_photo(sha256: str) -> bytes | None:
    """Return a member's photo; None for every other stored file."""
    photos = Photo.objects.filter(
        Q(sha256=sha256) | Q(small_sha256=sha256),
        active("practitioner__membership__"),
        practitioner__membership__isnull=False,
    )
    return read_file(sha256) if sha256 and photos.exists() else None


def face(request: PracticeRequest) -> dict[str, Any]:
    """Add `face`, the one in the menu, to every template; it is read only where it is drawn."""
    membership = getattr(request, "membership", None)
    return {"face": SimpleLazyObject(lambda: face_of(membership))} if membership else {}
