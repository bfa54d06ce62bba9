"""Giving all secrets a new key, and recording that somebody did."""

from letterhead.activity.actions import record
from letterhead.activity.models import Kind
from letterhead.encryption.rotation import Rotation, rotate_keys


def rotate(*, by: str) -> Rotation:
    """Rotate the keys; the record has it even where some value could not be read."""
    done = rotate_keys()
    record(
        "rotated the encryption keys",
        practice=None,
        person=None,
        person_name=by,
        changes={name: count.anew for name, count in done.columns.items()},
        kind=Kind.SUPPORT,
    )
    return done
