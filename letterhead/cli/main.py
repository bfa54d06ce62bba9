"""What can be typed after `letterhead`, and what it answers with.

Exit codes: 0 done, 1 refused (one line on stderr says why and what to do), 2 wrong usage.
"""

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import timedelta

from letterhead.cli import support
from letterhead.cli.refusals import in_one_line, is_refusal
from letterhead.cli.version import ShowVersion

DEMO_PASSWORD = "letterhead-demo-only"  # noqa: S105 (public on purpose: the demo's)


def run(arguments: list[str] | None = None) -> int:
    """Run the command that was typed; return the exit code."""
    typed = parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "letterhead.config.settings")
    try:
        return int(typed.act(typed))
    except KeyboardInterrupt:
        return 130
    except Exception as refusal:
        if not is_refusal(refusal):
            raise
        print(in_one_line(refusal), file=sys.stderr)
        return 1


def parser() -> ArgumentParser:
    """The parser of every command and its options."""
    top = ArgumentParser(prog="letterhead", description="Run and maintain Letterhead.")
    top.add_argument("--version", action=ShowVersion, help="show the version, and exit")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    _describe_serve(commands.add_parser("serve", help="run the web server", description=_SERVE))
    _describe_worker(commands.add_parser("worker", help="run a worker", description=_WORKER))
    for name, act, text in _PLAIN:
        command = commands.add_parser(name, help=text.split(":")[0], description=text)
        command.set_defaults(act=act)
    support.describe(commands)
    return top


_SERVE = (
    "Bring the embedded database up to date, then run the web server and one worker. On SIGTERM, "
    "finish the current requests and jobs, then stop."
)
_WORKER = (
    "Do the jobs that are waiting: email, reminders. Any number of workers can run at once, with "
    "or without `serve`. On SIGTERM, finish the current job, then stop."
)


def _describe_serve(command: ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    command.add_argument("--port", type=_port, default=8000, help="port (%(default)s)")
    command.add_argument(
        "--workers", type=_at_least_one, default=2, help="web processes (%(default)s)"
    )
    command.add_argument("--no-worker", action="store_true", help="run only the web server")
    command.set_defaults(act=_serve)


def _describe_worker(command: ArgumentParser) -> None:
    command.add_argument(
        "--lease",
        type=_at_least_one,
        default=60,
        metavar="SECONDS",
        help="how long until others take over the jobs of a worker that died (%(default)s)",
    )
    command.add_argument(
        "--retry-parked",
        action="store_true",
        help="queue the jobs that were given up again, and exit",
    )
    command.set_defaults(act=_worker)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 2**16:
        raise ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("enter 1 or more")
    return int(text)


# What a command needs is imported when it runs: `--help` answers at once.
def _serve(typed: Namespace) -> int:
    from letterhead.cli.database import print_data_dir, start_django

    start_django(may_make=True)
    print_data_dir()
    from letterhead.cli.serve import serve

    return serve(
        host=typed.host, port=typed.port, workers=typed.workers, with_worker=not typed.no_worker
    )


def _worker(typed: Namespace) -> int:
    from letterhead.cli.database import start_at_this_version

    start_at_this_version()
    from letterhead.encryption.keys import require_keys

    require_keys()
    if typed.retry_parked:
        from letterhead.outbox.actions import retry_parked

        print(f"Queued again: {retry_parked()}. A worker will do them now.")
        return 0
    from letterhead.outbox.worker import Worker

    print("A worker is running. Press Ctrl+C to stop it.", flush=True)
    Worker(lease=timedelta(seconds=typed.lease)).run()
    return 0


def _migrate(_: Namespace) -> int:
    from letterhead.cli.database import bring_to_this_version, print_data_dir, start_django

    start_django(may_make=True)
    print_data_dir()
    done = bring_to_this_version()
    print(f"The database is up to date ({done} migrations applied now).")
    return 0


def _demo(_: Namespace) -> int:
    from letterhead.cli.database import start_at_this_version

    start_at_this_version(may_make=True)
    from letterhead.cli.demo import make_demo

    make_demo()
    print(f"The demo practice is ready. Log in as dana@riverside.example, {DEMO_PASSWORD}")
    return 0


def _doctor(_: Namespace) -> int:
    from letterhead.cli.database import start_django

    start_django()
    from letterhead.cli.doctor import examine

    return examine()


_PLAIN = [
    ("migrate", _migrate, "bring the database up to date: tables, cache table, triggers"),
    ("demo", _demo, "create the demo practice: synthetic data, safe to run again"),
    ("doctor", _doctor, "check the installation: one line each, exit 1 if something is wrong"),
]
