"""What was encrypted before secrets had places is bound when the database is brought up."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres
from tests.served import environment, sqlite_url

UPDATE = """
import json
from importlib import import_module
from letterhead.cli.database import start_django
start_django(may_make=True)
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from letterhead.activity.freezing import missing_triggers
from letterhead.activity.queries import broken_links
from letterhead.accounts.models import TypedText, User
from letterhead.billing.models import IssuedBill
from letterhead.billing.queries import issued_contents
from letterhead.cli.demo import make_demo
from letterhead.details.models import Practitioner
from letterhead.encryption.keys import present_keys
from letterhead.encryption.rotation import encrypted_fields
from letterhead.practices.models import Practice
from django.utils import timezone
call_command("createcachetable", verbosity=0)
call_command("migrate", verbosity=0)
make_demo()
user = User.objects.order_by("pk").first()
TOTP.activate(user, "ABCD" * 8)
codes = RecoveryCodes.activate(user).generate_codes()
TypedText.objects.create(user=user, path="/", fields="[1]", held_at=timezone.now())

def seen():
    return [
        Practice.objects.get().tax_id,
        sorted(Practitioner.objects.values_list("pk", flat=True)),
        [each.tax_id for each in Practitioner.objects.order_by("pk")],
        [repr(issued_contents(each)) for each in IssuedBill.objects.order_by("pk")],
        TypedText.objects.get().fields,
        RecoveryCodes.activate(user).generate_codes() == codes,
        Authenticator.objects.get(type="totp").wrap().instance.data["secret"].at,
        list(broken_links([Practice.objects.get().pk])),
    ]

before = seen()
ring = Fernet(present_keys()[0])

def unbind(token):
    return ring.encrypt(ring.decrypt(token).partition(b"\\n")[2]).decode()

unbound = 0
with connection.cursor() as cursor:
    for model in apps.get_models():
        for field in encrypted_fields(model):
            table, column, pk = model._meta.db_table, field.column, model._meta.pk.column
            cursor.execute(f"SELECT {pk}, {column} FROM {table} WHERE {column} <> ''")
            for row, token in cursor.fetchall():
                unbound += 1
                cursor.execute(
                    f"UPDATE {table} SET {column} = %s WHERE {pk} = %s", [unbind(token), row]
                )
    for row in Authenticator.objects.all():
        data = {k: unbind(v) if k in ("secret", "seed") else v for k, v in row.data.items()}
        Authenticator.objects.filter(pk=row.pk).update(data=data)
unreadable = Practice.objects.get().tax_id
then = MigrationExecutor(connection).loader.project_state().apps
for room, name in (
    ("accounts", "0007_secrets_bound_and_emails_proven"),
    ("activity", "0007_begun_and_bound"),
    ("billing", "0006_secrets_bound"),
    ("details", "0012_secrets_bound"),
    ("practices", "0015_secrets_bound_and_who_registered"),
):
    import_module(f"letterhead.{room}.migrations.{name}").bind(then, None)
print(json.dumps([unbound, unreadable, seen() == before, missing_triggers(connection)]))
"""


def brought_up(url: str, place: Path) -> list[object]:
    done = subprocess.run(
        [sys.executable, "-c", UPDATE],
        check=False,
        capture_output=True,
        text=True,
        env=environment(url, place),
    )
    assert done.returncode == 0, done.stderr
    told: list[object] = json.loads(done.stdout.splitlines()[-1])
    return told


def check(told: list[object]) -> None:
    unbound, unreadable, same, missing = told
    assert isinstance(unbound, int)
    assert unbound > 5
    assert (unreadable, same, missing) == ("", True, [])


@pytest.mark.embedded
def test_every_value_reads_as_before_on_sqlite(tmp_path: Path) -> None:
    check(brought_up(sqlite_url(tmp_path), tmp_path))


@pytest.mark.postgres
def test_every_value_reads_as_before_on_postgresql(tmp_path: Path) -> None:
    url = postgres.make_database(os.environ["LETTERHEAD_TEST_POSTGRES"], f"bind_{tmp_path.name}")
    try:
        check(brought_up(url, tmp_path))
    finally:
        postgres.drop_database(url)
