"""A license about to expire reminds: 60, 30 and 7 days before, once each."""

import datetime as dt
from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core import mail

from letterhead.details.licenses.reminders import remind_of_licenses
from letterhead.details.models import License, Practitioner
from letterhead.notifications.models import Notice
from letterhead.outbox.handlers import handler_of, periods
from letterhead.outbox.worker import do_all_due
from letterhead.practices.models import Membership, Practice
from tests.factories import Person
from tests.practices.office import Office
from tests.practices.team.team import membership_of

MORNING = dt.datetime(2026, 3, 2, 13, 0, tzinfo=dt.UTC)  # 8 in the morning in New York
TODAY = MORNING.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as travelling:
        yield travelling


def licensed(person: Person, *, days: int, number: str = "NY-123", position: int = 0) -> None:
    License.objects.create(
        practitioner_id=person.practitioner_id,
        position=position,
        type="RDN",
        state="NY",
        number=number,
        expires=TODAY + days * DAY,
    )


def reminded() -> list[str]:
    """Run the daily job, let the worker do what it added, and return the new subjects."""
    mail.outbox.clear()
    remind_of_licenses()
    do_all_due()
    return [str(sent.subject) for sent in mail.outbox]


def test_a_license_renewed_under_another_number_is_not_reminded_of(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    licensed(cast.dana, days=7)
    licensed(cast.dana, days=700, number="NY-124", position=1)

    assert reminded() == []
    assert "expires in 7 days" not in Office(cast.dana).read("/my-details/")

    License.objects.filter(number="NY-124").update(state="NJ")

    assert len(reminded()) == 1
    assert "expires in 7 days" in Office(cast.dana).read("/my-details/")


def test_reminders_come_on_the_60th_the_30th_and_the_7th_day_before(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    licensed(cast.dana, days=65)
    came = {}
    for left in range(65, -3, -1):
        if subjects := reminded():
            came[left] = subjects
        clock.shift(DAY)

    assert came == {
        left: [f"Your RDN license (NY) expires in {left} days, on May 6, 2026"]
        for left in (60, 30, 7)
    }


def test_the_same_day_again_reminds_of_nothing_new(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    licensed(cast.dana, days=30)

    assert (len(reminded()), reminded()) == (1, [])


@pytest.mark.parametrize(
    ("days", "when"), [(45, "in 45 days"), (12, "in 12 days"), (1, "tomorrow"), (0, "today")]
)
def test_a_missed_day_is_made_up_for_by_the_nearest_reminder_alone(
    cast: SimpleNamespace, clock: time_machine.Traveller, days: int, when: str
) -> None:
    licensed(cast.dana, days=days)

    (subject,) = reminded()

    assert f" expires {when}, on " in subject


@pytest.mark.parametrize("days", [61, 400, -1])
def test_no_reminder_comes_earlier_nor_once_it_has_expired(
    cast: SimpleNamespace, clock: time_machine.Traveller, days: int
) -> None:
    licensed(cast.dana, days=days)

    assert reminded() == []


def test_a_changed_date_reminds_again(cast: SimpleNamespace, clock: time_machine.Traveller) -> None:
    licensed(cast.dana, days=7)
    reminded()

    License.objects.update(expires=TODAY + 6 * DAY)

    assert reminded() == ["Your RDN license (NY) expires in 6 days, on March 8, 2026"]


def test_saving_general_details_again_does_not_remind_again(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    licensed(cast.dana, days=30)
    reminded()
    before = License.objects.get()

    Office(cast.dana).save("/my-details/general/", {"License since": "2020-01-01"})

    assert License.objects.get().pk != before.pk  # rows are written again
    assert reminded() == []


@pytest.mark.parametrize(
    "corrected",
    [
        {"type": "Registered Dietitian Nutritionist"},
        {"type": "rdn"},
        {"type": ""},
        {"state": "New York"},
        {"state": "N.Y."},
        {"number": "ny 123"},
        {"number": "NY–123"},
        {"since": dt.date(2020, 1, 1), "board_url": "https://board.example"},
    ],
    ids=str,
)
def test_a_corrected_spelling_does_not_remind_again(
    cast: SimpleNamespace, clock: time_machine.Traveller, corrected: dict[str, Any]
) -> None:
    licensed(cast.dana, days=30)
    reminded()

    License.objects.update(**corrected)

    assert reminded() == []


def test_the_same_number_in_another_state_is_another_license(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    licensed(cast.dana, days=30)
    licensed(cast.dana, days=30, position=1)
    License.objects.filter(position=1).update(state="NJ")

    assert len(reminded()) == 2


def test_what_was_reminded_of_before_the_update_is_not_reminded_of_again(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    migration = import_module("letterhead.notifications.migrations.0002_keys_without_spelling")
    licensed(cast.dana, days=30)
    reminded()
    for notice, kind in zip([Notice.objects.get(), Notice()], ["RDN", "Dietitian"], strict=True):
        notice.membership = membership_of(cast.dana)
        notice.event, notice.key = "license-expiring", f"{kind}/NY/NY-123/2026-04-01/30"
        notice.save()  # two of them, as a corrected type made them

    migration.keys_without_spelling(apps, None)

    assert reminded() == []


@pytest.mark.parametrize(("zone", "count"), [("Pacific/Kiritimati", 1), ("America/New_York", 0)])
def test_days_are_those_of_the_practice(
    cast: SimpleNamespace, clock: time_machine.Traveller, zone: str, count: int
) -> None:
    Practice.objects.update(time_zone=zone)
    licensed(cast.dana, days=61)  # on Kiritimati it is tomorrow, 60 days before

    assert len(reminded()) == count


def test_each_is_reminded_of_their_own_at_the_confirmed_contact_email(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    Practitioner.objects.filter(pk=cast.dana.practitioner_id).update(
        contact_email="desk@riverside.example", unconfirmed_email="new@riverside.example"
    )
    licensed(cast.dana, days=30)
    licensed(cast.sam, days=7)

    reminded()

    assert sorted(sent.to[0] for sent in mail.outbox) == [
        "desk@riverside.example",
        "sam@riverside.example",
    ]


def test_two_licenses_are_two_reminders(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    licensed(cast.dana, days=30)
    licensed(cast.dana, days=30, number="NY-124", position=1)

    assert len(reminded()) == 2


def test_who_has_left_the_practice_is_not_reminded(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    licensed(cast.sam, days=30)
    Membership.objects.filter(user=cast.sam.user).delete()

    assert reminded() == []


@pytest.mark.parametrize("choice", ["Hourly", "Daily", "Weekly"])
def test_until_digests_come_every_other_choice_is_emailed_right_away(
    cast: SimpleNamespace, clock: time_machine.Traveller, choice: str
) -> None:
    Office(cast.dana).save("/my-details/notifications/", {"License expiring": choice})
    licensed(cast.dana, days=30)

    assert len(reminded()) == 1


def test_never_is_never_and_choosing_otherwise_later_brings_no_old_ones(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    page = "/my-details/notifications/"
    Office(cast.dana).save(page, {"License expiring": "Never"})
    licensed(cast.dana, days=30)
    assert reminded() == []

    Office(cast.dana).save(page, {"License expiring": "Immediately"})

    assert reminded() == []
    clock.shift(23 * DAY)
    assert len(reminded()) == 1


def test_the_email_can_be_stopped_by_one_click_and_links_to_our_address(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    licensed(cast.dana, days=30)
    reminded()
    (sent,) = mail.outbox
    headers = sent.extra_headers

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = headers["List-Unsubscribe"].strip("<>")
    assert link.startswith("http://localhost:8000/notifications/unsubscribe/")
    assert link in str(sent.body)
    assert "\nhttp://localhost:8000/my-details/\n" in str(sent.body)
    assert "NY-123" not in str(sent.body)

    Office().browser.post(
        link.removeprefix("http://localhost:8000"), {"List-Unsubscribe": "One-Click"}
    )
    clock.shift(23 * DAY)
    assert reminded() == []
    assert Notice.objects.filter(mailed_at=None).count() == 1


def test_a_license_typed_over_two_lines_breaks_no_email(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    licensed(cast.dana, days=30)
    License.objects.update(type="RDN\nBcc: all@riverside.example", state="")

    assert reminded() == [
        "Your RDN Bcc: all@riverside.example license expires in 30 days, on April 1, 2026"
    ]


def test_it_is_done_every_day_by_the_worker() -> None:
    assert handler_of("license reminders") is remind_of_licenses
    assert periods()["license reminders"].next_due(MORNING) == MORNING + DAY


def test_the_email_is_in_the_members_language(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    Membership.objects.filter(user=cast.dana.user).update(language="en-GB")
    licensed(cast.dana, days=30)
    reminded()

    assert mail.outbox[0].extra_headers["Content-Language"] == "en-gb"


def test_elsewhere_it_has_the_countrys_word_and_the_readers_date(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    licensed(cast.dana, days=7)
    Practice.objects.update(country="NO")

    assert reminded() == ["Your RDN authorization (NY) expires in 7 days, on 9 March 2026"]


def test_where_licenses_are_of_no_state_one_of_the_same_kind_renews(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    Practice.objects.update(country="NO")
    licensed(cast.dana, days=7)
    licensed(cast.dana, days=700, number="NY-124", position=1)
    License.objects.update(state="")

    assert reminded() == []
    Practice.objects.update(country="CA")  # where a province gives it
    assert len(reminded()) == 1
