"""The handler of each kind of job. Rooms register theirs in `AppConfig.ready`, nowhere else."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

Handler = Callable[..., None]


class Unknown(Exception):
    """No handler has this name."""


class Hopeless(Exception):
    """Raised by a handler if trying again can't help: the job is parked at once."""


@dataclass(frozen=True)
class Period:
    """How often a scheduled job runs: every `hours`, counted from midnight UTC plus `after`."""

    hours: int
    after: dt.timedelta

    def next_due(self, now: dt.datetime) -> dt.datetime:
        """Return the first run that is later than `now`."""
        zero = dt.datetime(2000, 1, 1, tzinfo=dt.UTC) + self.after
        length = dt.timedelta(hours=self.hours)
        return zero + ((now - zero) // length + 1) * length


_handlers: dict[str, Handler] = {}
_periods: dict[str, Period] = {}


def register(name: str, handler: Handler) -> None:
    """Have jobs of this name done by `handler(**values)`.

    The handler may be called twice for one job (a worker can die after it and before the row is
    deleted), and outside any transaction. If it raises, the job is tried again later, except after
    `Hopeless`. Raises ValueError if another handler has this name.
    """
    if _handlers.get(name, handler) is not handler:
        raise ValueError(f"two handlers are called {name}")
    _handlers[name] = handler


def every(name: str, handler: Handler, *, hours: int, after: dt.timedelta = dt.timedelta()) -> None:
    """Run `handler()` every so many hours, once for all workers; a run can be late.

    `after` moves the schedule from midnight UTC. If no worker ran for a while, one run is made up
    for, not all of them.
    """
    register(name, handler)
    _periods[name] = Period(hours, after)


def handler_of(name: str) -> Handler:
    """Return the handler of jobs with this name. Raises Unknown."""
    try:
        return _handlers[name]
    except KeyError:
        raise Unknown(f"nothing is registered for jobs called {name}") from None


def periods() -> dict[str, Period]:
    """Return the scheduled jobs by name."""
    return dict(_periods)


@contextmanager
def registering_for_now() -> Iterator[None]:
    """Forget what is registered during the block once it ends; no scheduled jobs run in it."""
    handlers, scheduled = dict(_handlers), dict(_periods)
    _periods.clear()
    try:
        yield
    finally:
        for registry, before in ((_handlers, handlers), (_periods, scheduled)):
            registry.clear()
            registry.update(before)  # type: ignore[arg-type]  # each gets its own back
