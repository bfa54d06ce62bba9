"""The online scheduler on other sites: which ones can show it, and what they put in their page."""

from types import SimpleNamespace
from typing import Any

import pytest

from letterhead.scheduling.embedding.sites import NotASite, read_site
from letterhead.scheduling.models import PracticeRules
from tests.practices.office import Office

PAGE, SITES = "/account-settings/online-scheduler/", "/account-settings/online-scheduler/sites/"


@pytest.mark.parametrize(
    ("typed", "site"),
    [
        ("www.riverside.example", "https://www.riverside.example"),
        ("https://www.Riverside.example/contact?a=b", "https://www.riverside.example"),
        ("https://riverside.example:8443", "https://riverside.example:8443"),
        ("https://münchen.example", "https://xn--mnchen-3ya.example"),
        ("http://localhost:8000", "http://localhost:8000"),
    ],
)
def test_a_site_is_read_from_any_of_its_addresses(typed: Any, site: Any) -> None:
    assert read_site(typed) == site


@pytest.mark.parametrize(
    "typed",
    [
        "riverside",
        "http://riverside.example",
        "https://a b.example",
        "https://*.example",
        "https://me:you@riverside.example",
        "https://riverside.example:99999",
        "'self'",
        "https://x.example; script-src *",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_site_is_refused(typed: Any) -> None:
    with pytest.raises(NotASite):
        read_site(typed)


def test_the_page_has_the_link_its_qr_code_and_the_tag(cast: SimpleNamespace) -> None:
    page = Office(cast.dana).open(PAGE)

    assert "/book/riverside/" in page.text
    assert "data:image/svg+xml;base64," in page.html
    assert "&lt;iframe src=" in page.html


def test_the_sites_are_saved_as_browsers_compare_them(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)

    answer = dana.save(
        SITES,
        {"Sites that show the scheduler": "www.riverside.example/contact\n\nhttps://a.example"},
    )

    assert answer.location == PAGE
    rules = PracticeRules.objects.get(practice=cast.practice)
    assert rules.embedded_by == ["https://www.riverside.example", "https://a.example"]


def test_what_is_wrong_with_each_line_is_said_and_nothing_typed_is_lost(
    cast: SimpleNamespace,
) -> None:
    answer = Office(cast.dana).save(
        SITES, {"Sites that show the scheduler": "riverside\nhttps://a.example"}
    )

    assert answer.status == 422
    assert "riverside isn’t the address of a website" in answer.text
    assert "https://a.example" in answer.html


def test_only_who_changes_settings_gets_there(cast: SimpleNamespace) -> None:
    for person in (cast.sam, cast.noor):
        assert Office(person).open(PAGE).status == 403


def test_the_script_of_other_sites_has_an_address_for_ever(client: Any) -> None:
    answer = client.get("/book/embed.js")

    assert answer.status_code == 302
    assert "booking/embed" in answer.headers["Location"]
