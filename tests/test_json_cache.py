"""The cache holds JSON only: what somebody else writes there is data, never code."""

import base64
import pickle

import pytest
from django.core.cache import caches
from django.db import connection
from time_machine import TimeMachineFixture

from letterhead.config.cache import cache_settings
from letterhead.config.json_cache import JsonDatabaseCache, JsonSerializer

pytestmark = pytest.mark.django_db
NOW = "2026-03-02T09:00:00+00:00"


class Bomb:
    """Runs when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """Have pickle raise."""
        return exec, ("raise SystemExit('code from the cache ran')",)


@pytest.fixture
def cache() -> JsonDatabaseCache:
    settings = cache_settings("")
    return JsonDatabaseCache(settings["LOCATION"], settings)


def test_a_row_that_somebody_pickled_is_no_value_and_runs_nothing(cache: JsonDatabaseCache) -> None:
    cache.set("a", 1)
    bomb = base64.b64encode(pickle.dumps(Bomb())).decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cache SET value = %s", [bomb])

    assert cache.get("a", "nothing") == "nothing"
    assert JsonSerializer().loads(pickle.dumps(Bomb())) is None


def test_values_come_back_until_they_expire(
    cache: JsonDatabaseCache, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(NOW, tick=False)
    cache.set("a", [1, 2.5, "x"], 60)
    cache.set("b", {"n": None})

    assert cache.get_many(["a", "b", "c"]) == {"a": [1, 2.5, "x"], "b": {"n": None}}
    time_machine.shift(61)
    assert cache.get_many(["a", "b"]) == {"b": {"n": None}}


def test_add_leaves_what_is_there_until_it_expires(
    cache: JsonDatabaseCache, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(NOW, tick=False)
    assert cache.add("a", 1, 60)
    assert not cache.add("a", 2, 60)
    assert cache.get("a") == 1
    time_machine.shift(61)
    assert cache.add("a", 3, 60)
    assert cache.get("a") == 3


def test_what_was_kept_for_ever_touched_and_deleted(cache: JsonDatabaseCache) -> None:
    cache.set("a", 1, None)
    assert cache.get("a") == 1
    assert cache.touch("a", 60)
    assert not cache.touch("b", 60)
    cache.delete_many(["a"])
    assert cache.get("a") is None


@pytest.mark.parametrize("url", ["", "redis://cache.example/0"])
def test_every_cache_of_ours_is_one_of_json(url: str) -> None:
    settings = cache_settings(url)

    assert "json_cache" in repr(settings)
    assert caches["default"] is not None
