"""Re-encrypting all secrets with a new key, and recording it."""

from django.utils.translation import gettext_noop

from letterhead.activity.actions import record
from letterhead.activity.models import Kind
from letterhead.encryption.rotation import Rotation, rotate_keys


def rotate(*, by: str) -> Rotation:
    """Rotate the keys; recorded even if some values couldn't be read."""
    done = rotate_keys()
    record(
        gettext_noop("rotated the encryption keys"),
        practice=None,
        person=None,
        person_name=by,
        changes={name: count.rotated for name, count in done.columns.items()},
        kind=Kind.SUPPORT,
    )
    return done
