"""Which language a browser gets, and what it is called."""

import pytest

from letterhead.ui.languages import best_of, languages, speaking, spoken

OFFERED = ("en-US", "en-GB", "es")


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("", "en-US"),
        ("*", "en-US"),
        ("en-GB", "en-GB"),
        ("EN-gb", "en-GB"),
        ("en", "en-US"),
        ("en-AU, en;q=0.9", "en-US"),
        ("es-MX", "es"),
        ("fr, es;q=0.3", "es"),
        ("fr", "en-US"),
        ("en-GB;q=0.1, es;q=0.9", "es"),
        ("es;q=0", "en-US"),
        ("; ;q=,,\x00", "en-US"),
    ],
)
def test_a_browser_gets_what_it_would_rather_have(asked: str, given: str) -> None:
    assert best_of(asked, OFFERED) == given


def test_a_practice_that_offers_spanish_first_greets_strangers_in_spanish() -> None:
    assert best_of("fr", ("es", "en-US")) == "es"


def test_a_language_is_spoken_until_its_block_ends() -> None:
    with speaking("en-GB"):
        assert spoken() == "en-GB"
    assert spoken() == "en-US"


def test_languages_are_named_as_html_names_them() -> None:
    assert [code for code, _ in languages()][:2] == ["en-US", "en-GB"]
