"""Where people are logged in, logging out there, and when a session ends by itself."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client

from letterhead.accounts.log_ins import logged_in_at
from letterhead.accounts.models import Session, User
from letterhead.activity.models import Activity
from letterhead.details.joining.actions import join_practice
from letterhead.practices.models import Membership, Practice
from letterhead.practices.roles import Role
from tests.factories import PASSWORD, registered
from tests.practices.office import Office

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1"
DETAILS, SESSIONS, END = "/my-details/", "/my-details/sessions/", "/my-details/sessions/end/"
LEFT, STAY = "/session/left/", "/session/stay/"
NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)


def logged_in(agent: str = FIREFOX, address: str = "203.0.113.7", who: str = "dana") -> Client:
    """A browser in which someone has logged in through the form."""
    browser = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
    typed = {"login": f"{who}@riverside.example", "password": PASSWORD}
    assert browser.post("/login/", typed).status_code == 302
    return browser


def is_in(browser: Client) -> bool:
    return browser.get(DETAILS).status_code == 200


def key(browser: Client) -> str:
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def public_id(browser: Client) -> str:
    return str(Session.objects.get(session_key=key(browser)).public_id)


def seconds_left(browser: Client) -> int:
    return int(browser.get(LEFT).json()["seconds"])


def set_idle_minutes(minutes: int, practice: str = "Riverside Nutrition") -> None:
    assert Practice.objects.filter(name=practice).update(idle_minutes=minutes)


def acts() -> list[str]:
    return list(Activity.objects.order_by("pk").values_list("act", flat=True))


def test_each_browser_is_listed_with_its_device_and_address(cast: SimpleNamespace) -> None:
    logged_in(FIREFOX, "203.0.113.7")
    phone = logged_in(IPHONE, "198.51.100.4")

    here, there = logged_in_at(cast.dana.user, now_at=key(phone))

    assert (here.device, here.address, here.is_this_one) == (
        "Safari on iPhone",
        "198.51.100.4",
        True,
    )
    assert (there.device, there.address, there.is_this_one) == (
        "Firefox on Windows",
        "203.0.113.7",
        False,
    )
    page = phone.get(SESSIONS).content.decode()
    assert page.index("This one") < page.index("Firefox on Windows")


def test_the_secret_key_of_a_session_is_on_no_page(cast: SimpleNamespace) -> None:
    browser, other = logged_in(), logged_in(IPHONE)

    page = browser.get(SESSIONS).content.decode()

    assert public_id(other) in page
    assert key(browser) not in page
    assert key(other) not in page


def test_no_one_sees_or_ends_another_persons_sessions(cast: SimpleNamespace) -> None:
    dana, sam = logged_in(), logged_in(IPHONE, who="sam")

    assert "iPhone" not in dana.get(SESSIONS).content.decode()
    dana.post(END, {"place": public_id(sam)})

    assert is_in(sam)


def test_logging_out_there_works_with_the_next_request(cast: SimpleNamespace) -> None:
    here, there = logged_in(), logged_in(IPHONE)

    answer = here.post(END, {"place": public_id(there)})

    assert answer.headers["Location"] == SESSIONS
    assert is_in(here)
    assert there.get(DETAILS).headers["Location"] == f"/login/?next={DETAILS}"
    assert acts()[-1] == "logged out elsewhere"


def test_logging_out_all_others_keeps_this_one(cast: SimpleNamespace) -> None:
    here, phone, tablet = logged_in(), logged_in(IPHONE), logged_in(IPHONE)

    here.post(END, {"place": "others"})

    assert [is_in(browser) for browser in (here, phone, tablet)] == [True, False, False]


@pytest.mark.parametrize("place", ["", "no-id", "00000000-0000-4000-8000-000000000000"])
def test_an_id_that_is_not_a_session_of_yours_ends_nothing(
    cast: SimpleNamespace, place: str
) -> None:
    browser = logged_in()

    browser.post(END, {"place": place})

    assert is_in(browser)
    assert "logged out elsewhere" not in acts()


def test_ending_a_session_that_is_being_used_does_not_bring_it_back(cast: SimpleNamespace) -> None:
    browser = logged_in()
    store = Session.get_session_store_class()(key(browser))
    store["something"] = "changed by a request on its way"
    Session.objects.filter(session_key=key(browser)).delete()

    with pytest.raises(UpdateError):
        store.save()
    assert not is_in(browser)


def test_a_session_made_with_an_older_password_is_not_listed(cast: SimpleNamespace) -> None:
    logged_in()
    user = User.objects.get(pk=cast.dana.user.pk)
    user.set_password("eleven-other-herons")
    user.save()

    assert logged_in_at(user) == []


def test_each_log_in_gives_a_new_key(cast: SimpleNamespace) -> None:
    browser = Client()
    browser.get("/login/")
    session = browser.session
    session["planted"] = "by someone else"
    session.save()
    planted = session.session_key
    browser.cookies[settings.SESSION_COOKIE_NAME] = str(planted)

    browser.post("/login/", {"login": "dana@riverside.example", "password": PASSWORD})

    assert key(browser) != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_a_new_key_keeps_when_and_where_the_log_in_was(cast: SimpleNamespace) -> None:
    browser = logged_in()
    before = logged_in_at(cast.dana.user)[0]
    old = key(browser)
    form = {"current_password": PASSWORD, "new_password": "eleven-other-herons-by-the-lake"}

    browser.post("/my-details/password/", form)

    user = User.objects.get(pk=cast.dana.user.pk)
    (after,) = logged_in_at(user, now_at=key(browser))
    assert key(browser) != old
    assert after.is_this_one
    assert (after.public_id, after.began_at) == (before.public_id, before.began_at)


def test_switching_to_another_practice_gives_a_new_key(cast: SimpleNamespace) -> None:
    other = registered("Uptown", "Uma", "Upton", "uma@uptown.example").practice
    join_practice(
        cast.dana.user, other, role=Role.CLINICAL, title="", first_name="Dana", last_name="Rivera"
    )
    browser = logged_in()
    old = key(browser)

    browser.post("/switch/", {"practice": other.pk})

    assert key(browser) != old
    assert not Session.objects.filter(session_key=old).exists()
    assert is_in(browser)


def test_fifteen_minutes_without_activity_end_a_log_in(cast: SimpleNamespace) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        browser, resting = logged_in(), logged_in(IPHONE)
        clock.shift(14 * 60 + 59)
        assert is_in(browser)
        clock.shift(1)

        assert not is_in(resting)
        assert is_in(browser)
    assert "was logged out after inactivity" in acts()
    assert not Session.objects.filter(device="Safari on iPhone").exists()


@pytest.mark.parametrize("minutes", [5, 60])
def test_the_practice_sets_how_long(cast: SimpleNamespace, minutes: int) -> None:
    set_idle_minutes(minutes)
    with time_machine.travel(NOON, tick=False) as clock:
        browser = logged_in()
        assert seconds_left(browser) == minutes * 60
        clock.shift(minutes * 60 - 1)
        assert seconds_left(browser) == 1
        clock.shift(1)

        assert seconds_left(browser) == 0
        assert not is_in(browser)


def test_of_several_practices_the_shortest_time_applies(cast: SimpleNamespace) -> None:
    other = registered("Uptown", "Uma", "Upton", "uma@uptown.example").practice
    Membership.objects.create(user=cast.dana.user, practice=other, role=Role.CLINICAL)
    set_idle_minutes(5, "Uptown")

    assert seconds_left(logged_in()) == 5 * 60


def test_asking_how_long_is_no_activity_and_staying_is(cast: SimpleNamespace) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        browser = logged_in()
        for _ in range(13):
            clock.shift(60)
            browser.get(LEFT)
        assert seconds_left(browser) == 2 * 60

        assert browser.post(STAY).json() == {"seconds": 900, "person": str(cast.dana.user.pk)}
        assert seconds_left(browser) == 15 * 60


def test_who_is_logged_out_has_no_time_left_and_cannot_stay(db: None) -> None:
    assert Client().get(LEFT).json() == {"seconds": 0, "person": ""}
    assert Client().post(STAY).headers["Location"].startswith("/login/")


def test_at_most_one_write_a_minute_says_that_a_session_is_used(cast: SimpleNamespace) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        browser = logged_in()
        for seconds, used_at in ((59, NOON), (1, NOON + dt.timedelta(seconds=60))):
            clock.shift(seconds)
            browser.get(DETAILS)
            assert logged_in_at(cast.dana.user)[0].last_used_at == used_at


def test_after_24_hours_a_log_in_ends_whatever_is_done(cast: SimpleNamespace) -> None:
    set_idle_minutes(60)
    with time_machine.travel(NOON, tick=False) as clock:
        browser = logged_in()
        for _ in range(24 * 2 - 1):
            clock.shift(30 * 60)
            assert is_in(browser)
            session = browser.session
            session["saved"] = "again"
            session.save()
        clock.shift(30 * 60)

        assert not is_in(browser)
        assert logged_in_at(cast.dana.user) == []


def test_old_sessions_are_swept_away_by_the_next_log_in(cast: SimpleNamespace) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        logged_in()
        clock.shift(dt.timedelta(hours=25))
        logged_in(IPHONE)

    assert [row.device for row in Session.objects.all()] == ["Safari on iPhone"]


def test_the_row_of_user_access_leads_to_the_list(cast: SimpleNamespace) -> None:
    page = Office(cast.dana).open(DETAILS)

    assert f'href="{SESSIONS}"' in page.html
    assert "Where you are logged in" in page.text


def test_the_warning_is_only_on_pages_of_people_who_are_logged_in(cast: SimpleNamespace) -> None:
    assert 'id="idle"' in Office(cast.dana).open(DETAILS).html
    for address in ("/login/", "/guide/", "/book/riverside/"):
        assert 'id="idle"' not in Office().open(address).html
