"""Serving the web: a small process that watches over workers, each with the whole product."""

import json
import os
import socket
import subprocess
import sys

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from letterhead.cli.refusals import Refused

SECONDS_TO_FINISH = 20
# Measured: SQLite answers most with one thread a worker; the second keeps one slow act, such as
# hashing a password, from stopping the worker.
THREADS_EMBEDDED, THREADS_ELSEWHERE = 2, 4


def serve(*, host: str, port: int, workers: int) -> int:
    """Prepare, then serve until SIGTERM or Ctrl+C; requests in hand are finished first."""
    _require_free(host, port)
    ready = subprocess.run(
        [sys.executable, "-m", "letterhead.cli.prepare"],
        check=False,
        stdout=subprocess.PIPE,
        text=True,
    )
    if ready.returncode:
        return ready.returncode
    told = json.loads(ready.stdout)
    server = Server(
        "letterhead.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS_EMBEDDED if told["embedded"] else THREADS_ELSEWHERE,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH,
        websockets=False,
        log_level=LogLevels.warning,
    )
    server.on_startup(lambda: print(f"Letterhead is at {told['url']} (Ctrl+C ends it)", flush=True))
    server.serve()
    return 0


def _require_free(host: str, port: int) -> None:
    """Raise Refused if the address can't be listened on; a server would only log it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as wrong:
            why = os.strerror(wrong.errno) if wrong.errno else str(wrong)
            raise Refused(f"Can't listen on {host}:{port} ({why}): choose another --port") from None
