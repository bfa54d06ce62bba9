"""Edit Security: what Directors set for everybody."""

from types import SimpleNamespace

import pytest

from letterhead.activity.models import Activity
from letterhead.practices.models import Practice
from tests.practices.office import SETTINGS, Office

SECURITY = f"{SETTINGS}security/"
IDLE = "Minutes without activity before logging out"


def idle_minutes() -> int:
    return Practice.objects.get(name="Riverside Nutrition").idle_minutes


def test_fifteen_minutes_without_activity_at_first(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)

    assert dana.open(SECURITY).field(IDLE).value == "15"
    assert "After 15 minutes without activity" in dana.read(SETTINGS)


def test_a_director_sets_the_idle_log_off_and_it_is_recorded(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)

    assert dana.save(SECURITY, {IDLE: "30"}).location == SETTINGS

    assert idle_minutes() == 30
    assert "After 30 minutes without activity" in dana.read(SETTINGS)
    row = Activity.objects.filter(act="changed security").get()
    assert row.changes == {"idle_minutes": [15, 30]}


@pytest.mark.parametrize("typed", ["4", "61", "", "15.5", "-5", "soon"])
def test_other_than_5_to_60_minutes_is_told_beside_the_field(
    cast: SimpleNamespace, typed: str
) -> None:
    answer = Office(cast.dana).save(SECURITY, {IDLE: typed})

    assert answer.status == 422
    assert list(answer.wrong()) == [IDLE]
    assert answer.field(IDLE).value == typed
    assert idle_minutes() == 15


@pytest.mark.parametrize("who", ["sam", "noor", "lee"])
def test_nobody_but_directors_sets_it(cast: SimpleNamespace, who: str) -> None:
    assert Office(getattr(cast, who)).open(SECURITY).status == 403


def test_a_stale_save_says_what_somebody_else_saved(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)
    form = dana.open(SECURITY)
    dana.save(SECURITY, {IDLE: "20"})

    answer = dana.send(SECURITY, form, {IDLE: "45"})

    assert answer.status == 422
    assert answer.wrong() == {IDLE: "Someone else saved: 20 minutes"}
