"""Policies from before the insured had a country keep all they have."""

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
from django.db.migrations.loader import MigrationLoader
from letterhead.clients.models import Policy
BEFORE = ("clients", "0004_signatures_with_date_and_how")
call_command("createcachetable", verbosity=0)
call_command("migrate", *BEFORE, verbosity=0)
old = MigrationLoader(connection).project_state([BEFORE]).apps
for country in ("US", "NO", "CA"):
    user = old.get_model("accounts", "User").objects.create(email=f"{country}@mail.example")
    practice = old.get_model("practices", "Practice").objects.create(
        name=country, slug=country.lower(), country=country)
    clinician = old.get_model("details", "Practitioner").objects.create(
        practice=practice, user=user, first_name="Dana", last_name="Rivera")
    payer = old.get_model("practices", "Payer").objects.create(practice=practice, name="Acme")
    client = old.get_model("clients", "Client").objects.create(
        practice=practice, clinician=clinician, last_name="Lee", country="DE", postal_code="D-1")
    for member_id in ("1", "2"):
        client.policies.create(payer=payer, member_id=member_id, insured_state="Old state",
            relationship="spouse", insured_last_name="Lee", insured_postal_code="D-10115")
call_command("migrate", verbosity=0)
rows = Policy.objects.order_by("pk").values_list("client__practice__country", "insured_country",
    "insured_state", "insured_postal_code", "client__country", "client__postal_code")
print(json.dumps(list(rows)))
"""


def test_their_insured_live_where_the_practice_is_and_nothing_is_lost(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", UPDATE],
        check=False,
        capture_output=True,
        text=True,
        env=environment(sqlite_url(tmp_path), tmp_path),
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [
        [country, country, "Old state", "D-10115", "DE", "D-1"]
        for country in ("US", "US", "NO", "NO", "CA", "CA")
    ]
