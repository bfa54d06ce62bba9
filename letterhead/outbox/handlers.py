"""Who does which job. Rooms register here in `AppConfig.ready`, and nowhere else."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

Handler = Callable[..., None]


class Unknown(Exception):
    """No handler has this name."""


class Hopeless(Exception):
    """Raised by a handler: trying again would change nothing, so the job is parked at once."""


@dataclass(frozen=True)
class Period:
    """A job done every so many hours, counted from midnight UTC plus `after`."""

    hours: int
    after: dt.timedelta

    def next_due(self, now: dt.datetime) -> dt.datetime:
        """Give the first instant of this period that is later than `now`."""
        zero = dt.datetime(2000, 1, 1, tzinfo=dt.UTC) + self.after
        length = dt.timedelta(hours=self.hours)
        return zero + ((now - zero) // length + 1) * length


_handlers: dict[str, Handler] = {}
_periods: dict[str, Period] = {}


def register(name: str, handler: Handler) -> None:
    """Let jobs of this name be done by `handler(**values)`.

    It may be called twice for one job (a worker can die after it and before the row is gone), and
    outside any transaction. What it raises is tried again later; `Hopeless` is not.
    """
    if _handlers.get(name, handler) is not handler:
        raise ValueError(f"two handlers are called {name}")
    _handlers[name] = handler


def every(name: str, handler: Handler, *, hours: int, after: dt.timedelta = dt.timedelta()) -> None:
    """Do `handler()` every so many hours, once for all workers, though one may be late.

    `after` moves the beat from midnight UTC. While no worker ran, one turn waits, not many.
    """
    register(name, handler)
    _periods[name] = Period(hours, after)


def handler_of(name: str) -> Handler:
    """Give who does jobs of this name; raises Unknown."""
    try:
        return _handlers[name]
    except KeyError:
        raise Unknown(f"nothing is registered for jobs called {name}") from None


def periods() -> dict[str, Period]:
    """Give the jobs done every so many hours."""
    return dict(_periods)
