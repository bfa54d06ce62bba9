"""A job that waits while Letterhead is updated finds its mail template where it is now."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.template.loader import get_template

from letterhead.outbox.actions import enqueue
from letterhead.outbox.models import Job

migration: Any = import_module("letterhead.outbox.migrations.0002_mail_templates_in_sections")


@pytest.fixture
def waiting(db: None) -> Iterator[None]:
    """Jobs as the release before wrote them, and one that names no template."""
    for old in migration.MOVED:
        enqueue("mail of a device", user=1, template=old, context={"device": "Firefox"})
    enqueue("password reset", email="dana@riverside.example")
    yield


def templates() -> list[Any]:
    return [job.values.get("template") for job in Job.objects.order_by("pk")]


def test_waiting_jobs_name_the_new_places(waiting: None) -> None:
    migration.to_sections(apps, connection.schema_editor())

    assert templates() == [*migration.MOVED.values(), None]
    assert Job.objects.order_by("pk")[0].values["context"] == {"device": "Firefox"}
    for template in migration.MOVED.values():
        assert get_template(f"{template}.txt")


def test_the_update_can_be_taken_back(waiting: None) -> None:
    migration.to_sections(apps, connection.schema_editor())
    migration.back(apps, connection.schema_editor())

    assert templates() == [*migration.MOVED, None]
