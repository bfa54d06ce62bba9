"""Public pages in the visitor's language, from the cache, without another statement."""

from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from letterhead.practices.models import Practice
from tests.booking.street import DANA, PRACTICE, look

BOTH = pytest.mark.parametrize("path", [PRACTICE, DANA])


def visitor(asks_for: str) -> Client:
    """Someone whose browser asks for these languages."""
    return Client(headers={"Accept-Language": asks_for})


@BOTH
@pytest.mark.parametrize(
    ("asks_for", "language"),
    [("en-GB, en;q=0.5", "en-GB"), ("en-US", "en-US"), ("en", "en-US"), ("xx", "en-US")],
)
def test_a_visitor_reads_in_the_browsers_language(
    cast: SimpleNamespace, path: str, asks_for: str, language: str
) -> None:

    seen = look(path, visitor(asks_for))

    assert f'<html lang="{language}">' in seen.html
    assert seen.answer.headers["Content-Language"] == language
    assert seen.answer.headers["Vary"] == "Accept-Encoding, Accept-Language"


@BOTH
def test_a_visitor_who_asks_for_no_language_reads_in_the_practices(
    cast: SimpleNamespace, path: str
) -> None:

    look(path)
    Practice.objects.filter(pk=cast.practice.pk).update(country="GB", version=7)

    assert '<html lang="en-GB">' in look(path).html


@BOTH
def test_a_page_in_one_language_is_not_unchanged_in_another(
    cast: SimpleNamespace, path: str
) -> None:

    etag = look(path, visitor("en-US")).answer.headers["ETag"]

    same, other = (
        Client(headers={"Accept-Language": language, "If-None-Match": etag}).get(path)
        for language in ("en-US", "en-GB")
    )

    assert (same.status_code, other.status_code) == (304, 200)
    assert same.headers["Vary"] == "Accept-Encoding, Accept-Language"
    assert other.headers["ETag"] != etag


@BOTH
def test_each_language_is_made_once_and_then_costs_two_statements(
    cast: SimpleNamespace, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:

    made = {language: look(path, visitor(language)).html for language in ("en-US", "en-GB")}

    for language, html in made.items():
        with django_assert_num_queries(2):
            assert look(path, visitor(language)).html == html


def test_the_page_for_wrong_addresses_is_in_the_visitors_language(cast: SimpleNamespace) -> None:

    seen = look("/book/nowhere/", visitor("en-GB"))

    assert seen.status == 404
    assert '<html lang="en-GB">' in seen.html
    assert seen.answer.headers["Vary"] == "Accept-Language, Accept-Encoding"


@pytest.mark.parametrize("language", ["en-US", "en-GB"])
def test_a_vcard_is_the_same_in_every_language(cast: SimpleNamespace, language: str) -> None:

    answer = visitor(language).get(f"{DANA[:-1]}.vcf")

    assert answer.content == Client().get(f"{DANA[:-1]}.vcf").content
    assert answer.headers["Vary"] == "Accept-Encoding"
