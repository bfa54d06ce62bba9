"""What the environment says, read once: secrets that are made, and where the cache is."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Barrier

import pytest
from django.core.exceptions import ImproperlyConfigured

from letterhead.cli.data_dir import read_or_make
from letterhead.config.cache import cache_settings


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
