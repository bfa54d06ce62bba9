"""What was typed when a session had ended is shown again to its person, and to no one else."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from letterhead.accounts.models import Session, TypedText
from letterhead.practices.models import Membership, Practice
from letterhead.practices.roles import Role
from letterhead.ui.forms.typed import MARK
from tests.factories import PASSWORD, registered
from tests.practices.office import PRACTICE, Office, Shown

ORIGIN = "http://testserver"
CHANGE, TYPED, KEEP = "/my-details/password/", "/typed-again/", "/typed-again/keep/"
NOTIFICATIONS = "/my-details/notifications/"
NAME = "Practice name"
NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)


class Browser(Office):
    """A real browser: it sends its Origin, and forged forms are refused."""

    def __init__(self, who: str = "", *, origin: str = ORIGIN) -> None:
        self.browser = Client(enforce_csrf_checks=True, HTTP_ORIGIN=origin)
        if who:
            self.logs_in(who)

    def logs_in(self, who: str) -> Shown:
        """Log in through the form."""
        email = who if "@" in who else f"{who}@riverside.example"
        answer = self.save("/login/", {"Login email": email, "Password": PASSWORD})
        assert answer.status == 302
        return answer


def all_log_ins_end() -> None:
    Session.objects.all().delete()


def practice_name() -> str:
    return Practice.objects.get(slug="riverside").name


def typed_while_logged_out(cast: SimpleNamespace) -> tuple[Browser, Shown]:
    """Dana's browser after she typed a name for the practice, and the answer."""
    dana = Browser("dana")
    form = dana.open(PRACTICE)
    all_log_ins_end()
    return dana, dana.send(PRACTICE, form, {NAME: "Riverside & Daughters"})


def shows_again(browser: Browser, form: str = PRACTICE) -> Shown:
    """Press "Show it again" of the first form that is held."""
    page = browser.open(TYPED)
    sent = {c.name: c.value for c in page.controls.values() if c.name}
    return Shown(browser.browser.post(form, sent | {"rows": "again"}))


def test_what_was_typed_is_shown_after_the_log_in_and_can_be_saved(
    cast: SimpleNamespace,
) -> None:
    dana, answer = typed_while_logged_out(cast)
    assert answer.location == f"/login/?next={TYPED}"
    assert "What you typed is stored for a day" in dana.open(answer.location).text

    assert dana.logs_in("dana").location == f"{TYPED}?next=/my-details/"
    again = shows_again(dana)

    assert again.status == 200
    assert again.field(NAME).value == "Riverside & Daughters"
    assert practice_name() == "Riverside Nutrition"
    assert dana.send(PRACTICE, again).status == 302
    assert practice_name() == "Riverside & Daughters"
    assert "Nothing is waiting for you" in dana.read(TYPED)


def test_a_pop_up_is_held_too(cast: SimpleNamespace) -> None:
    dana = Browser("dana")
    hx: dict[str, Any] = {
        "HTTP_HX_REQUEST": "true",
        "HTTP_HX_CURRENT_URL": f"{ORIGIN}/account-settings/",
    }
    dialog = Shown(dana.browser.get(PRACTICE, **hx))
    all_log_ins_end()

    answer = dana.browser.post(PRACTICE, dialog.sends() | {"name": "By the lake"}, **hx)

    assert answer.headers["Location"] == f"/login/?next={TYPED}"
    dana.logs_in("dana")
    assert shows_again(dana).field(NAME).value == "By the lake"


def test_choices_on_a_page_with_a_form_of_its_own_are_held_too(cast: SimpleNamespace) -> None:
    dana, event = Browser("dana"), "License expiring"
    page = dana.open(NOTIFICATIONS)
    all_log_ins_end()

    dana.send(NOTIFICATIONS, page, {event: "Weekly"})
    dana.logs_in("dana")
    again = shows_again(dana, NOTIFICATIONS)

    assert (again.status, again.field(event).value) == (200, "weekly")
    assert dana.open(NOTIFICATIONS).field(event).value == "immediately"
    assert dana.send(NOTIFICATIONS, again).status == 302
    assert dana.open(NOTIFICATIONS).field(event).value == "weekly"


def test_no_one_else_gets_it(cast: SimpleNamespace) -> None:
    dana, _ = typed_while_logged_out(cast)

    assert dana.logs_in("sam").location == "/my-details/"
    assert "Daughters" not in dana.open(TYPED).html


def test_it_is_encrypted_and_stored_for_a_day(cast: SimpleNamespace) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        dana, _ = typed_while_logged_out(cast)
        with connection.cursor() as cursor:
            cursor.execute("SELECT fields FROM accounts_typedtext")
            ((stored,),) = cursor.fetchall()
        assert "Daughters" not in stored
        clock.shift(24 * 60 * 60 - 1)
        dana.logs_in("dana")
        assert "Edit Practice Details" in dana.read(TYPED)
        clock.shift(1)

        assert "Nothing is waiting for you" in dana.read(TYPED)


def test_passwords_are_never_held(cast: SimpleNamespace) -> None:
    dana = Browser("dana")
    form = dana.open(CHANGE)
    all_log_ins_end()

    dana.send(CHANGE, form, {"Current password": PASSWORD, "New password": "ten-gray-herons-fly"})

    assert not TypedText.objects.exists()


def test_the_same_form_again_takes_the_place_of_what_was_held(cast: SimpleNamespace) -> None:
    dana = Browser("dana")
    form = dana.open(PRACTICE)
    all_log_ins_end()
    for name in ("First", "Second"):
        dana.send(PRACTICE, form, {NAME: name})
    dana.logs_in("dana")

    assert TypedText.objects.count() == 1
    assert shows_again(dana).field(NAME).value == "Second"


def test_it_can_be_discarded(cast: SimpleNamespace) -> None:
    dana, _ = typed_while_logged_out(cast)
    dana.logs_in("dana")
    page = dana.open(TYPED)

    held = TypedText.objects.get().public_id
    dana.browser.post(TYPED, page.sends() | {"discard": str(held)})

    assert not TypedText.objects.exists()


def test_the_same_person_logged_in_again_saves_the_form_that_was_open(
    cast: SimpleNamespace,
) -> None:
    dana = Browser("dana")
    form = dana.open(PRACTICE)
    dana.save("/logout/")
    dana.logs_in("dana")

    assert dana.send(PRACTICE, form, {NAME: "Riverside & Daughters"}).status == 302
    assert practice_name() == "Riverside & Daughters"


def posts(browser: Browser, form: Shown, **headers: Any) -> int:
    """Send a form whose CSRF token is no longer good."""
    sent = form.sends() | {"csrfmiddlewaretoken": "x" * 64, "name": "Forged"}
    return browser.browser.post(PRACTICE, sent, **headers).status_code


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://testserver.evil.example", ""]
)
def test_a_mark_is_worth_nothing_from_another_site(cast: SimpleNamespace, origin: str) -> None:
    dana = Browser("dana")
    form = dana.open(PRACTICE)

    assert posts(dana, form, HTTP_ORIGIN=origin) == 403

    all_log_ins_end()
    posts(dana, form, HTTP_ORIGIN=origin)
    assert not TypedText.objects.exists()
    assert practice_name() == "Riverside Nutrition"


@pytest.mark.parametrize(
    "mark",
    [
        "",
        "no-mark",
        signing.dumps({"user": 1, "practice": 1}, key="another", salt=MARK),
        signing.dumps({"user": 1, "practice": 1}, salt="for something else"),
    ],
    ids=["none", "garbage", "another key", "another use"],
)
def test_a_mark_that_we_did_not_make_is_worth_nothing(cast: SimpleNamespace, mark: str) -> None:
    dana = Browser("dana")
    form = dana.open(PRACTICE)
    form.controls[MARK].value = mark

    assert posts(dana, form) == 403


def test_an_old_mark_is_worth_nothing(cast: SimpleNamespace) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        dana = Browser("dana")
        form = dana.open(PRACTICE)
        clock.shift(dt.timedelta(days=2, seconds=1))
        dana.logs_in("dana")

        assert posts(dana, form) == 403


def test_nothing_is_saved_for_someone_who_logged_in_since(cast: SimpleNamespace) -> None:
    browser = Browser("dana")
    form = browser.open("/my-details/preferences/")
    browser.save("/logout/")
    browser.logs_in("sam")

    answer = browser.send("/my-details/preferences/", form, {"Time style": "14:30"})

    assert answer.status == 403
    assert "Someone else opened this form." in answer.text
    assert not Membership.objects.exclude(time_style="").exists()
    assert TypedText.objects.get().user_id == cast.dana.user.pk


def test_nothing_is_saved_in_a_practice_switched_to_since(cast: SimpleNamespace) -> None:
    other = registered("Uptown", "Uma", "Upton", "uma@uptown.example").practice
    Membership.objects.create(user=cast.dana.user, practice=other, role=Role.DIRECTOR)
    dana = Browser("dana")
    form = dana.open(PRACTICE)
    token = form.controls["csrfmiddlewaretoken"].value
    dana.browser.post("/switch/", {"practice": other.pk, "csrfmiddlewaretoken": token})

    answer = dana.send(PRACTICE, form, {NAME: "Riverside & Daughters"})

    assert answer.status == 403
    assert "This form was opened in Riverside Nutrition" in " ".join(answer.text.split())
    assert not Practice.objects.filter(name="Riverside & Daughters").exists()
    assert dana.browser.post(KEEP, form.sends() | {"name": "Typed"}).status_code == 204


def test_a_page_that_must_be_cleared_sends_what_was_typed(cast: SimpleNamespace) -> None:
    dana = Browser("dana")
    form = dana.open(PRACTICE)

    answer = dana.browser.post(KEEP, form.sends() | {"name": "Typed, not saved"})

    assert answer.status_code == 204
    assert practice_name() == "Riverside Nutrition"
    assert shows_again(dana).field(NAME).value == "Typed, not saved"


def test_twenty_forms_are_held_for_one_person_at_most(cast: SimpleNamespace) -> None:
    dana = Browser("dana")
    for number in range(22):
        form = dana.open(f"{PRACTICE}?{number}")
        dana.browser.post(KEEP, form.sends())

    paths = set(TypedText.objects.values_list("path", flat=True))
    assert paths == {f"{PRACTICE}?{number}" for number in range(2, 22)}


def test_a_file_is_not_held_and_the_page_says_so(cast: SimpleNamespace) -> None:
    dana = Browser("dana")
    logo = "/account-settings/logo/"
    form = dana.open(logo)
    all_log_ins_end()
    dana.browser.post(logo, form.sends() | {"logo": SimpleUploadedFile("a.png", b"a picture")})
    dana.logs_in("dana")

    assert "couldn’t be saved. Choose it again." in dana.read(TYPED)


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/", "javascript:1"])
def test_going_on_never_leads_to_another_site(cast: SimpleNamespace, onward: str) -> None:
    answer = Browser("dana").open(f"{TYPED}?next={onward}")

    assert answer.location == "/my-details/"
