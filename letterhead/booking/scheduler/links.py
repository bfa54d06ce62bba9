"""Signed addresses and forms: what only someone who was here, or who has the email, can send."""

import datetime as dt
from uuid import UUID

from django.core import signing

from letterhead.scheduling.links import InvalidLink
from letterhead.scheduling.offers import Chosen

_FORM = "booking form"
FORM_LASTS = dt.timedelta(hours=12)


def form_token(key: UUID, chosen: Chosen) -> str:
    """Return what a form carries: the key of its hold, for this service and place only."""
    return signing.dumps([str(key), *_named(chosen)], salt=_FORM)


def read_form(token: str, chosen: Chosen) -> UUID:
    """Return the key of a form. Raises InvalidLink if it is too old, or for something else."""
    try:
        key, *named = signing.loads(token, salt=_FORM, max_age=FORM_LASTS)
    except (signing.BadSignature, ValueError) as wrong:
        raise InvalidLink from wrong
    if named != _named(chosen):
        raise InvalidLink
    return UUID(key)


def _named(chosen: Chosen) -> list[int]:
    return [chosen.practice.pk, chosen.service.pk, chosen.location.pk]
