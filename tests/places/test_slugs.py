"""Addresses of public pages are made of names, and no two are the same."""

import pytest

from letterhead.practices.models import Practice, PracticeSlug
from letterhead.texts.slugs import free_slug, slug_error

pytestmark = pytest.mark.django_db


def slug_of(name: str, *taken: str) -> str:
    for slug in taken:
        PracticeSlug.objects.create(slug=slug, owner=Practice.objects.create(name=slug, slug=slug))
    return free_slug(name, ever=PracticeSlug.objects, otherwise="practice")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Riverside Nutrition", "riverside-nutrition"),
        ("Núñez & Søn", "nunez-son"),
        ("Kåre Ødegård", "kare-odegard"),
        ("Łukasz Groß-Æbelø", "lukasz-gross-aebelo"),
        ("Þóra Guðmundsdóttir", "thora-gudmundsdottir"),
        ("Đoković İpek Ħal ﬁne", "dokovic-ipek-hal-fine"),
        ("Клиника Здоровье", "klinika-zdorove"),
        ("Ψυχολογία Αθήνα", "psychologia-athina"),
        ("ფსიქოლოგი", "psikologi"),
        ("ひかりセラピー", "hikariserapi"),
        ("Dr. Ольга 王", "dr-olga"),
        ("栄養", "practice"),
        ("عيادة", "practice"),
        ("קליניקה", "practice"),
        ("../admin/", "admin"),
        ("a" * 60, "a" * 50),
        ("Search", "practice-search"),
        ("Preview B", "practice-preview-b"),
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


@pytest.mark.parametrize("typed", ["riverside", "r", "12", "kare-odegard", "logos", "searching"])
def test_letters_numbers_and_single_hyphens_can_be_typed(typed: str) -> None:
    assert slug_error(typed) == ""


@pytest.mark.parametrize(
    ("typed", "example"),
    [
        ("river side", "like river-side."),
        ("ødegård", "like odegard."),
        ("river_side", "like river-side."),
        ("-river", "like river."),
        ("river--side", "like river-side."),
        ("栄養", "like riverside-nutrition."),
        ("../admin", "like admin."),
        ("river\n", "like river."),
    ],
)
def test_anything_else_is_refused_with_what_it_could_be(typed: str, example: str) -> None:
    assert slug_error(typed).endswith(example)


@pytest.mark.parametrize("typed", ["search", "services", "preview", "preview-b", "logo-1", "book"])
def test_words_of_other_pages_are_refused(typed: str) -> None:
    assert "reserved" in slug_error(typed)
