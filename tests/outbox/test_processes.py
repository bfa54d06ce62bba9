"""Worker processes that are killed, stopped and restarted: no job is lost."""

import signal
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection, transaction

from letterhead.outbox.actions import enqueue
from letterhead.outbox.models import Job
from tests.outbox.workers import wait_until, worker

pytestmark = pytest.mark.django_db(transaction=True)


def put(*numbers: int, deadly: int | None = None) -> None:
    with transaction.atomic():
        for number in numbers:
            enqueue("paint", number=number, deadly=number == deadly)


def painted(data_dir: Path) -> Counter[int]:
    return Counter(int(line) for line in (data_dir / "painted").read_text().splitlines())


def all_done() -> bool:
    return not Job.objects.filter(name="paint").exists()


def test_of_twenty_jobs_none_is_lost_when_the_worker_is_killed_in_the_middle(
    tmp_path: Path,
) -> None:
    put(*range(20), deadly=7)

    with worker(tmp_path) as first:
        assert first.wait(30) == -signal.SIGKILL
    left = Job.objects.filter(name="paint").count()
    with worker(tmp_path) as second:
        wait_until(all_done)

    assert left == 13
    assert second.returncode == 0
    assert painted(tmp_path) == dict.fromkeys(range(20), 1)


def test_a_worker_told_to_stop_while_idle_ends_well_and_gives_nothing_away(
    tmp_path: Path,
) -> None:
    put(1)
    with worker(tmp_path) as one:
        wait_until(all_done)

    put(2)

    assert one.returncode == 0
    assert painted(tmp_path) == {1: 1}
    assert Job.objects.get(name="paint").attempts == 0


@pytest.mark.postgres
def test_a_worker_whose_connection_is_cut_goes_on_with_another(tmp_path: Path) -> None:
    cut = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    put(1)
    with worker(tmp_path) as one:
        wait_until(all_done)
        with connection.cursor() as cursor:
            cursor.execute(cut)
            assert cursor.fetchone() == (1,)
        put(2)
        wait_until(all_done)

    assert one.returncode == 0
    assert painted(tmp_path) == {1: 1, 2: 1}
