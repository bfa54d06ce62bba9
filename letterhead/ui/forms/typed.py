"""The mark in every edit form: who opened it, in which practice and where, signed.

With it, typed text gets back to its person after they log in again. Only we can make one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest  # noqa: TID251 # who asks is read here

MARK = "typed_by"
LASTS = 2 * 24 * 60 * 60  # longer than any session
_SECRET = ("current-password", "new-password", "one-time-code", "cc-")


@dataclass(frozen=True)
class Mark:
    """Who opened a form, and which form; without a practice it is valid in any.

    `secret` names the fields that are never stored.
    """

    user: int
    practice: int | None
    practice_name: str
    path: str
    title: str
    secret: tuple[str, ...] = ()


def mark_for(
    request: HttpRequest,
    *,
    title: str,
    forms: Iterable[BaseForm | BaseFormSet],
    in_practice: bool = True,
) -> str:
    """Return the mark for a form that is about to be shown; "" if no one is logged in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    practice = getattr(request, "practice", None) if in_practice else None
    return sign(
        Mark(
            user=user.pk,
            practice=practice.pk if practice else None,
            practice_name=practice.name if practice else "",
            path=request.get_full_path(),
            title=title,
            secret=tuple(name for form in forms for name in secret_fields(form)),
        )
    )


def sign(mark: Mark) -> str:
    """Return a mark as the text in a form."""
    return signing.dumps(vars(mark), salt=MARK, compress=True)


def read_mark(text: str) -> Mark | None:
    """Return the mark in a text; None if there is none, or it is forged or too old."""
    try:
        read: dict[str, Any] = signing.loads(text, salt=MARK, max_age=LASTS) if text else {}
    except signing.BadSignature:
        return None
    return Mark(**{**read, "secret": tuple(read["secret"])}) if read else None


def secret_fields(form: BaseForm | BaseFormSet) -> Iterable[str]:
    """Yield the names of a form's fields for passwords and codes."""
    if isinstance(form, BaseFormSet):
        for row in form.forms:
            yield from secret_fields(row)
        return
    for name, field in form.fields.items():
        widget = field.widget
        kind = getattr(widget, "input_type", "")
        if kind == "password" or widget.attrs.get("autocomplete", "").startswith(_SECRET):
            yield form.add_prefix(name)
