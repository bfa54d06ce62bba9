"""Serving the web: one process loads the product, then forks workers and watches over them."""

import ctypes
import gc
import os
import signal
import socket
import sys
from contextlib import nullcontext, suppress
from importlib import import_module

from django.conf import settings
from django.contrib.auth.hashers import get_hashers
from django.db import connections
from django.template.loader import get_template
from django.urls import get_resolver
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from letterhead.cli.database import is_embedded
from letterhead.cli.keeper import keeping_a_worker
from letterhead.cli.prepare import prepare
from letterhead.cli.refusals import Refused
from letterhead.encryption.keys import decrypt, encrypt
from letterhead.numbers.phones import show_phone
from letterhead.statements import compile_statements
from letterhead.texts.emails import read_email

SECONDS_TO_FINISH = 20
# Measured: SQLite answers most with one thread a worker; the second keeps one slow act, such as
# hashing a password, from stopping the worker.
THREADS_EMBEDDED, THREADS_ELSEWHERE = 2, 4
_PR_SET_PDEATHSIG = 1  # Linux's prctl.h
_M_ARENA_MAX = -8  # glibc's malloc.h


def serve(*, host: str, port: int, workers: int, with_worker: bool) -> int:
    """Prepare, then serve until SIGTERM or Ctrl+C; what is in hand is finished first."""
    _require_free(host, port)
    prepare()
    _take_all_along_when_killed()
    _share_memory_with_workers()
    with keeping_a_worker() if with_worker else nullcontext():
        _serve_web(host, port, workers)
    return 0


def _serve_web(host: str, port: int, workers: int) -> None:
    server = Server(
        "letterhead.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS_EMBEDDED if is_embedded() else THREADS_ELSEWHERE,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH,
        websockets=False,
        log_level=LogLevels.warning,
    )
    ours = settings.BASE_URL_AS_TYPED
    greeting = f"Letterhead is at {ours}, listening on {host}:{port} (Ctrl+C stops it)"
    server.on_startup(lambda: print(greeting, flush=True))
    server.serve()


def _take_all_along_when_killed() -> None:
    """Have each process that is forked from here on told to end when its parent is gone.

    Killed outright (`kill -9`, out of memory) this process can't tell them itself; the web's would
    go on answering, and keep the port from the next start. Only Linux can do it.
    """
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        os.register_at_fork(after_in_child=lambda: libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM))


def _share_memory_with_workers() -> None:
    """Load every page's code before the fork, and keep the collector from touching it after.

    Collecting seldom makes pages a tenth quicker: what they leave behind has few cycles.
    Measured, two workers idle: 107 MB together instead of 132. Giving back what loading left free,
    and one heap for all threads of a process, whose Python runs one at a time anyway, is 3 MB less;
    what each process would load later is 4 MB less, and 13 MB after use.
    """
    _load_what_each_would_load()
    connections.close_all()  # a connection may not cross a fork
    gc.collect()
    with suppress(AttributeError):  # glibc's; other C libraries have ways of their own
        libc = ctypes.CDLL(None)
        libc.malloc_trim(0)
        libc.mallopt(_M_ARENA_MAX, 1)
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _load_what_each_would_load() -> None:
    """Load what every process would load by itself, with its first page, email or login."""
    get_resolver()._populate()
    get_template("ui/base.html")  # with all libraries of tags
    get_hashers()
    compile_statements()
    for late in ("allauth.account.auth_backends", "argon2", "stdnum.numdb"):
        import_module(late)
    decrypt(encrypt("nothing", at="nowhere"), at="nowhere")
    read_email("someone@practice.example")
    show_phone("+12015550123", country="US")


def _require_free(host: str, port: int) -> None:
    """Raise Refused if the address can't be listened on; a server would only log it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as wrong:
            which = "--host" if isinstance(wrong, socket.gaierror) else "--port"
            raise Refused(
                f"Can't listen on {host}:{port} ({wrong.strerror}): choose another {which}"
            ) from None
