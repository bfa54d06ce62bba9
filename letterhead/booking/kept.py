"""What was made once and is good for a while: under the versions of its data, until an instant."""

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, NamedTuple, TypeVar

from django.utils import timezone

Thing = TypeVar("Thing")


class Made(NamedTuple, Generic[Thing]):
    """Something made, and until when it is right, that instant included."""

    thing: Thing
    good_until: dt.datetime


class Kept(Generic[Thing]):
    """The last `most` things that were asked for. Each process has its own."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: OrderedDict[Hashable, Made[Thing]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Made[Thing]]) -> Thing:
        """Return what is kept under a key while it is good, else what `make` makes now."""
        with self._lock:
            made = self._made.get(key)
            if made and timezone.now() <= made.good_until:
                self._made.move_to_end(key)
                return made.thing
        made = make()
        with self._lock:
            self._made[key] = made
            self._made.move_to_end(key)
            while len(self._made) > self._most:
                self._made.popitem(last=False)
        return made.thing

    def clear(self) -> None:
        """Forget everything, as a new process does."""
        with self._lock:
            self._made.clear()
