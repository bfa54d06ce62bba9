"""What the environment says, read once: secrets that are made, and where the cache is."""

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Barrier

import pytest
from django.core.exceptions import ImproperlyConfigured

from letterhead.cli.data_dir import read_or_make
from letterhead.config.cache import cache_settings
from letterhead.config.service_url import split_service_url


def test_processes_that_start_at_once_make_one_secret_and_nobody_reads_half_of_it(
    tmp_path: Path,
) -> None:
    kept, numbers, together = tmp_path / "data" / "secret_key", count(), Barrier(8)

    def make() -> str:
        together.wait(10)  # all have found that there is none
        return f"secret {next(numbers)}"

    with ThreadPoolExecutor(8) as starting:
        read = set(starting.map(lambda _: read_or_make(kept, make), range(8)))

    assert read == {kept.read_text()}
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in kept.parent.iterdir()] == ["secret_key"]


def test_a_cache_that_can_not_be_used_is_refused_and_its_password_not_told() -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        cache_settings("valkey://:s3cret@cache.example/0")

    assert "write it as in redis://cache.example/0" in str(refused.value)
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "redis://:secret#x@cache.example/0",
        "redis://:secret@cache.example/0#1",
        "redis://:secret@cache.example/limits",
        "redis://:1/secret@cache.example/0",
        "redis://:1?secret@cache.example/0",
        "redis://:secret/x@cache.example/0",
    ],
)
def test_a_cache_whose_url_would_be_cut_is_refused_and_its_password_not_told(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"%23|%2F") as refused:
        cache_settings(url)

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgres://dana:secret#x@db.example/letterhead",
        "postgres://dana:secret/x@db.example/letterhead",
        "postgres://dana:1/secret@db.example/letterhead",
        "sqlite:////srv/letterhead#1.sqlite3",
    ],
)
def test_a_database_whose_url_would_be_cut_is_refused_and_its_password_not_told(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as refused:
        split_service_url("DATABASE_URL", url)

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgres://dana:p%23w@db.example/letterhead?sslmode=require",
        "postgres://%2Fvar%2Frun%2Fpostgresql/letterhead",
        "sqlite:////srv/letter@head/my data.sqlite3",
    ],
)
def test_a_database_whose_url_is_whole_is_taken(url: str) -> None:
    assert split_service_url("DATABASE_URL", url).scheme


@pytest.mark.parametrize("url", ["redis://cache.example/0", "rediss://:pw@cache.example:6380/1"])
def test_a_cache_elsewhere_is_used_as_it_is_named(url: str) -> None:
    assert cache_settings(url) == {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "OPTIONS": {"serializer": "letterhead.config.json_cache.JsonSerializer"},
    }


def test_without_a_cache_elsewhere_the_database_keeps_all_limits_of_a_large_practice() -> None:
    told = cache_settings("")

    assert told["BACKEND"].endswith("DatabaseCache")
    assert told["OPTIONS"]["MAX_ENTRIES"] >= 100_000


def test_a_secret_is_kept_on_a_disk_that_knows_no_links_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    kept = tmp_path / "secret_key"

    assert read_or_make(kept, lambda: "secret") == "secret"
    assert read_or_make(kept, lambda: "another") == "secret"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["secret_key"]


def test_a_secret_that_could_not_be_made_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OSError, match="no space"):
        read_or_make(tmp_path / "secret_key", lambda: "secret")
    assert list(tmp_path.iterdir()) == []
