"""What a client reads about a series: all of its dates that something happened to, in one email."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine
import vobject
from django.core import mail

from letterhead.outbox.worker import do_all_due
from tests.clients.desk import Desk
from tests.scheduling.appointments.staff import added, page_of
from tests.scheduling.making import NOW
from tests.scheduling.repeating.test_series import WEEKLY, canceled, moved, rows

TOLD = {"telling": "on"}


@pytest.fixture(autouse=True)
def _made(shop: SimpleNamespace, dana: Desk) -> None:
    added(shop, dana, **WEEKLY, **TOLD)


def newest_email() -> str:
    """What the client read last."""
    do_all_due()
    return str([each for each in mail.outbox if each.to == ["ada@mail.example"]][-1].body)


def test_a_new_series_is_one_email_with_all_its_dates_and_one_file() -> None:
    body = newest_email()

    for day in ("December 7", "December 14", "December 21", "December 28"):
        assert day in body
    assert len([each for each in mail.outbox if each.to == ["ada@mail.example"]]) == 1
    (file,) = mail.outbox[-1].attachments
    calendar = vobject.readOne(file.get_payload(decode=True).decode())
    assert len(calendar.vevent_list) == 4


def test_those_that_move_are_named_and_the_others_are_not(dana: Desk) -> None:
    moved(dana, rows()[2], "following", starts="3 pm", **TOLD)

    body = newest_email()

    assert "December 21, 2026, 3:00 PM" in body
    assert "December 28, 2026, 3:00 PM" in body
    assert "December 14" not in body


def test_all_of_them_are_named_whichever_was_asked_for(dana: Desk) -> None:
    moved(dana, rows()[2], "all", starts="3 pm", **TOLD)

    body = newest_email()

    for day in ("December 7", "December 14", "December 21", "December 28"):
        assert f"{day}, 2026, 3:00 PM" in body


def test_what_is_canceled_together_is_in_one_email(dana: Desk) -> None:
    canceled(dana, rows()[0], "this")
    newest_email()

    with time_machine.travel(NOW + dt.timedelta(minutes=5), tick=False):
        answer = dana.save(page_of(rows()[2], "cancel"), scope="following", **TOLD)
        assert answer.status_code == 302
        body = newest_email()

    assert "December 21" in body
    assert "December 28" in body
    assert "December 7," not in body
    assert "December 14" not in body
