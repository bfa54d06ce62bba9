"""What every page shows of My Details: the face in the menu."""

from typing import Any

from django.utils.functional import SimpleLazyObject

from letterhead.details.faces import face_of
from letterhead.practices.middleware import PracticeRequest


def face(request: PracticeRequest) -> dict[str, Any]:
    """Add `face` to every template; it is read only if the template draws it."""
    membership = getattr(request, "membership", None)
    return {"face": SimpleLazyObject(lambda: face_of(membership))} if membership else {}
