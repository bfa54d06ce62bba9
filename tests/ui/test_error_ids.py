"""Failures of ours are logged under an id; errors with their own page are not."""

import logging

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from letterhead.ui.error_ids import ErrorIdMiddleware
from letterhead.ui.views import server_error


def logged(error: Exception, caplog: pytest.LogCaptureFixture) -> list[str]:
    with caplog.at_level(logging.INFO, "letterhead.errors"):
        middleware = ErrorIdMiddleware(lambda _: HttpResponse())
        middleware.process_exception(RequestFactory().get("/clients/9/"), error)
    return [record.getMessage() for record in caplog.records]


def test_a_failure_of_ours_is_logged_under_its_id(caplog: pytest.LogCaptureFixture) -> None:
    (line,) = logged(ZeroDivisionError(), caplog)

    assert line.startswith("error ")
    assert line.endswith(" at GET /clients/9/")


def test_the_page_of_a_failure_shows_the_id_under_which_it_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    request = RequestFactory().get("/clients/9/")
    ErrorIdMiddleware(lambda _: HttpResponse()).process_exception(request, ZeroDivisionError())

    page = server_error(request)

    assert page.status_code == 500
    assert f">{caplog.messages[0].split()[1]}<" in page.content.decode()


@pytest.mark.parametrize("error", [Http404(), PermissionDenied(), SuspiciousOperation()])
def test_errors_with_their_own_page_do_not_fill_the_log(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    assert logged(error, caplog) == []
