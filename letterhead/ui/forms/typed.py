"""The mark in every edit form: by whom, in which practice and where it was opened, signed.

With it, what was typed finds its person again after a log-in; no one else can make one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest  # noqa: TID251 # who asks is read here

MARK = "typed_by"
LASTS = 2 * 24 * 60 * 60  # longer than any log-in
_SECRET = ("current-password", "new-password", "one-time-code", "cc-")


@dataclass(frozen=True)
class Mark:
    """Who opened a form, and what it is; without a practice it is good in any.

    `secret` names the fields that are never held.
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
    """Give the mark of a form that is shown now; "" for who is not logged in."""
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
    """Write a mark as it stands in a form."""
    return signing.dumps(vars(mark), salt=MARK, compress=True)


def read_mark(text: str) -> Mark | None:
    """Read a mark; None where there is none, or it is not ours, or too old."""
    try:
        read: dict[str, Any] = signing.loads(text, salt=MARK, max_age=LASTS) if text else {}
    except signing.BadSignature:
        return None
    return Mark(**{**read, "secret": tuple(read["secret"])}) if read else None


def secret_fields(form: BaseForm | BaseFormSet) -> Iterable[str]:
    """Name the fields of a form that hold a password or a code."""
    if isinstance(form, BaseFormSet):
        for row in form.forms:
            yield from secret_fields(row)
        return
    for name, field in form.fields.items():
        widget = field.widget
        kind = getattr(widget, "input_type", "")
        if kind == "password" or widget.attrs.get("autocomplete", "").startswith(_SECRET):
            yield form.add_prefix(name)
