"""Writing the record."""

from typing import Any

from django.utils import timezone

from letterhead.activity.models import Activity


def record(
    act: str,
    *,
    practice: int | None,
    person: int | None,
    person_name: str,
    about: str = "",
    changes: dict[str, Any] | None = None,
) -> None:
    """Add one row, in the transaction of what it tells.

    `changes` is {field: [before, after]}; of secret fields {field: "changed"} only.
    """
    Activity.objects.create(
        practice=practice,
        person=person,
        person_name=person_name,
        at=timezone.now(),
        act=act,
        about=about,
        changes=changes or {},
    )
