"""A clinician who is away: what the public pages say, from the first day to the last."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from letterhead.details.models import Card
from letterhead.practices.models import Membership, Practice
from tests.booking.street import DANA, PRACTICE, SAM, look, write_details
from tests.factories import Person
from tests.practices.office import Office

BEFORE = dt.datetime(2026, 12, 20, 4, 59, tzinfo=dt.UTC)  # a minute to midnight in New York
FIRST = BEFORE + dt.timedelta(minutes=1)
LAST, AFTER = (day + dt.timedelta(days=15) for day in (BEFORE, FIRST))


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def away(cast: SimpleNamespace) -> SimpleNamespace:
    """Dana is away from December 20 to January 3, and names Sam."""
    sam = Membership.objects.get(user=cast.sam.user)
    change(cast.dana, away_from="2026-12-20", away_until="2027-01-03",
           away_text="At home with the baby.", away_colleague=sam,
           video_link="https://meet.example/dana", video_how="The code is 1234.")  # fmt: skip
    return cast


def change(person: Person, **columns: Any) -> None:
    rows = Membership.objects.filter(user=person.user)
    rows.update(**columns, version=rows.get().version + 1)


def at(moment: dt.datetime, path: str) -> str:
    with time_machine.travel(moment, tick=False):
        return look(path).text


def test_the_card_says_until_when_what_clients_read_and_who_to_turn_to(
    away: SimpleNamespace,
) -> None:
    with time_machine.travel(FIRST, tick=False):
        seen = look(DANA)

    assert "Away until January 3, 2027" in seen.text
    assert "At home with the baby." in seen.text
    assert "Until then, you can turn to Sam Okafor." in seen.text
    assert SAM in seen.links
    assert "meet.example" not in seen.html
    assert "1234" not in seen.text.replace("10004-1234", "")


def test_the_practices_page_says_until_when(away: SimpleNamespace) -> None:
    assert "Away until January 3, 2027" in at(FIRST, PRACTICE)
    assert "baby" not in at(FIRST, PRACTICE)


@pytest.mark.parametrize("path", [DANA, PRACTICE])
def test_pages_follow_the_day_in_the_practices_time_zone(away: SimpleNamespace, path: str) -> None:
    said = [
        "Away until" in at(moment, path) for moment in (BEFORE, FIRST, LAST, AFTER, FIRST, BEFORE)
    ]

    assert said == [False, True, True, False, True, False]


def test_pages_follow_the_practice_to_another_time_zone(away: SimpleNamespace) -> None:
    assert "Away until" not in at(BEFORE, DANA)

    Practice.objects.filter(pk=away.practice.pk).update(time_zone="Europe/Paris", version=2)

    assert "Away until" in at(BEFORE, DANA)


def test_the_card_follows_the_colleague(away: SimpleNamespace) -> None:
    assert "turn to Sam Okafor" in at(FIRST, DANA)

    write_details(away.sam, last_name="Ade")
    assert "turn to Sam Ade" in at(FIRST, DANA)
    Card.objects.filter(practitioner=away.sam.practitioner_id).update(is_shown=False)
    assert "turn to" not in at(FIRST, DANA)
    Card.objects.filter(practitioner=away.sam.practitioner_id).update(is_shown=True)
    change(away.sam, ends_at=FIRST + dt.timedelta(hours=1))
    assert "turn to Sam Ade" in at(FIRST, DANA)
    assert "turn to" not in at(FIRST + dt.timedelta(hours=2), DANA)


def test_days_are_written_as_in_the_practices_country(away: SimpleNamespace) -> None:
    Practice.objects.filter(pk=away.practice.pk).update(country="GB", version=2)

    assert "Away until 3 January 2027" in at(FIRST, DANA)
    assert "Away until 3 January 2027" in at(FIRST, PRACTICE)


def test_a_cached_page_asks_as_often_as_if_nobody_were_away(away: SimpleNamespace) -> None:
    assert statements(DANA, at=FIRST) == statements(DANA, at=BEFORE)
    assert statements(PRACTICE, at=FIRST) == statements(PRACTICE, at=BEFORE)


def test_all_people_away_are_read_as_one_is(away: SimpleNamespace) -> None:
    at(BEFORE, PRACTICE)  # reads the practice's languages
    one = statements(PRACTICE, at=FIRST, cached=False)
    rows = Membership.objects.filter(practice=away.practice)
    rows.update(away_from="2026-12-20", away_until="2027-01-03", version=6)
    rows.update(away_colleague=rows.get(user=away.sam.user), version=7)

    assert at(FIRST, PRACTICE).count("Away until") == 3
    rows.update(version=8)
    assert statements(PRACTICE, at=FIRST, cached=False) == one


def statements(path: str, *, at: dt.datetime, cached: bool = True) -> int:
    """How often a page asks the database, the second time or at once."""
    with time_machine.travel(at, tick=False):
        if cached:
            look(path)
        with CaptureQueriesContext(connection) as asked:
            look(path)
    return len(asked)


def test_the_preview_on_my_details_says_it_too(away: SimpleNamespace) -> None:
    with time_machine.travel(FIRST, tick=False):
        page = Office(away.dana).read("/my-details/where-it-appears/")

    assert "Away until January 3, 2027" in page
