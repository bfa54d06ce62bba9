"""Addresses of public pages are made of names, and no two are the same."""

import pytest

from letterhead.practices.models import Practice
from letterhead.texts.slugs import free_slug

pytestmark = pytest.mark.django_db


def slug_of(name: str, *taken: str) -> str:
    for slug in taken:
        Practice.objects.create(name=slug, slug=slug)
    return free_slug(name, among=Practice.objects.all(), otherwise="practice")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Riverside Nutrition", "riverside-nutrition"),
        ("Núñez & Søn", "nunez-son"),
        ("Kåre Ødegård", "kare-odegard"),
        ("Łukasz Groß-Æbelø", "lukasz-gross-aebelo"),
        ("栄養", "practice"),
        ("../admin/", "admin"),
        ("a" * 60, "a" * 50),
    ],
)
def test_an_address_is_made_of_the_names_letters(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    ("taken", "slug"),
    [
        (["riverside"], "riverside-2"),
        (["riverside", "riverside-2"], "riverside-3"),
        (["riverside", "riverside-3"], "riverside-2"),
        (["riverside-nutrition"], "riverside"),
    ],
)
def test_a_name_that_is_taken_gets_the_first_free_number(taken: list[str], slug: str) -> None:
    assert slug_of("Riverside", *taken) == slug
