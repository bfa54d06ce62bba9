"""Many who write into one chain at once, and into several: it never forks, nobody waits for ever.

Tries at a limit too: of many at one moment, no more than the limit says are let through.
"""

from collections import Counter
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import RequestFactory

from letterhead.accounts.limits import LIMITS, count_try
from letterhead.accounts.recording import record_for
from letterhead.activity.actions import record
from letterhead.activity.models import Activity, ChainHead
from letterhead.activity.queries import broken_links
from letterhead.practices.models import Membership
from tests.races.test_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_twenty_writers_at_once_make_one_chain_without_a_fork() -> None:
    record("registered", practice=7, person=1, person_name="dana", begins=True)

    def write() -> None:
        for number in range(10):
            with transaction.atomic():
                record(f"act {number}", practice=7, person=1, person_name="dana")

    came = at_once(*[write] * 20)

    assert came == [None] * 20
    assert list(broken_links()) == []
    places = Activity.objects.filter(chain=7).order_by("place").values_list("place", flat=True)
    assert list(places) == list(range(1, 202))
    assert ChainHead.objects.get(chain=7).place == 201


def test_a_transaction_that_fails_leaves_no_gap() -> None:
    class Failed(Exception):
        pass

    record("registered", practice=7, person=1, person_name="dana", begins=True)

    def write(fails: bool) -> None:
        for _ in range(10):
            with transaction.atomic():
                record("act", practice=7, person=1, person_name="dana")
                if fails:
                    raise Failed

    came = at_once(*[lambda: write(False)] * 5, *[lambda: write(True)] * 5)

    assert Counter(type(each) for each in came) == {type(None): 5, Failed: 5}
    assert list(broken_links()) == []
    assert Activity.objects.filter(chain=7).count() == 51


def test_people_of_several_practices_never_block_each_other_for_good(
    cast: SimpleNamespace,
) -> None:
    here, there = cast.practice, cast.stranger.practice
    Membership.objects.create(user=cast.stranger.user, practice=here, role="clinical")
    Membership.objects.create(user=cast.dana.user, practice=there, role="clinical")
    people = [cast.dana.user, cast.stranger.user]

    came = at_once(*[lambda who=who: record_for(who, "act") for who in people * 10])

    assert came == [None] * 20
    assert list(broken_links()) == []


@pytest.mark.parametrize("action", ["log-in", "code", "reset"])
def test_of_fifty_tries_at_one_moment_no_more_are_let_through_than_the_limit(
    action: str,
) -> None:
    def one() -> int:
        request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.1")
        return count_try(request, action, account="dana@riverside.example").wait

    came = at_once(*[one] * 50)

    assert sum(each == 0 for each in came) == min(limit.tries for limit in LIMITS[action])
