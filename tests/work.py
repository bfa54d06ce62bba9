"""Work counted in calls: how it grows can be asserted without a clock."""

import sys
from collections.abc import Callable


def calls_in(act: Callable[[], object]) -> int:
    """Return how many functions, ours and built in, the second run of `act` calls."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    act()  # loads what is loaded once
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(before)
    return calls
