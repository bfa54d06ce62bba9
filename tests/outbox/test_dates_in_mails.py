"""Emails speak the reader's clock and way of writing dates: in Sydney no UTC, no month first."""

import ast
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail

from letterhead.details.licenses.reminders import remind_of_licenses
from letterhead.details.models import License
from letterhead.outbox.worker import do_all_due
from letterhead.practices.models import Membership
from letterhead.scheduling.actions import cancel, join, offer_times, reschedule
from letterhead.scheduling.models import Hours
from tests.accounts.two_factor.second_steps import first_step, second_step, with_app
from tests.practices.abroad import move_to
from tests.scheduling.making import MONDAY, NOW, hours, service
from tests.scheduling.online.booking import ANN, BEN, booked, chosen

PACKAGE = Path(__file__).resolve().parents[2] / "letterhead"
SYDNEY = ZoneInfo("Australia/Sydney")
MONTH_FIRST = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{1,2}\b"
)


@pytest.fixture
def sydney(cast: SimpleNamespace) -> Iterator[SimpleNamespace]:
    """Riverside in Sydney, in December."""
    move_to(cast, "AU", time_zone=SYDNEY.key)
    with time_machine.travel(NOW, tick=False):
        yield cast


def there(hour: int) -> dt.datetime:
    return dt.datetime.combine(MONDAY, dt.time(hour), SYDNEY)


def emailed() -> dict[str, str]:
    """What was sent, by the beginning of the subject; every text is checked on the way."""
    do_all_due()
    said = {}
    for each in mail.outbox:
        text = f"{each.subject}\n{each.body}"
        assert "UTC" not in text
        assert not MONTH_FIRST.search(text), text
        said[" ".join(str(each.subject).split()[:2])] = text
    return said


def test_a_log_in_and_a_trusted_device(sydney: SimpleNamespace) -> None:
    app = with_app(sydney.dana.user)
    second_step(first_step(sydney.dana), app.code(), trust=True)

    said = emailed()

    assert "Time: Wednesday 2 December 2026, 2:00 AM (" in said["New login"]
    assert "Until Friday 1 January 2027, 2:00 AM (" in said["New trusted"]
    assert "Sydney" in said["New login"]


def test_what_a_member_chose_goes_before_the_practices_way(sydney: SimpleNamespace) -> None:
    Membership.objects.filter(user=sydney.dana.user).update(
        time_zone="Europe/Oslo", date_style="year first", time_style="24 hours"
    )
    app = with_app(sydney.dana.user)
    second_step(first_step(sydney.dana), app.code())

    assert "Time: Tuesday, 2026-12-01, 16:00 (" in emailed()["New login"]


def test_a_license_that_expires(sydney: SimpleNamespace) -> None:
    License.objects.create(
        practitioner_id=sydney.dana.practitioner_id, position=0, number="7",
        expires=dt.date(2026, 12, 9),
    )  # fmt: skip
    remind_of_licenses()

    assert "expires in 7 days, on 9 December 2026" in emailed()["Your registration"]


def test_appointments_to_the_client_and_to_the_clinician(sydney: SimpleNamespace) -> None:
    hours(sydney.dana)
    what = chosen(sydney, service(sydney.practice, sydney.dana))
    ann = booked(what, there(10))
    reschedule(ann.key, there(14))
    cancel(ann.key)

    said = "\n".join(emailed().values())

    assert "Monday 7 December 2026, 2:00 PM" in said
    assert {each.to[0] for each in mail.outbox} == {ANN.email, sydney.dana.user.email}


def test_a_time_for_who_was_waiting(sydney: SimpleNamespace) -> None:
    hours(sydney.dana)
    Hours.objects.update(starts="09:00", ends="09:50")
    what = chosen(sydney, service(sydney.practice, sydney.dana))
    cora = booked(what, there(9), who=BEN)
    join(what, MONDAY, ANN, clinician=None)
    cancel(cora.key)
    offer_times(what.clinicians)

    assert "Monday 7 December 2026, 9:00 AM" in emailed()["A time"]


def test_nothing_but_the_ways_of_writing_dates_says_how_a_date_is_written() -> None:
    """An email that wrote a date by itself would write it the American way."""
    allowed = {
        *("ui/dates.py", "billing/superbill/days.py"),
        *("booking/scheduler/month.py", "accounts/mails.py"),  # a calendar's head; nobody's zone
    }
    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.formats"
        if any(name.name == "date_format" for name in node.names)
    }

    assert found == allowed
