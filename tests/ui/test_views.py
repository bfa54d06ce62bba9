"""What Letterhead says of itself: alive, ready to work, or why a request could not be answered."""

from pathlib import Path

import pytest
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, RequestFactory
from pytest_django import Settings

from letterhead.ui.error_ids import OneLineForRefusals
from letterhead.ui.views import bad_request


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def asked(address: str) -> tuple[int, str]:
    answer = Client().get(address)
    return answer.status_code, answer.content.decode()


@pytest.mark.django_db
def test_with_its_tables_and_its_files_it_is_ready() -> None:
    assert asked("/readyz") == (200, "ready\n")


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["10.42.8.201:8000", "[2001:db8::7]", "elsewhere.example", "a b"])
def test_whoever_watches_asks_under_any_host(host: str) -> None:
    for address in ("/healthz", "/readyz"):
        assert Client().get(address, headers={"host": host}).status_code == 200


def test_a_strange_host_elsewhere_is_refused_in_one_line_of_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.handler.addFilter(OneLineForRefusals())

    answer = Client().get("/login/", headers={"host": "elsewhere.example"})

    assert answer.status_code == 400
    (record,) = caplog.records
    assert "elsewhere.example" in record.getMessage()
    assert record.exc_info is None


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])
@pytest.mark.parametrize("address", ["/", "/login/", "/healthz", "/book/nowhere/"])
def test_methods_that_no_page_has_are_refused(method: str, address: str) -> None:
    answer = Client().generic(method, address, b"x" * 2_000_000)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, POST"
    assert answer.headers["Connection"] == "close"  # too much to read


def test_a_refused_body_is_read_so_that_the_connection_can_go_on() -> None:
    answer = Client().put("/", b"x" * 1000)

    assert answer.status_code == 405
    assert "Connection" not in answer.headers


@pytest.mark.django_db
def test_before_a_migration_it_is_alive_but_not_ready() -> None:
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("clients")
    MigrationRecorder(connection).record_unapplied(*newest)

    assert asked("/readyz") == (503, "not ready: migrations\n")
    assert asked("/healthz") == (200, "ok\n")


@pytest.mark.django_db
def test_without_its_files_it_is_not_ready(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "a disk that is not there"

    assert asked("/readyz") == (503, "not ready: storage\n")


@pytest.mark.parametrize(
    ("exception", "says_the_limit"),
    [(TooManyFieldsSent(), True), (RequestDataTooBig(), True), (BadRequest(), False)],
)
def test_a_request_that_is_too_large_is_told_which_limit_it_passed(
    exception: Exception, says_the_limit: bool
) -> None:
    answer = bad_request(RequestFactory().post("/"), exception)

    assert answer.status_code == 400
    assert ("4,000" in answer.content.decode()) is says_the_limit
