"""Encrypting again with the newest key: nothing is lost, whatever else is saved."""

import stat
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from letterhead.activity.models import Activity
from letterhead.billing.actions import issue, make_bill
from letterhead.billing.models import Bill, IssuedBill
from letterhead.billing.queries import issued_contents
from letterhead.cli.main import run
from letterhead.details.models import Practitioner
from letterhead.encryption import rotation
from letterhead.encryption.fields import EncryptedTextField, bound
from letterhead.encryption.keys import (
    KeysAreGiven,
    add_newest_key,
    decrypt,
    encrypt,
    is_newest,
    present_keys,
    renew,
    require_keys,
)
from letterhead.encryption.rotation import (
    Count,
    first_unreadable,
    registered,
    rotate_all,
    rotate_keys,
)
from letterhead.practices.models import Practice
from tests.billing.ready import NOW
from tests.clients.desk import client_of, visit_of

TAX_ID = "219099999"
HERE = "somewhere.else.1"


def held(table: str, column: str, pk: int) -> str:
    """What the database itself holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [pk])  # noqa: S608
        return str(cursor.fetchone()[0])


@pytest.fixture(autouse=True)
def keys(own_keys: Path) -> Path:
    return own_keys


@pytest.fixture
def dana(keys: Path, cast: SimpleNamespace) -> Practitioner:
    row: Practitioner = cast.dana.practitioner
    write(row, TAX_ID)
    return row


def write(row: Practitioner, number: str) -> None:
    rows = Practitioner.objects.filter(pk=row.pk)
    rows.update(**bound(row, {"tax_id": number}), tax_id_kind="SSN")


def tax_id(row: Practitioner) -> str:
    return Practitioner.objects.get(pk=row.pk).tax_id


def test_a_row_read_by_sql_holds_no_digits_of_a_tax_id(
    dana: Practitioner, cast: SimpleNamespace
) -> None:
    for text in (
        held("details_practitioner", "tax_id", dana.pk),
        held("practices_practice", "tax_id", cast.practice.pk),
    ):
        assert text.startswith("gAAAA")
        assert TAX_ID not in text
        assert not any(TAX_ID[at : at + 4] in text for at in range(6))


def test_every_value_gets_the_newest_key_and_reads_as_before(
    dana: Practitioner, cast: SimpleNamespace
) -> None:
    before = held("details_practitioner", "tax_id", dana.pk)

    done = rotate_keys()

    after = held("details_practitioner", "tax_id", dana.pk)
    assert after != before
    assert not is_newest(before)
    assert is_newest(after)
    assert tax_id(dana) == TAX_ID
    assert Practice.objects.get(pk=cast.practice.pk).tax_id == "123456789"
    assert (done.is_new_key, done.keys, done.is_whole) == (True, 2, True)
    assert done.columns["details_practitioner.tax_id"].rotated == 1


def test_what_was_issued_is_encrypted_again_and_stays_the_same(
    dana: Practitioner, cast: SimpleNamespace
) -> None:
    bill = make_bill(
        visit_of(cast, client_of(cast.dana)), kind=Bill.Kind.SUPERBILL, by=cast.dana.user
    )
    issued = issue(bill, by=cast.dana.user, now=NOW)
    names = [field.attname for field in IssuedBill._meta.fields if field.name != "sealed"]
    rows = IssuedBill.objects.filter(pk=issued.pk)
    before = rows.values(*names).get(), issued_contents(issued)

    assert rotate_keys().columns["billing_issuedbill.sealed"] == Count(rotated=1)

    assert (rows.values(*names).get(), issued_contents(rows.get())) == before
    assert is_newest(held("billing_issuedbill", "sealed", issued.pk))


def test_every_encrypted_column_is_found(db: None) -> None:
    columns = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    }

    assert columns <= rotate_all().keys()
    assert {"details_practitioner.tax_id", "billing_issuedbill.sealed"} <= columns


def test_more_rows_than_fit_in_one_go_are_all_done(
    dana: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "AT_ONCE", 2)
    for row in Practitioner.objects.all():
        write(row, TAX_ID)
    number = Practitioner.objects.count()

    assert rotate_keys().columns["details_practitioner.tax_id"] == Count(rotated=number)
    assert number > 4


def test_what_is_saved_at_the_same_time_is_not_lost(
    dana: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = "987654321"

    def renew_and_be_overtaken(token: str) -> str:
        write(dana, others)
        return renew(token)

    add_newest_key()
    monkeypatch.setattr(rotation, "renew", renew_and_be_overtaken)
    rotate_all()

    assert tax_id(dana) == others


def test_the_next_run_completes_an_interrupted_one_without_another_key(
    dana: Practitioner,
) -> None:
    add_newest_key()  # and here the first run was killed

    done = rotate_keys()

    assert (done.is_new_key, done.keys) == (False, 2)
    assert is_newest(held("details_practitioner", "tax_id", dana.pk))


def test_keys_of_the_environment_are_taken_as_they_are(dana: Practitioner, settings: Any) -> None:
    old = present_keys()[0]
    settings.ENCRYPTION_KEYS_FILE = None
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode(), f" {old} "]

    done = rotate_keys()

    assert (done.is_new_key, done.keys, done.rotated) == (
        False,
        2,
        5,
    )  # with the seals of three chains
    settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS[:1]
    assert tax_id(dana) == TAX_ID
    with pytest.raises(KeysAreGiven):
        add_newest_key()


def test_a_process_with_the_older_keys_reads_the_new_one_too(keys: Path) -> None:
    before = encrypt("a secret", at=HERE)
    assert len(present_keys()) == 1

    add_newest_key()

    assert decrypt(before, at=HERE) == "a secret"
    assert not is_newest(before)
    assert is_newest(encrypt("another", at=HERE))
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    assert sorted(each.name for each in keys.parent.iterdir() if "new" in each.name) == []


def test_a_value_that_no_key_fits_is_reported_and_the_rest_is_done(
    dana: Practitioner, cast: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    strange = Fernet(Fernet.generate_key()).encrypt(b"x").decode()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE details_practitioner SET tax_id = %s WHERE id = %s", [strange, dana.pk]
        )

    assert run(["rotate-keys"]) == 1

    told = capsys.readouterr()
    assert told.err.startswith("No key can decrypt 1 of details_practitioner.tax_id. Add the key")
    assert "practices_practice.tax_id: 1 re-encrypted" in told.out
    assert held("details_practitioner", "tax_id", dana.pk) == strange


def test_a_database_restored_without_its_keys_is_noticed(
    dana: Practitioner, keys: Path, cast: SimpleNamespace
) -> None:
    assert first_unreadable() == ""

    keys.unlink()
    keys.write_text(Fernet.generate_key().decode())

    assert first_unreadable() == "activity_chainhead.seal"


@pytest.mark.parametrize("text", ["", "no key at all"])
def test_a_file_that_holds_no_key_is_named(keys: Path, text: str) -> None:
    keys.unlink()
    keys.write_text(text)

    with pytest.raises(ImproperlyConfigured, match=f"^{keys} must hold keys"):
        require_keys()


def test_the_command_prints_what_it_did_and_is_recorded(
    dana: Practitioner, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["rotate-keys"]) == 0

    told = capsys.readouterr().out
    assert "details_practitioner.tax_id: 1 re-encrypted, 0 had the newest key" in told
    assert "A new key was made; there are 2." in told
    row = Activity.objects.get(act="rotated the encryption keys")
    assert (row.practice, row.kind) == (None, "support")
    assert row.changes["details_practitioner.tax_id"] == 1


def test_what_is_in_no_column_is_rotated_by_its_own_room(db: None) -> None:
    secrets = [encrypt("a", at=HERE), encrypt("b", at=HERE)]

    def rotate() -> Count:
        older = [at for at, each in enumerate(secrets) if not is_newest(each)]
        for at in older:
            secrets[at] = renew(secrets[at])
        return Count(len(older), len(secrets) - len(older))

    with registered("somewhere else", rotate):
        assert rotate_keys().columns["somewhere else"] == Count(2, 0)

    assert all(is_newest(each) for each in secrets)
    assert "somewhere else" not in rotate_all()
