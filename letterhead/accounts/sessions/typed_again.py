"""What was typed when a session had ended: held for its person, for a day, encrypted.

This works for forms with a mark (ui/forms/typed.py). Passwords, codes and files are never held.
The form is shown again after the same person's next login, and saved only when they press Save.
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
from letterhead.encryption.fields import is_unreadable
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
    """Return the mark of a posted form, if its signature is ours."""
    return read_mark(request.POST.get(MARK, "")) if request.method == "POST" else None


def is_ours(request: HttpRequest) -> bool:
    """Whether a browser sent this from a page of ours, by its Origin header."""
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return request.headers.get("Origin") in ours


@transaction.atomic
def hold(mark: Mark, typed: QueryDict, *, had_files: bool = False) -> None:
    """Hold what was typed for the person who opened the form; the same form again replaces it."""
    forget_old()
    values = _typed_values(mark, typed)
    if not values and not had_files:
        return
    TypedText.objects.update_or_create(
        user_id=mark.user,
        practice=mark.practice,
        path=mark.path[:500],
        defaults={
            "practice_name": mark.practice_name,
            "title": mark.title[:100],
            "fields": json.dumps(values),
            "had_files": had_files,
            "held_at": timezone.now(),
        },
    )
    newest = TypedText.objects.filter(user_id=mark.user).order_by("-held_at")
    newest_pks = list(newest.values_list("pk", flat=True)[:MOST])
    TypedText.objects.filter(user_id=mark.user).exclude(pk__in=newest_pks).delete()


def _typed_values(mark: Mark, typed: QueryDict) -> list[tuple[str, str]]:
    """Return names and values, without secrets and what no one typed."""
    return [
        (name, str(value))
        for name, values in typed.lists()
        if name not in NOT_TYPED and name not in mark.secret and "password" not in name
        for value in values
    ]


def held_for(user: User) -> list[Held]:
    """Return what is held for a person, newest first."""
    rows = TypedText.objects.filter(user_id=user.pk, held_at__gt=timezone.now() - LASTS)
    return [_held(row) for row in rows.order_by("-held_at") if not is_unreadable(row.fields)]


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
    """Whether something is held for a person."""
    later = timezone.now() - LASTS
    return TypedText.objects.filter(user_id=user.pk, held_at__gt=later).exists()


def forget(user: User, public_id: uuid.UUID) -> None:
    """Delete what is held under this id."""
    TypedText.objects.filter(user_id=user.pk, public_id=public_id).delete()


def forget_old() -> None:
    """Delete what was held for a day."""
    TypedText.objects.filter(held_at__lt=timezone.now() - LASTS).delete()


def first_typed_again(user: User, response: HttpResponse) -> HttpResponse:
    """After a login, show what is held for the person before the page they were going to."""
    onward, here = response.headers.get("Location", ""), reverse("typed-again")
    if onward and not onward.startswith(here) and is_any_held_for(user):
        response["Location"] = f"{here}?next={quote(onward)}"
    return response
