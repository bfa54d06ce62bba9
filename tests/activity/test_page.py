"""The page Activity: who did what, when and from where, for Directors."""

import csv
import datetime as dt
import io
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.utils import translation

from letterhead.activity.actions import record
from letterhead.activity.models import Activity, Kind
from letterhead.activity.origin import agent_in_words
from letterhead.activity.words import in_words
from tests.accounts.log_in.test_log_in import DANA
from tests.factories import Person
from tests.practices.office import Office

ACTIVITY, CSV = "/activity/", "/activity/csv/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"


def did(act: str, by: Person, *, practice: int | None = None, **more: Any) -> None:
    where = by.practice.pk if practice is None else practice
    record(act, practice=where, person=by.user.pk, person_name=by.user.email, **more)


def acts(office: Office, address: str = ACTIVITY) -> list[str]:
    """The acts that the page shows, of those these tests made."""
    text = office.read(address)
    return [word for word in text.split() if word.startswith("act-")]


def cells(office: Office, **asked: str) -> list[list[str]]:
    answer = office.browser.post(CSV, asked)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def test_a_change_shows_what_was_there_before(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)
    dana.save("/my-details/general/", {"Credentials": "RDN"})

    text = dana.read(ACTIVITY)

    assert "changed general details" in text
    assert "Credentials RDN, PhD → RDN" in text
    assert "127.0.0.1" in text


def test_a_tax_id_is_never_in_the_record(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)
    dana.save("/my-details/general/", {"Individual Tax ID": "123-45-6789", "Kind of tax ID": "SSN"})

    assert "Tax ID changed" in dana.read(ACTIVITY)
    assert "6789" not in str(list(Activity.objects.values_list("changes", "about")))


def test_log_ins_failures_and_log_outs_show_browser_and_address(
    cast: SimpleNamespace,
) -> None:
    visitor = Office()
    visitor.browser.defaults |= {"HTTP_USER_AGENT": FIREFOX, "REMOTE_ADDR": "192.0.2.7"}
    visitor.save("/login/", DANA | {"Password": "not-the-one-at-all"})
    visitor.save("/login/", DANA)
    visitor.save("/logout/")

    rows = Activity.objects.filter(practice=cast.practice.pk).order_by("-place")[:3]
    assert [(row.act, row.about, row.kind, row.address, row.agent) for row in reversed(rows)] == [
        ("failed to log in", "", Kind.FAILURE, "192.0.2.7", "Firefox on Linux"),
        ("logged in", "password, new device", Kind.LOG_IN, "192.0.2.7", "Firefox on Linux"),
        ("logged out", "", Kind.LOG_IN, "192.0.2.7", "Firefox on Linux"),
    ]


def test_a_failure_of_an_unknown_address_is_recorded_for_no_practice(cast: SimpleNamespace) -> None:
    Office().save("/login/", DANA | {"Login email": "nobody@riverside.example"})

    row = Activity.objects.get(kind=Kind.FAILURE)
    assert (row.practice, row.person, row.person_name) == (None, None, "nobody@riverside.example")
    assert "nobody@riverside.example" not in Office(cast.dana).read(ACTIVITY)


def test_a_failed_log_in_is_recorded_in_each_of_the_persons_practices(
    cast: SimpleNamespace,
) -> None:
    from letterhead.practices.models import Membership

    elsewhere = cast.stranger.practice
    Membership.objects.create(user=cast.dana.user, practice=elsewhere, role="clinical")
    Office().save("/login/", DANA | {"Password": "not-the-one-at-all"})

    recorded = Activity.objects.filter(kind=Kind.FAILURE).values_list("practice", flat=True)
    assert set(recorded) == {cast.practice.pk, elsewhere.pk}


def test_a_reveal_is_found_among_the_reveals(cast: SimpleNamespace) -> None:
    did("act-changed", cast.dana)
    did("act-revealed", cast.dana, kind=Kind.REVEAL)

    assert acts(Office(cast.dana), f"{ACTIVITY}?kind=reveal") == ["act-revealed"]


def test_rows_are_found_by_person(cast: SimpleNamespace) -> None:
    did("act-danas", cast.dana)
    did("act-sams", cast.sam)

    assert acts(Office(cast.dana), f"{ACTIVITY}?person={cast.sam.user.pk}") == ["act-sams"]


def test_rows_are_found_by_days_of_the_readers_own_time_zone(cast: SimpleNamespace) -> None:
    for hour in ("2026-03-01T04:59", "2026-03-01T05:00", "2026-03-02T04:59", "2026-03-02T05:00"):
        with time_machine.travel(dt.datetime.fromisoformat(f"{hour}+00:00"), tick=False):
            did(f"act-{hour}", cast.dana)

    with time_machine.travel(dt.datetime(2026, 3, 5, tzinfo=dt.UTC)):
        found = acts(Office(cast.dana), f"{ACTIVITY}?first=2026-03-01&last=2026-03-01")

    assert found == ["act-2026-03-02T04:59", "act-2026-03-01T05:00"]


def test_a_day_has_all_its_rows_also_those_of_one_instant_or_of_a_clock_put_back(
    cast: SimpleNamespace,
) -> None:
    for number, time in enumerate(("05:00", "05:00", "05:30", "05:10", "04:50", "05:00")):
        with time_machine.travel(dt.datetime.fromisoformat(f"2026-03-01T{time}Z"), tick=False):
            did(f"act-{number}", cast.dana)

    with time_machine.travel(dt.datetime(2026, 3, 5, tzinfo=dt.UTC)):
        dana = Office(cast.dana)
        on_it = acts(dana, f"{ACTIVITY}?first=2026-03-01&last=2026-03-01&kind=change")
        before = acts(dana, f"{ACTIVITY}?last=2026-02-28&person={cast.dana.user.pk}")
        after = acts(dana, f"{ACTIVITY}?first=2026-03-02")

    assert on_it == ["act-2", "act-3", "act-5", "act-1", "act-0"]
    assert before == ["act-4"]
    assert after == []


@pytest.mark.parametrize(
    ("asked", "field", "error"),
    [
        ("first=soon", "From", "Enter the date as year, month and day, like 1980-02-03."),
        ("first=2026-03-02&last=2026-03-01", "To", "This is before the first day."),
        ("person=999999", "Person", "Select a valid choice"),
        ("person=x%00", "Person", "Select a valid choice"),
    ],
)
def test_a_wrong_filter_is_explained_next_to_its_field(
    cast: SimpleNamespace, asked: str, field: str, error: str
) -> None:
    page = Office(cast.dana).open(f"{ACTIVITY}?{asked}")

    assert page.status == 422
    assert error in page.says_beside(field)


def test_pages_hold_fifty_rows_and_lead_to_the_older_ones(cast: SimpleNamespace) -> None:
    for number in range(120):
        did(f"act-{number}", cast.sam)
    dana, seen = Office(cast.dana), []
    address = f"{ACTIVITY}?person={cast.sam.user.pk}"

    while address:
        page = dana.open(address)
        found = acts(dana, address)
        seen.append(len(found))
        older = [part for part in page.html.split('"') if "before=" in part and part[0] == "?"]
        address = f"{ACTIVITY}{older[0]}".replace("&amp;", "&") if older else ""

    assert seen == [50, 50, 20]


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "²", ""])
def test_a_strange_page_is_the_first_one(cast: SimpleNamespace, before: str) -> None:
    did("act-1", cast.dana)

    assert acts(Office(cast.dana), f"{ACTIVITY}?before={before}") == ["act-1"]


def test_fifty_rows_ask_the_database_as_often_as_one(
    cast: SimpleNamespace, django_assert_num_queries: Any
) -> None:
    dana = Office(cast.dana)
    did("act-0", cast.dana)
    dana.open(ACTIVITY)
    with django_assert_num_queries(6) as one:
        dana.open(ACTIVITY)
    for number in range(60):
        did(f"act-{number}", cast.sam, changes={"a": [1, 2]})

    with django_assert_num_queries(len(one)):
        dana.open(ACTIVITY)


@pytest.mark.parametrize("name", ["sam", "noor", "lee"])
def test_only_directors_see_it(cast: SimpleNamespace, name: str) -> None:
    person = Office(getattr(cast, name))

    assert person.open(ACTIVITY).status == 403
    assert person.browser.post(CSV).status_code == 403
    assert 'href="/activity/"' not in person.open("/my-details/").html


def test_nothing_of_another_practice_shows(cast: SimpleNamespace) -> None:
    did("act-danas", cast.dana)
    strange = Office(cast.stranger)

    assert acts(strange) == []
    assert strange.open(f"{ACTIVITY}?person={cast.dana.user.pk}").status == 422
    assert "act-danas" not in str(cells(strange))


def test_the_file_holds_what_the_page_would_and_is_recorded(cast: SimpleNamespace) -> None:
    did("act-danas", cast.dana)
    did("act-sams", cast.sam, changes={"credentials": ["", "LCSW"]})

    found = cells(Office(cast.dana), person=str(cast.sam.user.pk))

    assert found[0][:5] == ["Row", "Date and time (UTC)", "Person", "Kind", "Action"]
    assert [row[2:7] for row in found[1:]] == [
        ["sam@riverside.example", "Changes", "act-sams", "", "Credentials: nothing → LCSW"]
    ]
    newest = Activity.objects.filter(practice=cast.practice.pk).latest("place")
    assert (newest.act, newest.kind) == ("exported the activity", Kind.EXPORT)


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_no_cell_is_a_formula(cast: SimpleNamespace, first: str) -> None:
    did("act-1", cast.dana, about=f'{first}HYPERLINK("https://elsewhere.example")')

    found = cells(Office(cast.dana))

    assert found[2][5].startswith(f"'{first}")


def test_every_cell_is_quoted(cast: SimpleNamespace) -> None:
    did("act-1", cast.dana, about='a "quoted", one')
    answer = Office(cast.dana).browser.post(CSV)

    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]

    assert all(line.lstrip("\ufeff")[0] == line[-1] == '"' for line in lines)
    assert '"a ""quoted"", one"' in lines[2]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/150.0.0.0 Safari/537.36 Edg/150.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/150.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("=cmd|' /C calc'!A0<script>", "Another program"),
        ("", ""),
    ],
)
def test_a_browser_is_described_in_a_few_words_of_our_own(header: str, words: str) -> None:
    assert agent_in_words(header) == words


def test_acts_are_shown_in_the_readers_language_and_names_as_they_are(
    cast: SimpleNamespace,
) -> None:
    did("Yes", cast.dana, about="Yes")
    row = Activity.objects.latest("place")

    with translation.override("es"):
        line = in_words(row)
        assert (line.act, line.about) == ("Sí", "Yes")


@pytest.mark.parametrize("asked", ["?last=9999-12-31", "?first=0001-01-01", "?first=9999-12-31"])
def test_a_day_out_of_range_is_refused_next_to_its_field(cast: SimpleNamespace, asked: str) -> None:
    page = Office(cast.dana).open(f"{ACTIVITY}{asked}")

    assert page.status == 422
    assert "Check the year" in " ".join(page.wrong().values())
