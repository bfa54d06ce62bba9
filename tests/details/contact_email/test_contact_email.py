"""A new contact email counts once the link mailed to it was opened; the login email never moves."""

import datetime as dt
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from letterhead.activity.models import Activity
from letterhead.details.confirming import confirm, confirmation
from letterhead.details.queries import letterhead_for, practitioners_in
from letterhead.outbox.models import Job
from letterhead.outbox.worker import MOST_ATTEMPTS, Worker
from tests import factories
from tests.details.pages import MyDetails
from tests.outbox.smtp import mail_server, mail_through
from tests.practices.office import Shown

DESK, FRONT = "desk@riverside.example", "front@riverside.example"


def mailed(to: str) -> list[str]:
    """The texts of the mails to an address that wait in the outbox, the newest last."""
    jobs = Job.objects.filter(name="mail").order_by("pk")
    return [job.values["text"] for job in jobs if job.values["to"] == [to]]


def link_in(text: str) -> str:
    found = re.search(r"http://localhost:8000(/my-details/contact-email/\S+)", text)
    assert found, text
    return found[1]


def press(link: str) -> Shown:
    """Open a link logged out, as on another machine, and press Confirm."""
    browser = Client()
    assert browser.get(link).status_code == 200
    return Shown(browser.post(link))


def in_use(cast: SimpleNamespace) -> str:
    return str(cast.dana.practitioner.contact_email)


def test_a_new_address_waits_until_its_link_is_opened(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)

    dana.save({"Contact Email": DESK})

    read = dana.read()
    assert f"Unconfirmed {DESK}" in read
    assert "Until then, dana@riverside.example is still used" in read
    assert in_use(cast) == "dana@riverside.example"
    assert dana.open().field("Contact Email").value == DESK


def test_a_confirmed_contact_email_takes_over_and_the_login_email_stays(
    cast: SimpleNamespace,
) -> None:
    dana = MyDetails(cast.dana)
    dana.save({"Contact Email": DESK})

    page = press(link_in(mailed(DESK)[0]))

    assert "Contact Email confirmed" in page.text
    assert in_use(cast) == DESK
    assert "Unconfirmed" not in dana.read()
    cast.dana.user.refresh_from_db()
    assert cast.dana.user.email == "dana@riverside.example"
    told = Activity.objects.get(act="confirmed the contact email")
    assert told.changes == {"contact_email": ["dana@riverside.example", DESK]}


def test_the_address_used_so_far_is_told_of_the_new_one(cast: SimpleNamespace) -> None:
    MyDetails(cast.dana).save({"Contact Email": DESK})

    press(link_in(mailed(DESK)[0]))

    assert f"use {DESK} instead of this address" in mailed("dana@riverside.example")[0]


def test_only_looking_at_the_link_confirms_nothing(cast: SimpleNamespace) -> None:
    MyDetails(cast.dana).save({"Contact Email": DESK})
    link = link_in(mailed(DESK)[0])

    answer = Client().get(link)

    assert DESK in answer.content.decode()
    assert in_use(cast) == "dana@riverside.example"
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_link_pressed_twice_still_says_that_it_is_done(cast: SimpleNamespace) -> None:
    MyDetails(cast.dana).save({"Contact Email": DESK})
    link = link_in(mailed(DESK)[0])
    press(link)

    assert "Contact Email confirmed" in press(link).text
    assert Activity.objects.filter(act="confirmed the contact email").count() == 1


def test_a_used_link_says_that_it_is_done_after_its_week_too(cast: SimpleNamespace) -> None:
    MyDetails(cast.dana).save({"Contact Email": DESK})
    link = link_in(mailed(DESK)[0])
    press(link)

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=30)):
        assert "Contact Email confirmed" in Shown(Client().get(link)).text


def test_a_link_to_an_address_that_was_typed_over_is_dead(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    dana.save({"Contact Email": DESK})
    dana.save({"Contact Email": FRONT})

    answer = Client().post(link_in(mailed(DESK)[0]))

    assert answer.status_code == 410
    assert "This link has expired" in answer.content.decode()
    assert in_use(cast) == "dana@riverside.example"


def test_the_old_address_typed_again_ends_the_waiting(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    dana.save({"Contact Email": DESK})

    dana.save({"Contact Email": "dana@riverside.example"})

    assert "Unconfirmed" not in dana.read()
    assert Client().get(link_in(mailed(DESK)[0])).status_code == 410


@pytest.mark.parametrize("link", ["nonsense", "WzEsICJhQGIuYyJd:1abc:def"])
def test_a_link_that_is_not_ours_is_dead(cast: SimpleNamespace, link: str) -> None:
    assert Client().get(f"/my-details/contact-email/{link}/").status_code == 410


def test_a_link_dies_after_a_week(cast: SimpleNamespace) -> None:
    MyDetails(cast.dana).save({"Contact Email": DESK})
    link = link_in(mailed(DESK)[0])

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=7, minutes=1)):
        assert Client().get(link).status_code == 410


def test_saving_something_else_mails_no_second_link(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    dana.save({"Contact Email": DESK})

    dana.save({"Pronouns": "she/her"})

    assert len(mailed(DESK)) == 1


def test_the_link_can_be_sent_again_a_few_times_an_hour(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    dana.save({"Contact Email": DESK})

    for _ in range(7):
        last = dana.browser.post("/my-details/contact-email/again/", follow=True)

    assert len(mailed(DESK)) == 5
    assert "try again in an hour" in last.content.decode()
    assert "Contact Email confirmed" in press(link_in(mailed(DESK)[-1])).text


def test_new_addresses_are_limited_with_the_links_sent_again_and_nothing_typed_is_lost(
    cast: SimpleNamespace,
) -> None:
    dana = MyDetails(cast.dana)
    for number in range(5):
        dana.save({"Contact Email": f"desk{number}@riverside.example"})

    page = dana.save({"Contact Email": DESK, "Pronouns": "she/her"})

    assert page.status == 422
    assert "then save again" in page.wrong()["Contact Email"]
    assert page.field("Contact Email").value == DESK
    assert page.field("Pronouns").value == "she/her"
    assert mailed(DESK) == []
    assert dana.save({"Pronouns": "she/her"}).status == 302  # the address left as it was
    assert dana.save({"Contact Email": "dana@riverside.example"}).status == 302


def test_what_is_issued_before_the_link_is_opened_carries_the_old_address(
    cast: SimpleNamespace,
) -> None:
    MyDetails(cast.dana).save({"Contact Email": DESK})
    link = link_in(mailed(DESK)[0])

    def printed() -> str:
        row = practitioners_in(cast.practice).get(pk=cast.dana.practitioner_id)
        return letterhead_for(row).clinician.contact_email

    assert printed() == "dana@riverside.example"
    press(link)
    assert printed() == DESK


@pytest.mark.django_db(transaction=True)
def test_the_mail_that_leaves_has_one_link_and_names_the_practice() -> None:
    cast = factories.riverside()
    MyDetails(cast.dana).save({"Contact Email": DESK})

    Worker().do_due()

    (sent,) = mail.outbox
    assert sent.to == [DESK]
    assert sent.subject == "Confirm your contact email"
    assert "Riverside Nutrition" in sent.from_email
    assert str(sent.body).count("http://") == 1
    assert "dana@riverside.example" not in str(sent.body)


def test_a_link_opened_in_two_windows_takes_over_once(cast: SimpleNamespace) -> None:
    MyDetails(cast.dana).save({"Contact Email": DESK})
    token = link_in(mailed(DESK)[0]).rstrip("/").rsplit("/", 1)[1]
    first, second = confirmation(token), confirmation(token)

    for each in (first, second):
        confirm(each)

    assert Activity.objects.filter(act="confirmed the contact email").count() == 1


def test_a_contact_email_with_a_hidden_character_is_refused_beside_its_field(
    cast: SimpleNamespace,
) -> None:
    page = MyDetails(cast.dana).save({"Contact Email": "dana@exam\u200fple.example"})

    assert page.wrong() == {
        "Contact Email": "This has a character that can't be seen. Type the address again."
    }
    assert Job.objects.count() == 0


def test_an_address_is_not_delivered_to_yet_while_the_mail_server_is_away(
    cast: SimpleNamespace, settings: Settings, tmp_path: Path
) -> None:
    dana = MyDetails(cast.dana)
    with mail_server() as server:
        mail_through(server.url, settings, tmp_path)
        server.answers = {"RCPT": "451 later"}
        dana.save({"Contact Email": DESK})
        assert "Not delivered" not in dana.read()

        Worker().do_due()

        assert "We keep trying for 18 hours" in dana.read()
        Job.objects.update(attempts=MOST_ATTEMPTS - 1, due_at=timezone.now())
        Worker().do_due()

    page = dana.read()
    assert "Not delivered yet: the mail server took no email from us for 18 hours" in page
    assert "refuses this address" not in page
    dana.browser.post("/my-details/contact-email/again/")
    assert "Not delivered" not in dana.read()


def test_an_address_that_the_mail_server_refuses_is_marked_until_another_link_is_sent(
    cast: SimpleNamespace, settings: Settings, tmp_path: Path
) -> None:
    dana = MyDetails(cast.dana)
    with mail_server() as server:
        mail_through(server.url, settings, tmp_path)
        server.answers = {"RCPT": "550 nobody"}
        dana.save({"Contact Email": DESK})
        assert "refuses this address" not in dana.read()

        Worker().do_due()

    assert "refuses this address" in dana.read()
    dana.browser.post("/my-details/contact-email/again/")
    assert "refuses this address" not in dana.read()
