"""A real `letterhead serve` for the measures: started, timed, weighed, and stopped."""

import os
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres, served

SECONDS_TO_START = 60


@contextmanager
def serving(data_dir: Path, *, settings: str, workers: int) -> Iterator[served.Served]:
    """Serve what a data directory holds, until the block ends."""
    port, database_url = postgres.free_port(), served.sqlite_url(data_dir)
    url, log = f"http://localhost:{port}", data_dir / "serve.log"
    env = served.environment(
        database_url, data_dir, LETTERHEAD_BASE_URL=url, DJANGO_SETTINGS_MODULE=settings
    )
    command = [*served.LETTERHEAD, "serve", "--port", str(port), "--workers", str(workers)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=env)
    server = served.Served(url, database_url, data_dir, log, process)
    try:
        _wait_for(server)
        yield server
    finally:
        served.stop(server)


def _wait_for(server: served.Served) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/healthz", timeout=5):  # noqa: S310
                return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError(f"`letterhead serve` did not start: {server.logged()}")


def processes(server: served.Served) -> list[int]:
    """Give a server's processes, children and theirs included."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, _, rest = stat.read_text().partition(" ")
        except OSError:  # it has ended meanwhile
            continue
        parents[int(pid)] = int(rest.rpartition(")")[2].split()[1])
    ours = [server.process.pid]
    for one in ours:
        ours += [pid for pid, parent in parents.items() if parent == one]
    return ours


def cpu_seconds(server: served.Served) -> float:
    """Give the CPU time that a server has used so far: a busy machine changes it little.

    What its ended workers used counts too, once they were waited for.
    """
    ticks = 0
    for pid in processes(server):
        words = _told(pid, "stat").rpartition(")")[2].split()
        ticks += sum(map(int, words[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_mb(server: served.Served) -> float:
    """Give the memory of all of a server's processes, what they share counted once (PSS)."""
    return sum(_pss(pid) for pid in processes(server)) / 1024


def _pss(pid: int) -> int:
    _, _, told = _told(pid, "smaps_rollup").partition("\nPss:")
    return int(told.split()[0]) if told else 0


def _told(pid: int, file: str) -> str:
    """What the system tells of a process; "" of a worker that ended meanwhile, all being done."""
    try:
        return Path(f"/proc/{pid}/{file}").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
