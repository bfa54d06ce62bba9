"""How often people are notified: chosen on the page, stopped by a link in the email."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client

from letterhead.activity.models import Activity
from letterhead.notifications.actions import notify
from letterhead.notifications.events import LICENSE_EXPIRING
from letterhead.notifications.models import HowOften
from letterhead.notifications.queries import chosen_by
from letterhead.notifications.unsubscribing import unsubscribe_url
from letterhead.practices.models import Membership
from tests.factories import Person
from tests.practices.office import Office, Shown

PAGE = "/my-details/notifications/"
LABEL = "License expiring"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
OK, FOUND, REFUSED, NOT_THERE, NOT_ALLOWED, WRONG = 200, 302, 403, 404, 405, 422


def membership(person: Person) -> Membership:
    return Membership.objects.select_related("practice", "user").get(user=person.user)


def how_often(person: Person) -> HowOften:
    return chosen_by(membership(person))[LICENSE_EXPIRING.name]


def leave(person: Person) -> str:
    return unsubscribe_url(membership(person), LICENSE_EXPIRING)


def test_reminders_come_immediately_until_something_else_is_chosen(cast: SimpleNamespace) -> None:
    field = Office(cast.dana).open(PAGE).field(LABEL)

    assert list(field.options) == ["Immediately", "Hourly", "Daily", "Weekly", "Never"]
    assert field.value == "immediately"


@pytest.mark.parametrize("choice", ["Hourly", "Daily", "Weekly", "Never", "Immediately"])
def test_a_choice_is_saved_for_that_person_alone(cast: SimpleNamespace, choice: str) -> None:
    answer = Office(cast.dana).save(PAGE, {LABEL: choice})

    assert (answer.status, answer.location) == (FOUND, PAGE)
    assert Office(cast.dana).open(PAGE).field(LABEL).value == choice.lower()
    assert how_often(cast.sam) == HowOften.IMMEDIATELY


def test_a_change_is_confirmed_and_recorded_and_saving_again_changes_nothing(
    cast: SimpleNamespace,
) -> None:
    dana = Office(cast.dana)
    dana.save(PAGE, {LABEL: "Never"})
    assert "Notifications saved" in dana.read(PAGE)
    dana.save(PAGE)
    assert "No changes to save" in dana.read(PAGE)

    recorded = Activity.objects.get(act="changed notifications")
    assert recorded.changes == {"license-expiring": ["immediately", "never"]}


def test_a_save_over_another_change_leaves_what_was_chosen_and_shows_what_is_saved(
    cast: SimpleNamespace,
) -> None:
    dana = Office(cast.dana)
    opened = dana.open(PAGE)
    dana.save(PAGE, {LABEL: "Never"})

    late = dana.send(PAGE, opened, {LABEL: "Weekly"})
    assert (late.status, how_often(cast.dana)) == (WRONG, HowOften.NEVER)
    assert late.says_beside(LABEL) == "Saved now: Never"
    assert late.field(LABEL).value == "weekly"

    assert dana.send(PAGE, late).status == FOUND
    assert how_often(cast.dana) == HowOften.WEEKLY


def test_what_is_not_in_the_list_is_refused_beside_its_field(cast: SimpleNamespace) -> None:
    answer = Office(cast.dana).save(PAGE, {LABEL: "sometimes"})

    assert (answer.status, how_often(cast.dana)) == (WRONG, HowOften.IMMEDIATELY)
    assert answer.says_beside(LABEL) == "Choose one from the list."


def test_a_form_without_its_version_is_refused(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)
    answer = dana.browser.post(PAGE, {"license-expiring": "never"})

    assert answer.status_code == WRONG
    assert "This form is incomplete" in answer.content.decode()


def test_the_page_shows_where_emails_go_and_that_digests_come_later(cast: SimpleNamespace) -> None:
    text = Office(cast.dana).read(PAGE)

    assert "Emailed to dana@riverside.example" in text
    assert "Until then, reminders are emailed right away for these choices too" in text
    assert "None yet." in text


def test_the_page_shows_what_was_emailed_to_that_person_alone(cast: SimpleNamespace) -> None:
    for person in (cast.dana, cast.sam):
        notify(
            membership=membership(person),
            event=LICENSE_EXPIRING,
            key="1",
            text=f"For {person.user.email}",
            url="/my-details/",
        )

    text = Office(cast.sam).read(PAGE)
    assert "For sam@riverside.example" in text
    assert "For dana" not in text


def test_signed_out_the_page_asks_to_log_in(db: None) -> None:
    answer = Office().open(PAGE)

    assert (answer.status, answer.location) == (FOUND, f"/login/?next={PAGE}")


def test_opening_the_link_changes_nothing_pressing_its_button_does(cast: SimpleNamespace) -> None:
    stranger = Client(enforce_csrf_checks=True)
    page = stranger.get(leave(cast.dana))
    assert (page.status_code, how_often(cast.dana)) == (OK, HowOften.IMMEDIATELY)
    assert "no-store" in page.headers["Cache-Control"]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    assert token

    pressed = stranger.post(leave(cast.dana), {"csrfmiddlewaretoken": token.group(1)})

    assert (pressed.status_code, how_often(cast.dana)) == (OK, HowOften.NEVER)
    assert "Unsubscribed" in pressed.content.decode()
    assert how_often(cast.sam) == HowOften.IMMEDIATELY


def test_a_mail_program_unsubscribes_by_one_post_and_again_changes_nothing(
    cast: SimpleNamespace,
) -> None:
    program = Client(enforce_csrf_checks=True)

    answers = [program.post(leave(cast.dana), ONE_CLICK).status_code for _ in range(2)]

    assert (answers, how_often(cast.dana)) == ([OK, OK], HowOften.NEVER)
    assert Activity.objects.filter(act="changed notifications").count() == 1


def test_a_used_link_says_that_it_is_done_until_something_else_is_chosen(
    cast: SimpleNamespace,
) -> None:
    link = leave(cast.dana)
    Client().post(link, ONE_CLICK)

    again = Shown(Client().get(link))

    assert "You’re already unsubscribed" in again.text
    assert "set to Never" in again.text
    assert "Unsubscribe" not in again.buttons
    Office(cast.dana).save(PAGE, {LABEL: "Daily"})
    assert "Unsubscribe" in Shown(Client().get(link)).buttons


def test_any_other_post_without_the_page_is_refused(cast: SimpleNamespace) -> None:
    answer = Client(enforce_csrf_checks=True).post(leave(cast.dana), {"List-Unsubscribe": "x"})

    assert (answer.status_code, how_often(cast.dana)) == (REFUSED, HowOften.IMMEDIATELY)


def test_other_ways_to_ask_are_refused(cast: SimpleNamespace) -> None:
    assert Client().delete(leave(cast.dana)).status_code == NOT_ALLOWED


def test_a_link_that_was_tampered_with_does_not_work(cast: SimpleNamespace) -> None:
    link = leave(cast.dana)
    others = [f"{link[:-2]}/", "/notifications/unsubscribe/x/"]

    assert [Client().post(one, ONE_CLICK).status_code for one in others] == [NOT_THERE] * 2
    assert how_often(cast.dana) == HowOften.IMMEDIATELY


def test_a_link_of_an_ended_membership_does_not_work(cast: SimpleNamespace) -> None:
    link = leave(cast.sam)
    membership(cast.sam).delete()

    answer = Client().get(link)

    assert answer.status_code == NOT_THERE
    assert "This link doesn’t work" in answer.content.decode()
