"""How often people can try: guessing is slowed down, and no stranger locks anyone out."""

import datetime as dt
import time
from collections.abc import Iterator
from types import SimpleNamespace
from uuid import uuid4

import pytest
import time_machine
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letterhead.accounts.limits import (
    LIMITS,
    MINUTE,
    Per,
    count_try,
    remember_address,
    span_in_words,
)
from letterhead.ui.proxies import UNREAD_ORIGIN
from tests.accounts.log_in.test_log_in import DANA
from tests.practices.office import Office

pytestmark = pytest.mark.django_db
WRONG = DANA | {"Password": "not-the-one-at-all"}
EMAIL = DANA["Login email"]
NOON = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    """Stand still: what is counted is tries, and the clock moves where a test says so."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def asking(address: str) -> HttpRequest:
    return RequestFactory().post("/", REMOTE_ADDR=address)


def visitor(address: str) -> Office:
    office = Office()
    office.browser.defaults["REMOTE_ADDR"] = address
    return office


def most(action: str, per: Per) -> int:
    return next(limit.tries for limit in LIMITS[action] if limit.per is per)


def test_guessing_from_one_address_ends_with_the_time_to_wait(cast: SimpleNamespace) -> None:
    guesser = visitor("192.0.2.1")
    for _ in range(most("log-in", Per.ACCOUNT_HERE)):
        assert guesser.save("/login/", WRONG).status == 422

    answer = guesser.save("/login/", DANA)

    assert answer.status == 429
    assert "Too many tries. Wait 5 minutes, then try again." in answer.text
    assert answer.field("Login email").value == EMAIL


def test_an_unknown_email_is_slowed_down_just_the_same(cast: SimpleNamespace) -> None:
    nobody = WRONG | {"Login email": "nobody@riverside.example"}
    guesser = visitor("192.0.2.1")
    statuses = [guesser.save("/login/", nobody).status for _ in range(6)]

    assert statuses == [422] * 5 + [429]


def test_after_the_wait_people_can_try_again(
    cast: SimpleNamespace, noon: time_machine.Traveller
) -> None:
    guesser = visitor("192.0.2.1")
    for _ in range(6):
        guesser.save("/login/", WRONG)

    noon.shift(dt.timedelta(minutes=5))

    assert guesser.save("/login/", DANA).status == 302


@given(gaps=st.lists(st.integers(0, 150), min_size=6, max_size=30))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whenever_they_begin_five_minutes_never_let_more_than_five_tries_through(
    db: None, noon: time_machine.Traveller, gaps: list[int]
) -> None:
    account, let_through = str(uuid4()), []
    for gap in gaps:
        noon.shift(gap)
        if count_try(asking("192.0.2.1"), "code", account=account).wait == 0:
            let_through.append(time.time())

    assert all(
        later - first >= 5 * MINUTE
        for first, later in zip(let_through, let_through[5:], strict=False)
    )


def test_a_refused_person_can_try_again_exactly_when_it_was_announced(
    db: None, noon: time_machine.Traveller
) -> None:
    noon.move_to(NOON - dt.timedelta(seconds=20))
    for _ in range(5):
        count_try(asking("192.0.2.1"), "code", account=EMAIL)
        noon.shift(dt.timedelta(seconds=8))
    wait = count_try(asking("192.0.2.1"), "code", account=EMAIL).wait

    assert wait == 260
    noon.shift(dt.timedelta(seconds=wait - 1))
    assert count_try(asking("192.0.2.1"), "code", account=EMAIL).wait == 1
    noon.shift(dt.timedelta(seconds=1))
    assert count_try(asking("192.0.2.1"), "code", account=EMAIL).wait == 0


def test_a_stranger_guessing_from_a_hundred_addresses_locks_no_one_out_at_a_remembered_address(
    cast: SimpleNamespace,
) -> None:
    dana = visitor("198.51.100.7")
    assert dana.save("/login/", DANA).status == 302
    dana.save("/logout/")

    came = [visitor(f"192.0.2.{number}").save("/login/", WRONG).status for number in range(100)]

    assert came == [422] * most("log-in", Per.ACCOUNT) + [429] * 50
    assert visitor("203.0.113.9").save("/login/", DANA).status == 429
    assert dana.save("/login/", DANA).status == 302


def test_a_right_log_in_is_never_counted(cast: SimpleNamespace) -> None:
    for _ in range(12):
        assert visitor("192.0.2.1").save("/login/", DANA).status == 302


def test_everyone_behind_one_address_has_tries_of_their_own(db: None) -> None:
    here = asking("192.0.2.1")
    for _ in range(6):
        count_try(here, "log-in", account=EMAIL)

    assert count_try(here, "log-in", account=EMAIL).wait > 0
    assert count_try(here, "log-in", account="sam@riverside.example").wait == 0


def test_one_address_tries_only_so_many_accounts(db: None) -> None:
    here, number = asking("192.0.2.1"), most("log-in", Per.ADDRESS)
    came = [count_try(here, "log-in", account=f"{each}@riverside.example") for each in range(60)]

    assert [bool(each.wait) for each in came] == [False] * number + [True] * (60 - number)


def test_a_refused_try_costs_nothing_of_the_other_limits(db: None) -> None:
    here = asking("192.0.2.1")
    for _ in range(200):
        count_try(here, "log-in", account=EMAIL)

    assert count_try(asking("192.0.2.2"), "log-in", account=EMAIL).wait == 0
    assert count_try(here, "log-in", account="sam@riverside.example").wait == 0


def test_one_households_network_counts_as_one_address(db: None) -> None:
    for number in range(1, 6):
        count_try(asking(f"2001:db8:1:1::{number:x}"), "log-in", account=EMAIL)

    assert count_try(asking("2001:db8:1:1:ffff::"), "log-in", account=EMAIL).wait > 0
    assert count_try(asking("2001:db8:1:2::1"), "log-in", account=EMAIL).wait == 0


def test_the_writing_of_an_email_makes_no_other_account(db: None) -> None:
    here = asking("192.0.2.1")
    for written in (EMAIL, EMAIL.upper(), f" {EMAIL} ", EMAIL, EMAIL):
        count_try(here, "log-in", account=written)

    assert count_try(here, "log-in", account=EMAIL).wait > 0


def test_only_so_many_addresses_are_remembered_and_the_newest_stay(db: None) -> None:
    for number in range(40):
        remember_address(asking(f"192.0.2.{number}"), account=EMAIL)
    for number in range(100, 200):
        count_try(asking(f"192.0.2.{number}"), "log-in", account=EMAIL)

    assert count_try(asking("192.0.2.39"), "log-in", account=EMAIL).wait == 0
    assert count_try(asking("192.0.2.0"), "log-in", account=EMAIL).wait > 0


def test_tries_are_stored_where_every_process_sees_them(db: None) -> None:
    from django.db import connection

    count_try(asking("192.0.2.1"), "log-in", account=EMAIL)

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        keys = [row[0] for row in cursor.fetchall()]
    assert len(keys) == 3
    assert not any(EMAIL in key or "192.0.2.1" in key for key in keys)


def test_opening_links_again_and_again_gets_a_page_that_shows_how_long_to_wait(db: None) -> None:
    for _ in range(most("reset link", Per.ADDRESS)):
        count_try(asking("127.0.0.1"), "reset link")

    answer = Office().browser.post(reverse("password-reset-new"))

    assert answer.status_code == 429
    assert "Wait 10 minutes, then try again. Nothing was saved." in answer.content.decode()
    assert 0 < int(answer["Retry-After"]) <= 600


def test_registering_again_and_again_shows_an_error_and_all_that_was_typed(db: None) -> None:
    typed = {
        **{"Practice name": "Elsewhere", "First name": "Sina", "Last name": "Strange"},
        **{"Login email": "sina@elsewhere.example", "Password": "four words make it long"},
    }
    for _ in range(most("sign-up", Per.ADDRESS)):
        count_try(asking("127.0.0.1"), "sign-up")

    answer = Office().save("/signup/", typed)

    assert answer.status == 422
    assert "Too many tries. Wait 1 hour, then try again." in answer.text
    assert answer.field("Practice name").value == "Elsewhere"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        *((1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (61, "2 minutes")),
        *((3600, "1 hour"), (3601, "2 hours"), (0, "a moment")),
    ],
)
def test_a_wait_is_written_as_people_say_it(seconds: int, words: str) -> None:
    assert span_in_words(seconds) == words


def tries_until_refused(address: str, sent: str = "") -> int:
    request = asking(address)
    request.META[UNREAD_ORIGIN] = sent
    return next(n for n in range(1, 99) if count_try(request, "log-in", account=EMAIL).wait)


def test_ipv4_inside_ipv6_is_counted_as_what_it_is(db: None) -> None:
    whole = tries_until_refused("::ffff:198.51.100.7")

    assert tries_until_refused("::ffff:203.0.113.77") == whole
    assert tries_until_refused("198.51.100.7") == 1


def test_whose_address_cannot_be_read_limits_no_one_behind_the_same_proxy(db: None) -> None:
    whole = tries_until_refused("127.0.0.1", "unknown")

    assert tries_until_refused("127.0.0.1") == whole
