"""Codes typed fifty times at one and the same moment: exactly one of them logs in."""

from collections import Counter
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
import time_machine

from letterhead.accounts.two_factor.codes import accepted
from tests.accounts.two_factor.second_steps import (
    first_step,
    second_step,
    with_app,
    with_recovery_codes,
)
from tests.races.test_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
FIFTY = 50


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2026-11-26T12:00:10Z", tick=False):
        yield


def fits(cast: SimpleNamespace, code: str) -> Callable[[], bool]:
    return lambda: accepted(cast.dana.user, code) is not None


def test_of_fifty_who_type_one_code_of_the_app_one_gets_in(cast: SimpleNamespace) -> None:
    code = with_app(cast.dana.user).code()

    came = at_once(*[fits(cast, code)] * FIFTY)

    assert Counter(came) == {True: 1, False: FIFTY - 1}


def test_of_fifty_who_type_one_recovery_code_one_gets_in(cast: SimpleNamespace) -> None:
    with_app(cast.dana.user)
    code = with_recovery_codes(cast.dana.user)[3]

    came = at_once(*[fits(cast, code)] * FIFTY)

    assert Counter(came) == {True: 1, False: FIFTY - 1}


def test_ten_recovery_codes_typed_at_once_are_all_used_up(cast: SimpleNamespace) -> None:
    with_app(cast.dana.user)
    codes = with_recovery_codes(cast.dana.user)

    came = at_once(*[fits(cast, code) for code in codes * 5])

    assert Counter(came) == {True: 10, False: FIFTY - 10}


def test_through_the_page_too_one_of_ten_gets_in(cast: SimpleNamespace) -> None:
    code = with_app(cast.dana.user).code()
    visitors = [first_step(cast.dana, address=f"198.51.100.{n}") for n in range(10)]

    came = at_once(*[lambda v=visitor: second_step(v, code).status for visitor in visitors])

    assert Counter(came) == {302: 1, 422: 9}
