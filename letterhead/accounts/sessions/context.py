"""What pages need to warn people before they are logged out for inactivity."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from letterhead.accounts.log_ins import seconds_left
from letterhead.ui.forms.typed import mark_for
from letterhead.ui.http import PageRequest


@dataclass(frozen=True)
class Idle:
    """Evaluated in the template: a page without the warning costs nothing."""

    request: Any

    @property
    def person(self) -> str:
        """The id of the user who is logged in, as `session/left/` answers it."""
        return str(self.request.user.pk)

    @property
    def seconds(self) -> int:
        """The seconds until the logout, without activity."""
        return seconds_left(self.request)

    @property
    def mark(self) -> str:
        """The mark of "Stay logged in"; it also works after a login or switch in another tab."""
        return mark_for(self.request, title=_("Stay logged in"), forms=(), in_practice=False)


def idle(request: PageRequest) -> dict[str, Any]:
    """Provide `idle` in every template."""
    return {"idle": Idle(request)}
