"""Looking an installation over: one line for each thing that must be true."""

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
from letterhead.encryption.keys import present_keys, require_keys
from letterhead.encryption.rotation import first_unreadable
from letterhead.outbox.queries import standing
from letterhead.practices.models import Practice
from letterhead.ui.proxies import trusted_networks

PRIVATE = 0o077  # no bit for group or others
LATE_AFTER = timedelta(minutes=15)
BREAKS_TOLD = 3
SHORTEST_SECRET = 50  # Django's own measure


class Wrong(Exception):
    """What is wrong, and what mends it."""


def examine() -> int:
    """Print a line for each check; give 1 if something is wrong, else 0."""
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
    """Say what is wrong, but only once that the database can't be asked."""
    cause = {"database", "migrations"}.intersection(already)
    if isinstance(error, DatabaseError) and cause:
        return "can't be looked at before the database is mended"
    return in_one_line(error)


def _settings() -> str:
    if settings.DEBUG:
        raise Wrong("LETTERHEAD_DEBUG is on: pages show their insides; unset it")
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
    missing = missing_triggers(connection)
    if missing:
        raise Wrong(f"{', '.join(missing)} missing: run `letterhead migrate`, it puts them back")
    return f"rows of {len(settings.FROZEN_TABLES)} tables are frozen"


def _activity() -> str:
    practices = Practice.objects.values_list("pk", flat=True)
    broken = list(islice(broken_links(practices), BREAKS_TOLD + 1))
    if broken:
        more = "; and more" if len(broken) > BREAKS_TOLD else ""
        raise Wrong(
            f"{'; '.join(broken[:BREAKS_TOLD])}{more}: somebody wrote past Letterhead; "
            "compare with a backup"
        )
    found = record_standing()
    return f"{found.rows} rows in {found.chains} chains hold together"


def _storage() -> str:
    place = Path(default_storage.path(""))
    _require_writable(place)
    return f"{place} can be written"


def _cache() -> str:
    key, said = "doctor", str(datetime.now(UTC))
    cache.set(key, said, 60)
    if cache.get(key) != said:
        raise Wrong("what is kept doesn't come back: limits on log-ins don't hold; see CACHE_URL")
    return "in the database" if "db" in settings.CACHES["default"]["BACKEND"] else "answers"


def _mail() -> str:
    backend = settings.EMAIL_BACKEND
    if backend.endswith("eml.EmailBackend"):
        place = Path(settings.EMAIL_FILE_PATH)
        _require_writable(place)
        return f"kept as files in {place}, from {settings.DEFAULT_FROM_EMAIL}"
    if not backend.endswith("smtp.EmailBackend"):
        return f"given to {backend}"
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with get_connection():  # connects and logs in; sends nothing
            return f"sent through {server}, from {settings.DEFAULT_FROM_EMAIL}"
    except OSError as wrong:  # what smtplib raises is one too
        raise Wrong(f"{server} doesn't take it ({in_one_line(wrong)}): see EMAIL_URL") from wrong


def _outbox() -> str:
    now = datetime.now(UTC)
    found = standing(now, late_after=LATE_AFTER)
    if found.parked:
        raise Wrong(
            f"{found.parked} given up, the newest for {found.newest_error[:200]}: mend that, "
            "then run `letterhead worker --retry-parked`"
        )
    since = f", since {found.due_since:%Y-%m-%d %H:%M} UTC" if found.due_since else ""
    if found.late:
        raise Wrong(f"{found.due} wait{since}, and nobody does them: start `letterhead worker`")
    return f"{found.due} wait{since}; {found.failing} tried again later; {found.planned} planned"


def _clock() -> str:
    newest = MigrationRecorder(connection).migration_qs.order_by("-applied").first()
    now = datetime.now(UTC)
    if newest and newest.applied > now:
        raise Wrong(f"{now:%Y-%m-%d %H:%M} UTC is before the last migration: set the clock")
    return f"{now:%Y-%m-%d %H:%M} UTC"


def _keys() -> str:
    for name in ("secret_key", "encryption_keys"):
        kept = settings.DATA_DIR / name
        if kept.exists() and kept.stat().st_mode & PRIVATE:
            raise Wrong(f"{kept} can be read by others: chmod 600 {kept}")
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        raise Wrong(f"LETTERHEAD_SECRET_KEY: write {SHORTEST_SECRET} random characters or more")
    require_keys()
    if unreadable := first_unreadable():
        raise Wrong(
            f"no key fits what {unreadable} holds: add the key it was encrypted with to the end "
            "of the encryption keys"
        )
    return f"{len(present_keys())} for encryption, the oldest and the newest of each column read"


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
