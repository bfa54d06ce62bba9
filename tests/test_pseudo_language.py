"""Every text can be translated: in a language that marks what is, no other letter is left.

Walked are all pages as a Director and as a stranger see them, what a wrong save answers, all
emails, and the papers. Data stays as it is typed, and so does what no language changes.
"""

import re
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import get_resolver, reverse

from letterhead.practices.models import Membership
from tests.pseudo import CODE, LANGUAGES, Texts, unmarked, write_language
from tests.test_who_may import arguments_of, names_of, people_of

# The same in every language: our name, codes of forms and of law, formats of files.
NAMES = frozenset("Letterhead CSV PDF PNG JPEG WebP HEIC".split())
ACTS = {"activity_activity"}  # whose phrases are translated where they are shown


@pytest.fixture(scope="session")
def language(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The marked language, as a folder of catalogs."""
    folder = tmp_path_factory.mktemp("locale")
    assert write_language(folder) > 500
    return folder


@pytest.fixture
def marked_language(language: Path, settings: Any) -> None:
    """Offer the marked language, first of all."""
    settings.LOCALE_PATHS = [language]
    settings.LANGUAGES = LANGUAGES


def typed_by_people() -> frozenset[str]:
    """Every word that stands in the database because somebody typed it."""
    words: set[str] = set()
    for model in apps.get_models():
        if (
            model._meta.app_config.name.startswith("letterhead.")
            and model._meta.db_table not in ACTS
        ):
            texts = [field.attname for field in model._meta.concrete_fields if _is_typed(field)]
            for row in model._default_manager.values_list(*texts) if texts else ():
                words.update(re.findall(r"[A-Za-z]{2,}", " ".join(map(str, row))))
    return frozenset(words)


def _is_typed(field: models.Field) -> bool:
    return isinstance(field, models.CharField | models.TextField) and not field.choices


def everything(cast: SimpleNamespace) -> dict[str, dict[str, Any]]:
    """Fill the practice until every page has something to show, and say what addresses name."""
    people_of(cast)
    arguments = arguments_of(cast)
    Membership.objects.filter(practice=cast.practice).update(language=CODE)
    return arguments


def browsers(cast: SimpleNamespace) -> dict[str, Client]:
    """A Director who chose the marked language, and a stranger whose browser asks for it."""
    director, stranger = (Client(headers={"accept-language": CODE}) for _ in range(2))
    director.force_login(cast.dana.user)
    return {"Director": director, "stranger": stranger}


def answers(
    cast: SimpleNamespace, arguments: dict[str, dict[str, Any]]
) -> Iterator[tuple[str, str]]:
    """Every page that the two get, and what an empty form answers, each with its name."""
    for who, browser in browsers(cast).items():
        for name in sorted(names_of(get_resolver().url_patterns)):
            address = reverse(name, kwargs=arguments.get(name))
            for method in ("GET", "POST"):
                before = transaction.savepoint()
                cookies = browser.cookies.output(header="")
                answer = browser.generic(method, address)
                browser.cookies = SimpleCookie(cookies)
                transaction.savepoint_rollback(before)
                if _is_page(answer):
                    yield f"{name} {method}, {who}", answer.content.decode()


def _is_page(answer: HttpResponseBase) -> bool:
    return answer.get("Content-Type", "").startswith("text/html") and not answer.streaming


@pytest.mark.django_db
@pytest.mark.embedded
def test_no_letter_of_any_page_is_left_unmarked(
    cast: SimpleNamespace, marked_language: None, record_property: Callable[[str, object], None]
) -> None:
    arguments = everything(cast)
    data = typed_by_people() | NAMES
    pages = dict(answers(cast, arguments))

    left = {
        text: name
        for name, page in pages.items()
        for text in Texts(page).found
        if unmarked(text, data=data)
    }
    assert left == {}

    record_property("told", ["marked language: {} pages, no letter unmarked", len(pages)])
