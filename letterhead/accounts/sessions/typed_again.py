"""What was typed when a log-in had ended: held for its person, for a day, encrypted.

Held are forms that carry their mark (ui/forms/typed.py). Passwords, codes and files never are.
What is held comes again after the same person's next log-in, and is saved only by that person
pressing Save.
"""

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.http import (  # noqa: TID251 (what was sent is read here)
    HttpRequest,
    HttpResponse,
    QueryDict,
)
from django.urls import reverse
from django.utils import timezone

from letterhead.accounts.models import TypedText, User
from letterhead.ui.forms.typed import MARK, Mark, read_mark, sign

LASTS = dt.timedelta(hours=24)
MOST = 20  # forms held for one person
NOT_TYPED = frozenset({MARK, "csrfmiddlewaretoken", "rows", "held", "username"})


@dataclass(frozen=True)
class Held:
    """A form as it was typed, ready to be shown again."""

    public_id: uuid.UUID
    title: str
    practice_name: str
    path: str
    held_at: dt.datetime
    had_files: bool
    mark: str
    fields: list[tuple[str, str]]


def mark_in(request: HttpRequest) -> Mark | None:
    """Give the mark of what was posted, if its signature is ours."""
    return read_mark(request.POST.get(MARK, "")) if request.method == "POST" else None


def is_ours(request: HttpRequest) -> bool:
    """Say whether a browser sent this from a page of ours: its Origin header says so."""
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return request.headers.get("Origin") in ours


@transaction.atomic
def hold(mark: Mark, typed: QueryDict, *, had_files: bool = False) -> None:
    """Keep what was typed for who opened the form; the same form again replaces it."""
    forget_old()
    told = _told(mark, typed)
    if not told and not had_files:
        return
    TypedText.objects.update_or_create(
        user_id=mark.user,
        practice=mark.practice,
        path=mark.path[:500],
        defaults={
            "practice_name": mark.practice_name,
            "title": mark.title[:100],
            "fields": json.dumps(told),
            "had_files": had_files,
            "held_at": timezone.now(),
        },
    )
    newest = TypedText.objects.filter(user_id=mark.user).order_by("-held_at")
    kept = list(newest.values_list("pk", flat=True)[:MOST])
    TypedText.objects.filter(user_id=mark.user).exclude(pk__in=kept).delete()


def _told(mark: Mark, typed: QueryDict) -> list[tuple[str, str]]:
    """Give names and values without what nobody typed, and without secrets."""
    return [
        (name, str(value))
        for name, values in typed.lists()
        if name not in NOT_TYPED and name not in mark.secret and "password" not in name
        for value in values
    ]


def held_for(user: User) -> list[Held]:
    """Give what is held for a person, the newest first."""
    rows = TypedText.objects.filter(user_id=user.pk, held_at__gt=timezone.now() - LASTS)
    return [_held(row) for row in rows.order_by("-held_at")]


def _held(row: TypedText) -> Held:
    mark = Mark(row.user_id, row.practice, row.practice_name, row.path, row.title)
    return Held(
        row.public_id,
        row.title,
        row.practice_name,
        row.path,
        row.held_at,
        row.had_files,
        sign(mark),
        [(name, value) for name, value in json.loads(row.fields)],
    )


def is_any_held_for(user: User) -> bool:
    """Say whether something is held for a person."""
    later = timezone.now() - LASTS
    return TypedText.objects.filter(user_id=user.pk, held_at__gt=later).exists()


def forget(user: User, public_id: uuid.UUID) -> None:
    """Throw away what is held under this id."""
    TypedText.objects.filter(user_id=user.pk, public_id=public_id).delete()


def forget_old() -> None:
    """Throw away what was held for a day."""
    TypedText.objects.filter(held_at__lt=timezone.now() - LASTS).delete()


def first_typed_again(user: User, response: HttpResponse) -> HttpResponse:
    """Send who has just logged in past what is held for them, on the way to where they go."""
    onward, here = response.headers.get("Location", ""), reverse("typed-again")
    if onward and not onward.startswith(here) and is_any_held_for(user):
        response["Location"] = f"{here}?next={quote(onward)}"
    return response
