"""What every page of who is logged in needs in order to warn before the idle log-off."""

from dataclasses import dataclass
from typing import Any

from letterhead.accounts.log_ins import seconds_left
from letterhead.ui.forms.typed import mark_for
from letterhead.ui.http import PageRequest


@dataclass(frozen=True)
class Idle:
    """Read where it is drawn: a page without the warning asks nothing."""

    request: Any

    @property
    def person(self) -> str:
        """Who is logged in, as the server will say when it is asked."""
        return str(self.request.user.pk)

    @property
    def seconds(self) -> int:
        """The seconds until the log-off, if nothing more is done."""
        return seconds_left(self.request)

    @property
    def mark(self) -> str:
        """The mark of "Stay logged in": it works after a log-in or a switch in another tab too."""
        return mark_for(self.request, title="Stay logged in", forms=(), in_practice=False)


def idle(request: PageRequest) -> dict[str, Any]:
    """Give `idle` to every template."""
    return {"idle": Idle(request)}
