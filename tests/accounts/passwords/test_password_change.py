"""Change Password: what it asks, what it ends, who gets an email."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client, override_settings

from letterhead.accounts.models import User
from letterhead.accounts.passwords.actions import on_password_change, registering_for_now
from letterhead.activity.models import Activity
from letterhead.config import settings as product
from letterhead.details.models import Practitioner
from letterhead.outbox.models import Job
from tests.factories import PASSWORD
from tests.practices.office import Office, Shown

ADDRESS = "/my-details/password/"
NEW = "four herons by the quiet lake"
LOG_IN = {"Login email": "dana@riverside.example"}


def change(who: Office, *, current: str = PASSWORD, new: str = NEW) -> Shown:
    return who.save(ADDRESS, {"Current password": current, "New password": new})


def logs_in(password: str) -> bool:
    return Office().save("/login/", LOG_IN | {"Password": password}).status == 302


def is_signed_in(who: Office) -> bool:
    return who.open("/my-details/").status == 200


def test_my_details_leads_to_it(cast: SimpleNamespace) -> None:
    page = Office(cast.dana).open("/my-details/")

    assert [button.strip() for button in page.buttons].count("Modify") == 1
    assert f'hx-get="{ADDRESS}"' in page.html


def test_dana_changes_her_password_and_stays_where_she_is(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)

    answer = change(dana)

    assert (answer.status, answer.location) == (302, "/my-details/")
    assert "Password changed. You were logged out everywhere else." in dana.read("/my-details/")
    assert logs_in(NEW)
    assert not logs_in(PASSWORD)


def test_everywhere_else_she_is_logged_out_and_her_own_cookie_is_new(
    cast: SimpleNamespace,
) -> None:
    here, elsewhere, sam = Office(cast.dana), Office(cast.dana), Office(cast.sam)
    before = here.browser.cookies["sessionid"].value

    change(here)

    assert (is_signed_in(here), is_signed_in(elsewhere), is_signed_in(sam)) == (True, False, True)
    assert here.browser.cookies["sessionid"].value != before


def test_login_email_and_contact_email_get_an_email(cast: SimpleNamespace) -> None:
    Practitioner.objects.filter(user=cast.dana.user).update(contact_email="desk@rivera.example")

    change(Office(cast.dana))

    mails = [job.values for job in Job.objects.filter(name="mail").order_by("pk")]
    assert [mail["to"] for mail in mails] == [["dana@riverside.example"], ["desk@rivera.example"]]
    assert len(mails) == 2
    assert {mail["subject"] for mail in mails} == {"Your Letterhead password was changed"}
    assert all("http://localhost:8000/password/reset/" in mail["text"] for mail in mails)
    assert not any(NEW in mail["text"] or PASSWORD in mail["text"] for mail in mails)


def test_it_is_recorded_without_the_password(cast: SimpleNamespace) -> None:
    change(Office(cast.dana))

    row = Activity.objects.get(act="changed the password")
    assert (row.practice, row.person) == (cast.practice.pk, cast.dana.user.pk)
    assert row.changes == {"password": "changed"}


def test_a_registered_hook_runs(cast: SimpleNamespace) -> None:
    called: list[str] = []

    with registering_for_now():
        on_password_change(lambda user: called.append(user.email))
        change(Office(cast.dana))

    assert called == ["dana@riverside.example"]


def test_if_a_hook_fails_the_password_does_not_change(cast: SimpleNamespace) -> None:
    def breaks(user: User) -> None:
        raise ArithmeticError

    with registering_for_now():
        on_password_change(breaks)
        with pytest.raises(ArithmeticError):
            change(Office(cast.dana))

    assert not Job.objects.filter(name="mail").exists()
    assert logs_in(PASSWORD)


def test_a_wrong_current_password_shows_an_error_and_changes_nothing(
    cast: SimpleNamespace,
) -> None:
    answer = change(Office(cast.dana), current="not-the-one-at-all")

    assert answer.status == 422
    assert answer.wrong() == {"Current password": "This isn't the password you log in with."}
    assert logs_in(PASSWORD)


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("", "Fill this in."),
        ("short", "Use 15 or more"),
        ("passwordpassword", "common or leaked"),
        ("riverside-dana-1", "made of your name"),
        (PASSWORD, "This is your current password"),
        ("ｌｅｔｔｅｒｈｅａｄ-demo-only", "This is your current password"),
        ("x\x00" + NEW, "Null characters"),
    ],
)
def test_a_bad_new_password_shows_an_error(cast: SimpleNamespace, new: str, says: str) -> None:
    with override_settings(PASSWORD_HASHERS=product.PASSWORD_HASHERS):
        cast.dana.user.set_password(PASSWORD)
        cast.dana.user.save()
        answer = change(Office(cast.dana), new=new)

    assert answer.status == 422
    assert list(answer.wrong()) == ["New password"]
    assert says in answer.says_beside("New password")


def test_passwords_never_come_back_in_a_page(cast: SimpleNamespace) -> None:
    answer = change(Office(cast.dana), new="riverside-dana-1")

    assert "made of your name" in answer.says_beside("New password")
    assert "riverside-dana-1" not in answer.html
    assert PASSWORD not in answer.html


def test_trying_out_the_current_password_is_limited(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)

    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False):  # all within one minute
        for _ in range(10):
            change(dana, current="not-the-one-at-all")
        answer = change(dana)

    assert "Too many tries. Wait " in answer.says_beside("Current password")
    assert logs_in(PASSWORD)


@pytest.mark.parametrize("length", [15, 64, 128, 1_000])
def test_long_passwords_work(cast: SimpleNamespace, length: int) -> None:
    long = "".join(f"wq{n}zk " for n in range(200))[: length - 1] + "!"

    assert change(Office(cast.dana), new=long).status == 302
    assert logs_in(long)
    assert not logs_in(long[:-1])


def test_the_first_and_last_space_belong_to_it(cast: SimpleNamespace) -> None:
    change(Office(cast.dana), new=f" {NEW} ")

    assert logs_in(f" {NEW} ")
    assert not logs_in(NEW)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({"new_password": "seven"}, "10 more characters to go"),
        ({"new_password": "passwordpassword"}, "common or leaked"),
        ({"new_password": "riverside-dana-1"}, "made of your name"),
        ({"password": NEW}, "Strength: Strong"),
        ({}, ""),
    ],
)
def test_its_strength_is_shown_while_it_is_typed(
    cast: SimpleNamespace, typed: dict[str, str], text: str
) -> None:
    answer = Office(cast.dana).browser.post("/password/strength/", typed)

    assert answer.status_code == 200
    assert text in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert NEW not in answer.content.decode()


def test_the_names_in_the_form_of_someone_who_joins_count(db: None) -> None:
    typed = {"password": "Lakeside-Ann-2026", "practice_name": "Lakeside"}

    answers = [
        Client().post("/password/strength/", typed | {"first_name": name}).content.decode()
        for name in ("Ann", "Bea")
    ]

    assert ["made of your name" in each for each in answers] == [True, False]


def test_people_who_are_not_logged_in_are_sent_to_log_in(db: None) -> None:
    assert Office().open(ADDRESS).location == f"/login/?next={ADDRESS}"


def test_password_managers_find_their_way(cast: SimpleNamespace) -> None:
    page = Office(cast.dana).open(ADDRESS)

    autocomplete = {
        label: page.field(label).attributes["autocomplete"]
        for label in ("Current password", "New password")
    }
    assert autocomplete == {"Current password": "current-password", "New password": "new-password"}
    assert page.sends()["username"] == "dana@riverside.example"
    assert not any("maxlength" in control.attributes for control in page.controls.values())


@override_settings(PASSWORD_HASHERS=product.PASSWORD_HASHERS)
def test_typing_your_password_again_never_ends_your_session(cast: SimpleNamespace) -> None:
    """Even if its hash is of an older kind: it is only replaced at the next login."""
    dana = Office(cast.dana)

    dana.save("/my-details/tax-id/", {"Password": PASSWORD})

    assert is_signed_in(dana)
