"""Starting Django, bringing the database to this version, and asking whether it is."""

import os

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from letterhead.cli.data_dir import make_data_dir, require_data_dir
from letterhead.cli.refusals import Refused


def start_django(*, may_make: bool = False) -> None:
    """Read the settings and load every room; what is written from here on is its owner's alone.

    Raises Refused where there is no data directory, unless the command may make one.
    """
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "letterhead.config.settings")
    try:
        make_data_dir() if may_make else require_data_dir()
        django.setup()
    except ValueError as wrong:  # an unreadable DATABASE_URL or encryption key
        raise Refused(f"The settings can't be read: {wrong}") from wrong


def start_at_this_version(*, may_make: bool = False) -> None:
    """Start Django and print where the data is; raise Refused unless the database is up to date."""
    start_django(may_make=may_make)
    print_data_dir()
    require_this_version()


def print_data_dir() -> None:
    """Print which data directory is used, at once."""
    print(f"Data directory: {settings.DATA_DIR}", flush=True)


def bring_to_this_version() -> int:
    """Apply what is missing: files' folder, migrations, the cache's table. Return how many ran."""
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    missing = len(missing_migrations())
    call_command("createcachetable", verbosity=0)  # first: all migrated then means all there
    call_command("migrate", interactive=False, verbosity=0)
    return missing


def missing_migrations() -> list[str]:
    """Name the migrations that this version has and the database hasn't."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _ in plan]


def require_this_version() -> None:
    """Raise Refused unless the database is at this version."""
    if missing_migrations():
        raise Refused("The database is not at this version: run `letterhead migrate` first.")


def is_embedded() -> bool:
    """Say whether the database is the embedded one, which `serve` looks after by itself."""
    return connection.vendor == "sqlite"
