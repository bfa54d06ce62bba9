"""Checking an installation: one line for each thing that must be true."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from letterhead.activity.freezing import missing_triggers
from letterhead.activity.queries import broken_links
from letterhead.activity.queries import standing as record_standing
from letterhead.cli.database import missing_migrations
from letterhead.cli.refusals import in_one_line
from letterhead.clients import triggers
from letterhead.encryption.keys import present_keys, require_keys
from letterhead.encryption.rotation import first_unreadable
from letterhead.outbox.queries import standing
from letterhead.practices.models import Practice
from letterhead.ui.proxies import trusted_networks

PRIVATE = 0o077  # no bit for group or others
LATE_AFTER = timedelta(minutes=15)
BREAKS_SHOWN = 3
SHORTEST_SECRET = 50  # Django's own measure


class Wrong(Exception):
    """What is wrong, and what fixes it."""


def examine() -> int:
    """Print a line for each check; return 1 if something is wrong, else 0."""
    wrong: list[str] = []
    for name, check in CHECKS:
        try:
            found, mark = check(), "ok   "
        except Exception as error:  # a check that can't even be made is a finding too
            found, mark = _in_words(error, already=wrong), "WRONG"
            wrong.append(name)
        print(f"{mark} {name}: {found}")
    return int(bool(wrong))


def _in_words(error: Exception, *, already: list[str]) -> str:
    """What is wrong; that the database doesn't answer is reported only once."""
    cause = {"database", "migrations"}.intersection(already)
    if isinstance(error, DatabaseError) and cause:
        return "can't be checked until the database is fixed"
    return in_one_line(error)


def _settings() -> str:
    if settings.DEBUG:
        raise Wrong("LETTERHEAD_DEBUG is on, so errors show internals: unset it")
    errors = [problem.msg for problem in checks.run_checks() if problem.is_serious()]
    if errors:
        raise Wrong("; ".join(errors))
    trusted_networks()
    return f"production, reached as {settings.BASE_URL_AS_TYPED}"


def _data() -> str:
    _require_writable(settings.DATA_DIR)
    return f"{settings.DATA_DIR} is the data directory"


def _database() -> str:
    connection.ensure_connection()
    return f"{connection.display_name} answers"


def _migrations() -> str:
    missing = missing_migrations()
    if missing:
        raise Wrong(f"{len(missing)} not applied, from {missing[0]}: run `letterhead migrate`")
    return "all applied"


def _triggers() -> str:
    missing = [*missing_triggers(connection), *triggers.missing_triggers(connection)]
    if missing:
        raise Wrong(f"{', '.join(missing)} missing: run `letterhead migrate` to restore them")
    return f"rows of {len(settings.FROZEN_TABLES)} tables are frozen"


def _activity() -> str:
    practices = Practice.objects.values_list("pk", flat=True)
    broken = list(islice(broken_links(practices), BREAKS_SHOWN + 1))
    if broken:
        more = "; and more" if len(broken) > BREAKS_SHOWN else ""
        raise Wrong(
            f"{'; '.join(broken[:BREAKS_SHOWN])}{more}: someone changed the database "
            "outside Letterhead; compare with a backup"
        )
    found = record_standing()
    return f"{found.rows} rows in {found.chains} chains are intact"


def _storage() -> str:
    place = Path(default_storage.path(""))
    _require_writable(place)
    return f"{place} can be written"


def _cache() -> str:
    key, stored = "doctor", str(datetime.now(UTC))
    cache.set(key, stored, 60)
    if cache.get(key) != stored:
        raise Wrong("it loses what is stored, so limits on logins don't work: check CACHE_URL")
    return "in the database" if "db" in settings.CACHES["default"]["BACKEND"] else "answers"


def _mail() -> str:
    backend = settings.EMAIL_BACKEND
    if backend.endswith("eml.EmailBackend"):
        place = Path(settings.EMAIL_FILE_PATH)
        _require_writable(place)
        return f"saved as files in {place}, from {settings.DEFAULT_FROM_EMAIL}"
    if not backend.endswith("smtp.EmailBackend"):
        return f"sent by {backend}"
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with get_connection():  # connects and logs in; sends nothing
            return f"sent through {server}, from {settings.DEFAULT_FROM_EMAIL}"
    except OSError as wrong:  # what smtplib raises is one too
        raise Wrong(f"{server} fails ({in_one_line(wrong)}): check EMAIL_URL") from wrong


def _outbox() -> str:
    now = datetime.now(UTC)
    found = standing(now, late_after=LATE_AFTER)
    if found.parked:
        raise Wrong(
            f"{found.parked} given up, most recently because of {found.newest_error[:200]}: fix "
            "that, then run `letterhead worker --retry-parked`"
        )
    since = f", since {found.due_since:%Y-%m-%d %H:%M} UTC" if found.due_since else ""
    if found.late:
        raise Wrong(f"{found.due} waiting{since}, and no worker runs: start `letterhead worker`")
    return f"{found.due} waiting{since}; {found.failing} to try again; {found.planned} planned"


def _clock() -> str:
    newest = MigrationRecorder(connection).migration_qs.order_by("-applied").first()
    now = datetime.now(UTC)
    if newest and newest.applied > now:
        raise Wrong(f"{now:%Y-%m-%d %H:%M} UTC is before the last migration: set the clock")
    return f"{now:%Y-%m-%d %H:%M} UTC"


def _keys() -> str:
    for name in ("secret_key", "encryption_keys"):
        file = settings.DATA_DIR / name
        if file.exists() and file.stat().st_mode & PRIVATE:
            raise Wrong(f"{file} can be read by others: chmod 600 {file}")
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        raise Wrong(
            f"LETTERHEAD_SECRET_KEY is too short: use {SHORTEST_SECRET} or more random characters"
        )
    require_keys()
    if unreadable := first_unreadable():
        raise Wrong(
            f"no key can decrypt {unreadable}: add the key it was encrypted with to the end of "
            "the encryption keys"
        )
    return f"{len(present_keys())} for encryption; oldest and newest values of each column read"


def _require_writable(place: Path) -> None:
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=place):
        pass


CHECKS: list[tuple[str, Callable[[], str]]] = [
    ("settings", _settings),
    ("data", _data),
    ("database", _database),
    ("migrations", _migrations),
    ("triggers", _triggers),
    ("activity", _activity),
    ("storage", _storage),
    ("cache", _cache),
    ("mail", _mail),
    ("outbox", _outbox),
    ("clock", _clock),
    ("keys", _keys),
]
