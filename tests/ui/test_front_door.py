"""What is settled before any page is asked for."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from letterhead.ui.front_door import LARGE_BODY, FrontDoorMiddleware


class Page:
    """A view that keeps nothing; each request is in a cycle, as sessions and users put it in."""

    def __init__(self) -> None:
        self.seen: list[weakref.ref[HttpRequest]] = []

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = lambda: request  # type: ignore[assignment]
        self.seen.append(weakref.ref(request))
        return HttpResponse()

    def still_there(self) -> int:
        return sum(each() is not None for each in self.seen)


@pytest.fixture
def seldom_collected() -> Iterator[None]:
    """Python's collector doesn't come by itself."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("seldom_collected")
def test_of_large_requests_only_the_present_one_is_in_memory() -> None:
    page = Page()
    door = FrontDoorMiddleware(page)

    for _ in range(5):
        door(RequestFactory().post("/", b"x" * (LARGE_BODY + 1), content_type="image/jpeg"))

    assert page.still_there() == 1


@pytest.mark.usefixtures("seldom_collected")
def test_a_small_request_collects_nothing() -> None:
    page = Page()
    door = FrontDoorMiddleware(page)

    for _ in range(5):
        door(RequestFactory().post("/", b"x", content_type="image/jpeg"))

    assert page.still_there() == 5
