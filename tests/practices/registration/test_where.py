"""The page begins with the country and the time zone that the browser tells; a choice wins."""

import pytest
from django.test import Client

from letterhead.practices.models import Practice
from tests.practices.office import Office, Shown
from tests.practices.registration.test_registering import SOMEONE

ADDRESS = "/signup/"


def opened(accept_language: str) -> Shown:
    return Shown(Client(headers={"accept-language": accept_language}).get(ADDRESS))


@pytest.mark.parametrize(
    ("languages", "country", "time_zone"),
    [
        ("en-IE,en;q=0.9", "IE", "Europe/Dublin"),
        ("en-IN", "IN", "Asia/Kolkata"),
        ("en-AU,en;q=0.9", "AU", ""),
        ("fr-CA", "CA", ""),
        ("es-MX,es;q=0.8,en-US;q=0.5", "MX", ""),
        ("es-PR", "US", "America/Puerto_Rico"),
        ("zh-Hant-TW", "TW", "Asia/Taipei"),
        ("en-US,en;q=0.9", "US", "America/New_York"),
        ("nb, en-US;q=0.5", "US", "America/New_York"),  # a language of one country isn't guessed
        ("nb", "US", "America/New_York"),
        ("en-UK", "US", "America/New_York"),
        ("", "US", "America/New_York"),
    ],
)
def test_without_scripts_the_browsers_language_tells_the_country_and_its_only_zone(
    db: None, languages: str, country: str, time_zone: str
) -> None:
    page = opened(languages)

    assert page.field("Country").value == country
    assert page.field("Time zone").value == time_zone


def test_of_several_time_zones_one_must_be_chosen(db: None) -> None:
    page = opened("en-AU")
    answer = Office().send(ADDRESS, page, {k: v for k, v in SOMEONE.items() if k != "Time zone"})

    assert next(iter(page.field("Time zone").options)) == "Choose"
    assert answer.wrong() == {"Time zone": "Fill this in."}
    assert answer.field("Country").value == "US"


def test_what_was_chosen_stays_when_something_else_is_refused(db: None) -> None:
    browser = Client(headers={"accept-language": "en-AU"})
    sent = {"country": "IE", "time_zone": "Europe/Dublin", "practice_name": ""}
    answer = Shown(browser.post(ADDRESS, sent))

    assert answer.field("Country").value == "IE"
    assert answer.field("Time zone").value == "Europe/Dublin"
    assert "data-where" not in answer.html  # where.js leaves it alone


@pytest.mark.parametrize(
    ("country", "time_zone", "note", "paper_language"),
    [
        ("Germany", "Berlin", "Umsatzsteuerfrei nach § 4 Nr. 14 Buchst. a UStG.", "de"),
        ("United States", "Pacific, Los Angeles", "", ""),
        ("Canada", "Toronto", "", ""),
    ],
)
def test_a_new_practice_has_its_countrys_sentence_and_language_of_paper(
    db: None, country: str, time_zone: str, note: str, paper_language: str
) -> None:
    Office().save(ADDRESS, SOMEONE | {"Country": country, "Time zone": time_zone})

    practice = Practice.objects.get()
    assert (practice.tax_note, practice.paper_language) == (note, paper_language)
    assert practice.remit_country == practice.country
