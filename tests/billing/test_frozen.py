"""What was issued stays as it was issued: to the byte, in the database and after a loss."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connection, models, transaction

from letterhead.activity.freezing import lift, missing_triggers, put_back
from letterhead.billing.models import Bill, IssuedBill, IssuedFile
from letterhead.billing.queries import draft_contents, issued_contents
from letterhead.encryption.fields import bound
from tests.billing.ready import NOW, change_everything, draft, full_visit, issued
from tests.clients.desk import Desk
from tests.pdf import pages_of, pdf_text

KINDS = [Bill.Kind.SUPERBILL, Bill.Kind.CMS1500]


def texts(pdf: bytes) -> list[str]:
    return [pdf_text(pdf, page) for page in range(pages_of(pdf))]


def files_by_form(cast: SimpleNamespace, bill: Bill) -> dict[str, bytes]:
    """All files of an issued bill as Dana's browser gets them."""
    forms = IssuedFile.objects.filter(issued__bill=bill).values_list("form", flat=True)
    got = {form: Desk(cast.dana).get(f"/billing/bills/{bill.pk}/{form}.pdf") for form in forms}
    assert all(answer.status_code == 200 for answer in got.values())
    return {form: answer.content for form, answer in got.items()}


def kept_at(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def leaves(value: Any, path: str = "") -> dict[str, Any]:
    """Every value inside a frozen one, by its path."""
    if hasattr(value, "__struct_fields__"):
        pairs = [(name, getattr(value, name)) for name in value.__struct_fields__]
    elif isinstance(value, tuple):
        pairs = [(str(n), inner) for n, inner in enumerate(value)]
    else:
        return {path: value}
    return {k: v for name, inner in pairs for k, v in leaves(inner, f"{path}.{name}").items()}


def test_changing_everything_changes_every_detail_of_a_draft(cast: SimpleNamespace) -> None:
    bill = draft(cast, full_visit(cast), Bill.Kind.CMS1500)
    before = leaves(draft_contents(bill, now=NOW))

    change_everything(cast.practice)

    after = leaves(draft_contents(Bill.objects.get(pk=bill.pk), now=NOW))
    same = {path.rpartition(".")[2] for path, value in after.items() if before[path] == value}
    unchanged = {path for path, value in before.items() if value and after[path] == value}
    chosen = {
        *("id", "country", "currency", "time_zone", "version", "kind", "issued_on", "sex"),
        *("qualifier", "npi_type", "npi_in_24j", "other_id_in_24j", "signature", "relationship"),
        *("another_plan", "payer", "pointers", "label", "tax_id", "language"),
        *("print_on_bills", "npi_label", "payment_method"),
        *("onset_qualifier", "other_date_qualifier", "other_id_qualifier", "epsdt_reason"),
        "other_claim_qualifier",
    }
    assert same
    assert {path.rpartition(".")[2] for path in unchanged} <= chosen | {"0", "1"}, unchanged


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_changes_what_was_issued_reads_the_same_to_the_byte(
    cast: SimpleNamespace, kind: str
) -> None:
    bill = issued(cast, full_visit(cast), kind).bill
    before = files_by_form(cast, bill)

    change_everything(cast.practice)

    assert len(before) == (1 if kind == Bill.Kind.SUPERBILL else 2)
    assert files_by_form(cast, bill) == before


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("loss", ["deleted", "damaged", "emptied"])
def test_a_lost_file_is_rendered_again_from_what_was_frozen(
    cast: SimpleNamespace, kind: str, loss: str
) -> None:
    bill = issued(cast, full_visit(cast), kind).bill
    before = files_by_form(cast, bill)
    change_everything(cast.practice)
    for file in IssuedFile.objects.filter(issued__bill=bill):
        if loss == "deleted":
            kept_at(file.sha256).unlink()
        else:
            kept_at(file.sha256).write_bytes(b"" if loss == "emptied" else b"%PDF-1.7 damaged")

    after = files_by_form(cast, bill)

    assert {f: texts(pdf) for f, pdf in after.items()} == {
        f: texts(pdf) for f, pdf in before.items()
    }


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_frozen_reads_back_equal_and_holds_no_plain_tax_id(
    cast: SimpleNamespace, kind: str
) -> None:
    bill = draft(cast, full_visit(cast), kind)
    before = draft_contents(bill, now=NOW, number=f"{'CL' if 'cms' in kind else 'SB'}-2026-0001")

    frozen = issued(cast, bill.visit, kind)

    assert issued_contents(IssuedBill.objects.get(pk=frozen.pk)) == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT contents, sealed FROM billing_issuedbill")
        said = str(cursor.fetchall())
    assert "123456789" not in said
    assert "219099998" not in said


SQL = [
    "UPDATE billing_issuedbill SET contents = '{}'",
    "UPDATE billing_issuedbill SET number = 'SB-1', issued_by = 'me'",
    "UPDATE billing_issuedbill SET id = id + 1000",
    "DELETE FROM billing_issuedbill",
    "UPDATE billing_issuedfile SET sha256 = 'x'",
    "UPDATE billing_issuedfile SET size = size + 1",
    "DELETE FROM billing_issuedfile",
    "UPDATE activity_activity SET act = 'slept'",
    "DELETE FROM activity_activity",
]
_OF_POSTGRESQL = [
    "TRUNCATE billing_issuedbill CASCADE",
    "TRUNCATE billing_issuedfile",
    "TRUNCATE activity_activity",
    "INSERT INTO billing_issuedfile SELECT * FROM billing_issuedfile "
    "ON CONFLICT (id) DO UPDATE SET size = 1",
]
_OF_SQLITE = [
    f"{insert} INTO {table} SELECT * FROM {table}"  # noqa: S608
    for insert in ("INSERT OR REPLACE", "REPLACE")
    for table in ("billing_issuedbill", "billing_issuedfile", "activity_activity")
]


def frozen_rows() -> list[Any]:
    rows = []
    with connection.cursor() as cursor:
        for table in settings.FROZEN_TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608
            rows += cursor.fetchall()
    return rows


def test_frozen_rows_refuse_every_change_by_sql(cast: SimpleNamespace) -> None:
    issued(cast, full_visit(cast), Bill.Kind.SUPERBILL)
    connection.check_constraints()  # PostgreSQL truncates no table that awaits a check
    before = frozen_rows()
    own = _OF_POSTGRESQL if connection.vendor == "postgresql" else _OF_SQLITE

    for statement in SQL + own:
        with pytest.raises(DatabaseError, match="frozen"):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        assert frozen_rows() == before, statement


def test_the_sealed_column_may_be_written_with_a_newer_key(cast: SimpleNamespace) -> None:
    bill = issued(cast, full_visit(cast), Bill.Kind.SUPERBILL)

    assert IssuedBill.objects.filter(pk=bill.pk).update(**bound(bill, {"sealed": bill.sealed})) == 1

    assert issued_contents(IssuedBill.objects.get(pk=bill.pk)) == issued_contents(bill)


@pytest.mark.django_db
def test_after_all_migrations_no_trigger_is_missing() -> None:
    assert missing_triggers(connection) == []


@pytest.mark.django_db(transaction=True)
def test_triggers_that_a_migration_lost_are_back_after_it() -> None:
    lift(connection)
    assert len(missing_triggers(connection)) == 3 * len(settings.FROZEN_TABLES)

    emit_post_migrate_signal(0, interactive=False, db="default")

    assert missing_triggers(connection) == []


@pytest.mark.embedded
@pytest.mark.django_db(transaction=True)
def test_a_table_that_a_migration_builds_anew_is_frozen_again() -> None:
    if connection.vendor != "sqlite":
        return  # only SQLite rebuilds tables
    old = IssuedFile._meta.get_field("sha256")
    new = models.CharField(max_length=64, null=True)
    new.set_attributes_from_name("sha256")
    new.model = IssuedFile
    try:
        with connection.schema_editor() as editor:
            editor.alter_field(IssuedFile, old, new)
        assert missing_triggers(connection)

        emit_post_migrate_signal(0, interactive=False, db="default")

        assert missing_triggers(connection) == []
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(IssuedFile, new, old)
        put_back(connection)


@pytest.mark.embedded
def test_no_new_row_replaces_a_frozen_one_that_is_unique_otherwise(cast: SimpleNamespace) -> None:
    """INSERT OR REPLACE also throws away the row that another unique column meets."""
    issued(cast, full_visit(cast), Bill.Kind.SUPERBILL)
    before = frozen_rows()
    if connection.vendor != "sqlite":
        return  # PostgreSQL has no such statement

    for table in ("billing_issuedfile", "billing_issuedbill"):
        columns = [str(f.column) for f in _model_of(table)._meta.concrete_fields]
        values = ["id + 1000" if column == "id" else column for column in columns]
        statement = (
            f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) "  # noqa: S608
            f"SELECT {', '.join(values)} FROM {table}"
        )
        with pytest.raises(DatabaseError, match="frozen"):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        assert frozen_rows() == before


def _model_of(table: str) -> type[models.Model]:
    return next(model for model in apps.get_models() if model._meta.db_table == table)
