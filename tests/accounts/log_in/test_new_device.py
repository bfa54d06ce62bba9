"""A login from a browser that is new to a person: they get an email right away."""

from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letterhead.accounts.log_in.browsers import MOST_PEOPLE
from letterhead.activity.models import Activity
from letterhead.details.models import Practitioner
from letterhead.outbox.worker import do_all_due
from tests.accounts.two_factor.second_steps import first_step, is_in, second_step, with_app
from tests.factories import PASSWORD, Person
from tests.practices.office import Office
from tests.practices.team.team import LONG, ROBIN, accepts, invited

pytestmark = pytest.mark.usefixtures("clock")
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"


def logs_in(person: Person, office: Office | None = None) -> Office:
    visitor = office or Office()
    visitor.browser.defaults.update(REMOTE_ADDR="198.51.100.7", HTTP_USER_AGENT=SAFARI)
    visitor.save("/login/", {"Login email": person.user.email, "Password": PASSWORD})
    return visitor


def emailed(subject: str = "New login to Letterhead") -> list[str]:
    do_all_due()
    return [each.to[0] for each in mail.outbox if each.subject == subject]


def test_login_and_contact_email_get_when_where_and_what_to_do(cast: SimpleNamespace) -> None:
    Practitioner.objects.filter(user=cast.dana.user).update(contact_email="office@rivera.example")

    logs_in(cast.dana)

    assert emailed() == ["dana@riverside.example", "office@rivera.example"]
    text = str(mail.outbox[-1].body)
    assert "\nBrowser: Safari on iPhone\nIP address: 198.51.100.7\n" in text
    assert "\nTime: Thursday, November 26, 2026, 7:00 AM (Eastern, New York)\n" in text
    assert "\n\nhttp://localhost:8000/password/reset/\n" in text
    assert Activity.objects.latest("pk").about == "password, new device"


def test_the_same_browser_is_not_new_the_next_time(cast: SimpleNamespace) -> None:
    visitor = logs_in(cast.dana)
    visitor.save("/logout/")

    logs_in(cast.dana, visitor)

    assert is_in(visitor)
    assert emailed() == ["dana@riverside.example"]
    assert Activity.objects.latest("pk").about == "password"


def test_after_a_new_password_each_browser_is_new_again(cast: SimpleNamespace) -> None:
    visitor = logs_in(cast.dana)
    visitor.save("/logout/")
    cast.dana.user.set_password(PASSWORD)
    cast.dana.user.save()

    logs_in(cast.dana, visitor)

    assert emailed() == ["dana@riverside.example"] * 2


def test_people_who_share_a_browser_are_each_remembered_after_their_own_log_in(
    cast: SimpleNamespace,
) -> None:
    visitor = logs_in(cast.dana)
    for person in (cast.sam, cast.dana, cast.sam):
        visitor.save("/logout/")
        logs_in(person, visitor)

    assert emailed() == ["dana@riverside.example", "sam@riverside.example"]


def test_no_one_fakes_a_remembered_browser_by_hand_or_with_anothers_cookie(
    cast: SimpleNamespace,
) -> None:
    cookie = logs_in(cast.sam).browser.cookies["known"].value
    name, mark = cookie.split(".")

    for made_up in (cookie, name, f"{name}.{mark}.{mark[::-1]}", f"other.{mark}", "." * 9, "ü"):
        visitor = Office()
        visitor.browser.cookies["known"] = made_up
        logs_in(cast.dana, visitor)

    assert emailed().count("dana@riverside.example") == 6


def test_the_cookie_names_no_one_and_is_out_of_reach_of_scripts(cast: SimpleNamespace) -> None:
    first, second = (logs_in(cast.dana).browser.cookies["known"] for _ in range(2))

    assert first["httponly"]
    assert first["samesite"] == "Lax"
    assert first["max-age"] == 400 * 24 * 60 * 60
    assert not set(first.value.split(".")) & set(second.value.split("."))  # nor links two browsers


def test_a_browser_remembers_so_many_people_at_most(cast: SimpleNamespace) -> None:
    visitor = Office()
    visitor.browser.cookies["known"] = "name" + ".0123456789abcdef" * 500

    logs_in(cast.dana, visitor)

    assert visitor.browser.cookies["known"].value.count(".") == MOST_PEOPLE


def test_half_a_log_in_sends_no_email_and_a_trusted_device_does(cast: SimpleNamespace) -> None:
    app = with_app(cast.dana.user)
    visitor = first_step(cast.dana)
    assert not emailed()

    second_step(visitor, app.code(), trust=True)

    assert emailed() == ["dana@riverside.example"]
    assert emailed("New trusted device for Letterhead") == ["dana@riverside.example"]
    text = str(mail.outbox[-1].body)
    assert "Until Saturday, December 26, 2026, 7:00 AM (Eastern, New York)" in text
    assert "\n\nhttp://localhost:8000/my-details/two-factor/\n" in text


def test_someone_who_joins_gets_no_email_and_is_remembered_there(cast: SimpleNamespace) -> None:
    office, _ = accepts(invited(cast.practice, cast.dana))
    office.save("/logout/")
    office.save("/login/", {"Login email": ROBIN, "Password": LONG})

    assert is_in(office)
    assert not emailed()


def test_a_remembered_browser_adds_no_job(cast: SimpleNamespace) -> None:
    visitor = logs_in(cast.dana)
    visitor.save("/logout/")

    with CaptureQueriesContext(connection) as asked:
        logs_in(cast.dana, visitor)

    assert not [each["sql"] for each in asked if "outbox_job" in each["sql"]]
