"""Preferences: the practice's way unless changed, in effect on every page and on no paper."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

import letterhead
from letterhead.accounts.models import User
from letterhead.activity.models import Activity
from letterhead.details.models import License
from letterhead.places.choices import time_zones, zone_label
from letterhead.places.countries import COUNTRIES
from letterhead.practices.middleware import PracticeMiddleware
from letterhead.practices.models import Membership, Practice
from letterhead.practices.preferred import (
    NAMES,
    Preferences,
    in_words,
    practice_way,
    preferred,
)
from letterhead.ui.dates import DateStyle, moment
from tests.practices.office import Office, Shown

DETAILS, EDIT = "/my-details/", "/my-details/preferences/"
CHOICES = ("Time zone", "Language", "Date style", "Time style", "First day of the week")
FEED = "Clients in my calendar feed"


@pytest.fixture
def dana(cast: SimpleNamespace) -> Office:
    return Office(cast.dana)


def membership(cast: SimpleNamespace) -> Membership:
    return Membership.objects.select_related("practice").get(user=cast.dana.user)


def chosen(**columns: str) -> Membership:
    return Membership(**columns)


# what counts


@pytest.mark.parametrize(
    ("country", "language", "date_style", "time_style", "week"),
    [
        ("US", "en-US", "month first", "12 hours", "sunday"),
        ("GB", "en-GB", "day first", "24 hours", "monday"),
        ("DE", "en-GB", "day first", "24 hours", "monday"),
        ("CA", "en-GB", "day first", "12 hours", "sunday"),
    ],
)
def test_a_practice_writes_as_its_country_does(
    country: str, language: str, date_style: str, time_style: str, week: str
) -> None:
    way = practice_way(country=country, time_zone="Europe/Berlin")

    assert way == Preferences(
        time_zone="Europe/Berlin",
        language=language,
        date_style=date_style,
        time_style=time_style,
        week_starts_on=week,
        clients_in_feed="initials",
    )


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_has_words_for_its_way(country: str) -> None:
    words = in_words(practice_way(country=country, time_zone="Europe/Paris"))

    assert set(words) == set(NAMES)
    assert all(words.values())


AMERICA = practice_way(country="US", time_zone="America/New_York")


def test_a_choice_counts_and_leaves_the_rest_to_the_practice() -> None:
    way = preferred(chosen(time_zone="Europe/Paris", time_style="24 hours"), AMERICA)

    assert (way.time_zone, way.time_style) == ("Europe/Paris", "24 hours")
    assert (way.language, way.date_style) == (AMERICA.language, AMERICA.date_style)


@pytest.mark.parametrize(
    ("columns", "date_style"),
    [
        ({"language": "en-GB"}, DateStyle.DAY_FIRST),
        ({"language": "en-US"}, DateStyle.MONTH_FIRST),
        ({"language": "en-GB", "date_style": "year first"}, DateStyle.YEAR_FIRST),
    ],
)
def test_dates_follow_the_language_unless_a_style_is_chosen(
    columns: dict[str, str], date_style: str
) -> None:
    assert preferred(chosen(**columns), AMERICA).date_style == date_style


def test_a_zone_is_written_as_its_choice_is() -> None:
    labels = {name: label for _, zones in time_zones() for name, label in zones}

    assert "America/New_York" in labels
    assert {name: zone_label(name) for name in labels} == labels


# the pop-up


def test_every_field_offers_the_practices_way_and_says_what_it_is(dana: Office) -> None:
    form = dana.open(EDIT)

    first = {label: next(iter(form.field(label).options)) for label in (*CHOICES, FEED)}
    assert first == {
        "Time zone": "Practice default (Eastern, New York)",
        "Language": "Practice default (English (United States))",
        "Date style": "Practice default (November 26, 2026)",
        "Time style": "Practice default (2:30 PM)",
        "First day of the week": "Practice default (Sunday)",
        FEED: "Practice default (Initials)",
    }
    assert all(form.field(label).value == "" for label in (*CHOICES, FEED))
    assert form.text.count("For your calendar") == 2
    assert "(optional)" not in form.text


def test_choices_are_kept_shown_and_recorded(cast: SimpleNamespace, dana: Office) -> None:
    answer = dana.save(
        EDIT,
        {
            "Time zone": "Paris",
            "Language": "English (United Kingdom)",
            "Time style": "14:30",
            "First day of the week": "Monday",
            FEED: "Client number",
        },
    )

    assert (answer.status, answer.location) == (302, DETAILS)
    kept = membership(cast)
    assert [getattr(kept, name) for name in (*NAMES, "version")] == [
        *("Europe/Paris", "en-GB", "", "24 hours", "monday", "number", 2)
    ]
    page = dana.read(DETAILS)
    for words in (
        *("Preferences saved", "Time zone Paris", "Language English (United Kingdom)"),
        "Date style 26 November 2026 From your language",
        *("Time style 14:30", "First day of the week Monday", f"{FEED} Client number"),
    ):
        assert words in page
    told = Activity.objects.latest("pk")
    assert told.act == "changed preferences"
    assert told.changes["time_zone"] == ["", "Europe/Paris"]


def test_dates_left_to_the_language_say_so(dana: Office) -> None:
    dana.save(EDIT, {"Language": "English (United Kingdom)"})

    options = dana.open(EDIT).field("Date style").options

    assert next(iter(options)) == "From your language (26 November 2026)"


def test_a_choice_is_taken_back(cast: SimpleNamespace, dana: Office) -> None:
    dana.save(EDIT, {"Time style": "14:30"})

    dana.save(EDIT, {"Time style": "Practice default (2:30 PM)"})

    assert membership(cast).time_style == ""
    assert "Time style 2:30 PM Practice default" in dana.read(DETAILS)


def test_saving_without_a_change_changes_nothing(cast: SimpleNamespace, dana: Office) -> None:
    dana.save(EDIT)

    assert membership(cast).version == 1
    assert "No changes to save" in dana.read(DETAILS)


@pytest.mark.parametrize(
    ("label", "typed"),
    [
        *(("Time zone", "Mars/Olympus"), ("Time zone", "../etc/passwd"), ("Language", "fr")),
        *(("Date style", "x" * 5000), ("Time style", "\x00"), (FEED, "last name")),
    ],
)
def test_what_isnt_offered_is_refused(
    cast: SimpleNamespace, dana: Office, label: str, typed: str
) -> None:
    answer = dana.save(EDIT, {label: typed})

    assert answer.status == 422
    assert answer.says_beside(label)
    assert membership(cast).version == 1


def test_a_stale_save_says_what_is_saved_now(cast: SimpleNamespace, dana: Office) -> None:
    form = dana.open(EDIT)
    dana.save(EDIT, {"Time style": "14:30"})

    stale = dana.send(EDIT, form, {"Language": "English (United Kingdom)"})

    assert stale.status == 422
    assert stale.says_beside("Time style") == "Someone else saved: 14:30"
    assert stale.field("Language").value == "en-GB"
    again = Shown(dana.browser.post(EDIT, stale.sends()))
    assert again.status == 302
    assert membership(cast).language == "en-GB"


def test_everyone_has_their_own(cast: SimpleNamespace, dana: Office) -> None:
    dana.save(EDIT, {"Time style": "14:30"})

    assert "Time style 2:30 PM Practice default" in Office(cast.noor).read(DETAILS)
    assert Office(cast.noor).open(EDIT).field("Time style").value == ""


def test_strangers_are_sent_to_log_in(db: None) -> None:
    assert Office().open(EDIT).status == 302


# in effect


def show_license(cast: SimpleNamespace) -> None:
    License.objects.create(
        practitioner_id=cast.dana.practitioner_id,
        position=0,
        number="007512",
        expires=dt.date(2031, 3, 9),
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, "expires March 9, 2031"),
        ({"Date style": "26 November 2026"}, "expires 9 March 2031"),
        ({"Date style": "2026-11-26"}, "expires 2031-03-09"),
        ({"Language": "English (United Kingdom)"}, "expires 9 March 2031"),
    ],
)
def test_pages_write_days_as_their_reader_likes(
    cast: SimpleNamespace, dana: Office, typed: dict[str, str], expected: str
) -> None:
    show_license(cast)
    dana.save(EDIT, typed)

    assert expected in dana.read(DETAILS)


def test_a_practice_abroad_writes_days_its_countrys_way(
    cast: SimpleNamespace, dana: Office
) -> None:
    show_license(cast)
    Practice.objects.filter(pk=cast.practice.pk).update(country="GB")

    assert "expires 9 March 2031" in dana.read(DETAILS)
    assert '<html lang="en-GB">' in dana.open(DETAILS).html


def test_the_page_says_its_language(dana: Office) -> None:
    assert '<html lang="en-US">' in dana.open(DETAILS).html

    dana.save(EDIT, {"Language": "English (United Kingdom)"})

    assert '<html lang="en-GB">' in dana.open(DETAILS).html
    assert '<html lang="en-US">' in Office().open("/login/").html


def test_a_page_for_strangers_speaks_their_browsers_language(db: None) -> None:
    page = Client().get("/login/", headers={"Accept-Language": "fr, en-GB;q=0.8, en;q=0.5"})

    assert '<html lang="en-GB">' in page.content.decode()


def test_instants_are_written_where_the_reader_is(cast: SimpleNamespace) -> None:
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse(moment(dt.datetime(2026, 11, 26, 19, 30, tzinfo=dt.UTC)))

    def read() -> str:
        request = RequestFactory().get("/billing/")
        request.user = User.objects.get(pk=cast.dana.user.pk)
        answer = PracticeMiddleware(page)(request)  # type: ignore[arg-type]  # as it comes in
        return answer.content.decode()

    assert read() == "Nov 26, 2026, 2:30 PM"
    Membership.objects.filter(user=cast.dana.user).update(
        time_zone="Europe/Paris", time_style="24 hours"
    )
    assert read() == "Nov 26, 2026, 20:30"
    assert timezone.get_current_timezone_name() == "UTC"


def test_no_page_writes_a_day_its_own_way() -> None:
    pages = Path(letterhead.__file__).parent.glob("*/templates/**/*.html")
    own_way = [page.name for page in pages if '|date:"' in page.read_text()]

    assert own_way == []
