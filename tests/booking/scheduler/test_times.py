"""What can be booked, as a visitor sees it: services, a month with its days, the times of a day."""

import datetime as dt
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from letterhead.practices.models import Location, Membership
from letterhead.scheduling.actions import hold
from letterhead.scheduling.models import Hours, PracticeRules, Service
from tests.booking.street import DANA, PRACTICE, SAM, look, write_card
from tests.scheduling.making import NOW, at, hours, service
from tests.scheduling.online.booking import booked, chosen

pytestmark = pytest.mark.django_db


def service_path(kind: Any, clinician: Any = "") -> Any:

    return f"/book/riverside/{clinician}services/{kind.pk}/"


def times_on(path: Any) -> Any:
    """The words of the times on a page, under their addresses."""
    html = look(path).html.partition('class="times"')[2].partition("</ul>")[0]
    found = [each.partition(">")[2].partition("<")[0] for each in html.split("<a ")[1:]]
    return found


def test_a_practice_lists_what_can_be_booked(cast: SimpleNamespace, visit: Any) -> None:

    service(cast.practice, cast.dana, name="By staff", bookable_online=False)
    service(cast.practice, cast.dana, name="Long visit", show_price=True, duration=90)
    seen = look(PRACTICE)

    assert service_path(visit) in seen.links
    for words in ("Book an appointment", "Follow-up visit", "30 min", "90 min", "$130.00"):
        assert words in seen.text
    assert "By staff" not in seen.text
    assert "Next free: Wed, Dec 2, 10:00 AM" in seen.text


def test_a_clinician_lists_their_own(cast: SimpleNamespace, visit: Any) -> None:

    seen = look(DANA)

    assert service_path(visit, "dana-rivera/") in seen.links
    assert "Next free: Wed, Dec 2, 10:00 AM" in seen.text
    assert "Follow-up visit" not in look(SAM).text
    assert "Call (212) 555-0140" in look(SAM).text


def test_services_for_current_clients_are_listed_apart(cast: SimpleNamespace, visit: Any) -> None:

    Service.objects.update(for_new_clients=False)

    seen = look(PRACTICE)

    assert "For current clients" in seen.text
    assert "Have you been here before?" in seen.text


def test_everything_with_someone_who_takes_no_new_clients_is_for_current_ones(
    cast: SimpleNamespace, visit: Any
) -> None:

    assert "For current clients" not in look(DANA).text
    write_card(cast.dana, takes_new_clients=False)

    assert "For current clients" in look(DANA).text


def test_a_month_shows_the_days_with_times_and_the_times_of_the_first(
    cast: SimpleNamespace, visit: Any
) -> None:

    path = service_path(visit)
    seen = look(path)

    assert "December 2026" in seen.text
    assert "Wednesday, December 2" in seen.text
    assert times_on(path)[:2] == ["10:00 AM", "10:30 AM"]
    assert times_on(path)[-1] == "4:30 PM"
    days = [link for link in seen.links if "day=" in unescape(link)]
    assert f"{path}?at={cast.office.pk}&day=2026-12-07" in map(unescape, days)
    assert not any("2026-12-05" in day for day in days)
    assert seen.metas["robots"] == "noindex"


def test_a_day_and_a_month_can_be_chosen(cast: SimpleNamespace, visit: Any) -> None:

    path = service_path(visit)

    assert times_on(f"{path}?day=2026-12-07")[0] == "9:00 AM"
    assert "January 2027" in look(f"{path}?month=2027-01").text
    for nonsense in ("?day=2026-13-45", "?month=x", "?at=x", "?at=99999", "?zone=Mars/Base"):
        assert look(path + nonsense).status == 200


def test_a_full_month_leads_to_the_next_one(cast: SimpleNamespace, visit: Any) -> None:

    Hours.objects.update(first_day=dt.date(2027, 1, 11))

    assert "January 2027" in look(service_path(visit)).text
    december = look(f"{service_path(visit)}?month=2026-12").text
    assert "No times are free in December 2026." in december


def test_what_is_shown_can_be_booked_and_what_is_booked_is_not_shown(
    cast: SimpleNamespace, visit: Any, clock: Any
) -> None:

    path = f"{service_path(visit)}?day=2026-12-07"
    what = chosen(cast, visit)
    assert len(times_on(path)) == 16

    booked(what, at(10))
    assert "10:00 AM" not in times_on(path)
    hold(what, at(11))
    assert "11:00 AM" not in times_on(path)
    clock.shift(dt.timedelta(minutes=11))
    assert "11:00 AM" in times_on(path)


def test_a_time_is_shown_until_its_notice_has_passed(
    cast: SimpleNamespace, visit: Any, clock: Any
) -> None:

    path = service_path(visit)
    assert times_on(path)[0] == "10:00 AM"

    clock.shift(dt.timedelta(minutes=1))

    assert times_on(path)[0] == "10:30 AM"
    assert "Next free: Wed, Dec 2, 10:30 AM" in look(PRACTICE).text
    clock.move_to(dt.datetime(2026, 12, 2, 6, tzinfo=dt.UTC))
    assert "Thursday, December 3" in look(path).text


@pytest.mark.parametrize("query", ["", "?day=2026-12-07"])
def test_a_page_with_free_times_costs_two_statements_once_it_is_made(
    cast: SimpleNamespace, visit: Any, query: Any, django_assert_num_queries: Any
) -> None:

    look(service_path(visit) + query)

    with django_assert_num_queries(2):
        look(service_path(visit) + query)


def test_it_costs_as_many_statements_however_much_is_booked(
    cast: SimpleNamespace, visit: Any, django_assert_max_num_queries: Any
) -> None:

    for hour in range(9, 16):
        booked(chosen(cast, visit), at(hour))

    with django_assert_max_num_queries(16):
        look(service_path(visit))


def test_any_clinician_is_a_choice_and_one_can_be_chosen(
    cast: SimpleNamespace, visit: Any, clock: Any
) -> None:

    both = service(cast.practice, cast.dana, cast.sam, name="Both")
    hours(cast.sam, days=[5])
    path = service_path(both)

    seen = look(path)
    assert "Any clinician" in seen.text
    assert f"{path.replace('services', 'sam-okafor/services')}?at={cast.office.pk}" in seen.links
    assert "Saturday, December 5: 15 times" in seen.text
    assert "Saturday, December 5" not in look(service_path(both, "dana-rivera/")).text


def test_a_place_can_be_chosen_where_there_are_several(cast: SimpleNamespace, visit: Any) -> None:

    Service.objects.update(virtual=True)
    video = Location.objects.create(practice=cast.practice, name="Video", place_of_service="10")
    seen = look(service_path(visit))

    assert "Video call" in seen.text
    assert f"{service_path(visit)}?at={video.pk}" in seen.links
    assert "48 Water Street" in seen.text
    there = look(f"{service_path(visit)}?at={video.pk}")
    assert "New York, NY" not in there.html.partition("<main")[2].partition("</main>")[0]


def test_video_is_by_the_visitors_clock_and_a_visit_by_the_practices(
    cast: SimpleNamespace, visit: Any
) -> None:

    Service.objects.update(virtual=True)
    video = Location.objects.create(practice=cast.practice, name="Video", place_of_service="10")
    query = f"?day=2026-12-07&zone=America/Denver&at={video.pk}"

    seen = look(service_path(visit) + query)

    assert times_on(service_path(visit) + query)[0] == "7:00 AM"
    assert "Times are by your clock (Mountain, Denver)" in seen.text
    assert "(Eastern, New York)" in seen.text
    office = service_path(visit) + query.replace(str(video.pk), str(cast.office.pk))
    assert times_on(office)[0] == "9:00 AM"
    assert "Times are by the practice’s clock (Eastern, New York)" in look(office).text


def test_far_away_a_time_is_on_the_visitors_day(cast: SimpleNamespace, visit: Any) -> None:

    Service.objects.update(virtual=True)
    video = Location.objects.create(practice=cast.practice, name="Video", place_of_service="10")
    path = f"{service_path(visit)}?zone=Asia/Tokyo&at={video.pk}&day="

    assert times_on(f"{path}2026-12-07")[0] == "11:00 PM"
    assert times_on(f"{path}2026-12-08")[0] == "12:00 AM"


GONE = {
    "by staff only": lambda cast, kind: Service.objects.update(bookable_online=False),
    "ended": lambda cast, kind: Service.objects.update(ended_at=NOW),
    "without who gives it": lambda cast, kind: kind.offers.all().delete(),
    "of who is away from the calendar": lambda cast, kind: Membership.objects.update(
        show_on_calendar=False
    ),
}


@pytest.mark.parametrize("how", GONE.values(), ids=GONE)
def test_a_service_that_is_not_offered_is_gone(cast: SimpleNamespace, visit: Any, how: Any) -> None:

    path = service_path(visit)
    assert look(path).status == 200

    how(cast, visit)
    PracticeRules.objects.get_or_create(practice=cast.practice)
    from letterhead.scheduling.diaries import practice_changed

    practice_changed(cast.practice.pk)

    assert look(path).status == 404
    assert look(f"{path}book/?at={cast.office.pk}&time=2026-12-07T15:00Z").status == 404


def test_another_practices_service_is_gone(cast: SimpleNamespace, visit: Any) -> None:

    other = service(cast.stranger.practice, cast.stranger)

    assert look(service_path(other)).status == 404
    assert look(service_path(visit, "sam-okafor/")).status == 404
    assert look(f"/book/elsewhere/services/{visit.pk}/").status == 404


def test_an_old_address_of_the_practice_leads_to_the_new_one(
    cast: SimpleNamespace, visit: Any
) -> None:

    from letterhead.practices.models import Practice, PracticeSlug

    PracticeSlug.objects.create(slug="river", owner=cast.practice)
    answer = Client().get(f"/book/river/services/{visit.pk}/?day=2026-12-07")

    assert Practice.objects.get(pk=cast.practice.pk).slug == "riverside"
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{service_path(visit)}?day=2026-12-07"
