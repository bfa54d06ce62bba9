"""Whatever a page shows as free can be booked, and nothing beside it can."""

import datetime as dt
import random
from types import SimpleNamespace
from typing import Any

import pytest

from letterhead.scheduling.actions import Taken, hold
from letterhead.scheduling.models import Appointment, Diary, Hours, TimeOff
from letterhead.scheduling.offers import free_between
from tests.scheduling.making import MONDAY, NOW, appointment, at, service
from tests.scheduling.online.booking import chosen

pytestmark = pytest.mark.django_db
DAY, HALF = dt.timedelta(days=1), dt.timedelta(minutes=30)


@pytest.mark.parametrize("seed", range(8))
def test_every_time_that_is_shown_can_be_held_and_no_other(
    cast: SimpleNamespace, clock: Any, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 (no secret)
    kind = _a_busy_week(cast, chance)
    what = chosen(cast, kind)
    shown = {
        start for starts in free_between(what, MONDAY, MONDAY + 4 * DAY, now=NOW).values()
        for start in starts
    }  # fmt: skip
    assert shown

    for half in range(5 * 48):
        start = at(0) + half * HALF
        if start in shown:
            hold(what, start).appointment.delete()
        else:
            with pytest.raises(Taken):
                hold(what, start)


def _a_busy_week(cast: SimpleNamespace, chance: random.Random) -> Any:
    """Two clinicians with hours, time off, buffers, and appointments, as chance has it."""
    buffers = {"buffer_before": chance.choice([0, 10]), "buffer_after": chance.choice([0, 20])}
    kind = service(cast.practice, cast.dana, cast.sam, **buffers)
    for person in (cast.dana, cast.sam):
        mine = person.practitioner_id
        most = chance.choice([None, 3])
        Diary.objects.update_or_create(practitioner_id=mine, defaults={"most_a_day": most})
        for weekday in range(5):
            starts = chance.randrange(7, 12)
            Hours.objects.create(
                practitioner_id=mine,
                weekday=weekday,
                starts=dt.time(starts),
                ends=dt.time(starts + chance.randrange(2, 9)),
            )
            taken = at(chance.randrange(8, 17), day=MONDAY + weekday * DAY)
            appointment(person, kind, cast.office, taken)
    off = MONDAY + chance.randrange(5) * DAY
    TimeOff.objects.create(
        practice=cast.practice, first_day=off, last_day=off, starts="10:00", ends="13:00"
    )
    assert Appointment.objects.count() == 10
    return kind
