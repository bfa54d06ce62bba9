"""Rows from before there were chains get their links when the database is brought up.

A head that is missing then stays missing.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.served import environment, sqlite_url

pytestmark = pytest.mark.embedded
UPDATE = """
import json
from letterhead.cli.database import start_django
start_django(may_make=True)
from django.core.management import call_command
from django.db import connection
from letterhead.activity.freezing import missing_triggers
from letterhead.activity.models import Activity
from letterhead.activity.queries import broken_links
call_command("createcachetable", verbosity=0)
call_command("migrate", "activity", "0001", verbosity=0)
with connection.cursor() as cursor:
    for number in range(1200):
        values = [number % 3 or None, f"revealed {number}" if number == 7 else f"act {number}"]
        cursor.execute(
            "INSERT INTO activity_activity (practice, person, person_name, at, act, about, changes)"
            " VALUES (%s, 1, 'dana', '2026-01-01 10:00:00.123456', %s, '', '{\\"a\\": [1, null]}')",
            values,
        )
call_command("migrate", "activity", "0004", verbosity=0)
kinds = list(Activity.objects.filter(kind="reveal").values_list("act", flat=True))
places = list(Activity.objects.filter(chain=2).order_by("pk").values_list("place", flat=True))
print(json.dumps([list(broken_links()), kinds, places == list(range(1, 401))]))
with connection.cursor() as cursor:
    cursor.execute("DELETE FROM activity_chainhead WHERE chain = 2")
call_command("migrate", "activity", verbosity=0)
print(json.dumps(list(broken_links())))
print(json.dumps([name for name in missing_triggers(connection) if "activity" in name]))
"""


def test_they_are_linked_in_their_order_and_frozen_again(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", UPDATE],
        check=False,
        capture_output=True,
        text=True,
        env=environment(sqlite_url(tmp_path), tmp_path),
    )

    assert done.returncode == 0, done.stderr
    linked, without_head, missing = map(json.loads, done.stdout.splitlines())
    assert linked == [[], ["revealed 7"], True]
    lost = "practice 2: its head is missing, which records the newest row (400)"
    assert without_head == [lost]  # and is not sealed again
    assert missing == []
