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
from zoneinfo import available_timezones

import pytest
from django.apps import apps
from django.db import models, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import get_resolver, reverse
from msgspec import to_builtins
from msgspec.structs import replace

import letterhead
from letterhead.billing.superbill.paper import superbill_pdf
from letterhead.claims.grid import Offset
from letterhead.claims.paper import pdf as claim_paper
from letterhead.details.models import Practitioner
from letterhead.details.public_card import initials_of
from letterhead.outbox.mail import post
from letterhead.outbox.models import Job
from letterhead.places.countries import US_STATES
from letterhead.practices.models import Membership
from letterhead.practices.roles import Role
from letterhead.ui.languages import speaking
from tests.billing.samples import SUPERBILL, logo
from tests.booking.samples import empty_caches
from tests.pdf import pages_of, pdf_text
from tests.pseudo import CODE, LANGUAGES, Texts, unmarked, write_language
from tests.test_who_may import arguments_of, names_of, people_of

# The same in every language: our name, codes of forms and of law, formats of files.
NAMES = frozenset("Letterhead CMS CSV PDF PNG JPEG WebP HEIC".split())
# Languages are called as those who speak them call them; stored codes stay as they are.
CALLED = frozenset(word for _, name in LANGUAGES for word in re.findall("[A-Za-z]+", name))
STORED = frozenset(Role.values)
ACTS = {"activity_activity"}  # whose phrases are translated where they are shown
PLACES = frozenset(
    word
    for name in (*US_STATES, *US_STATES.values(), *available_timezones())
    for word in re.findall(r"[A-Za-z]+", name)
)
DOCUMENTS = {"guide", "guide-page"}  # translated as whole files


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
    empty_caches()


def typed_by_people() -> frozenset[str]:
    """Every word that stands in the database because somebody typed it."""
    words: set[str] = set()
    for model in apps.get_models():
        if (
            model._meta.app_config.name.startswith("letterhead.")
            and model._meta.db_table not in ACTS
        ):
            texts = [field.attname for field in model._meta.concrete_fields if _is_typed(field)]
            for row in model._default_manager.all() if texts else ():
                typed = " ".join(str(getattr(row, text)) for text in texts)
                words.update(re.findall(r"[A-Za-z]{2,}", typed))
    words |= {word.upper() for word in words}  # as claims print them
    people = Practitioner.objects.values_list("first_name", "last_name")
    return frozenset(words | {initials_of(*names) for names in people} | PLACES)


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
        for name in sorted({*names_of(get_resolver().url_patterns)} - DOCUMENTS):
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
    data = typed_by_people() | NAMES | CALLED | STORED
    pages = dict(answers(cast, arguments))

    left = {
        text: name
        for name, page in pages.items()
        for text in Texts(page).found
        if unmarked(text, data=data)
    }
    assert left == {}

    record_property("told", ["marked language: {} pages, no letter unmarked", len(pages)])


class Something(int):
    """Whatever an email is told: it has every part, is empty of words, and there are seven."""

    def __getattr__(self, name: str) -> "Something":
        if name.startswith("_"):
            raise AttributeError(name)
        return Something(7)

    def __iter__(self) -> Iterator["Something"]:
        return iter([Something(7)])


class Told(dict[str, Any]):
    """A context in which everything is said."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> Something:
        return Something(7)


def emails() -> list[str]:
    """The names of all templates of emails."""
    package = Path(letterhead.__file__).parent
    found = package.glob("*/templates/**/mail/*.txt")
    return sorted(str(path.with_suffix("")).split("/templates/")[1] for path in found)


@pytest.mark.django_db
def test_no_letter_of_any_email_is_left_unmarked(
    marked_language: None, record_property: Callable[[str, object], None]
) -> None:
    for template in emails():
        post(to="dana@riverside.example", template=template, context=Told(), language=CODE)

    left = {}
    for job in Job.objects.filter(name="mail"):
        said = [job.values["subject"], job.values["text"], *Texts(job.values["html"]).found]
        for text in said:
            if found := unmarked(text, data=NAMES):
                left[text] = found
    assert left == {}
    record_property("told", ["marked language: {} emails, no letter unmarked", len(emails())])


def papers() -> dict[str, bytes]:
    """Every PDF with words of ours, in the marked language; the CMS-1500's own are its form's."""
    issued, draft = replace(SUPERBILL, language=CODE), replace(SUPERBILL, language=CODE, number="")
    with speaking(CODE):
        return {
            "superbill": superbill_pdf(issued, logo=logo(), signature=logo()),
            "draft": superbill_pdf(draft),
            "test page of a printer": claim_paper.test_page(Offset(1, 1), "7"),
        }


def test_no_letter_of_any_paper_is_left_unmarked(
    marked_language: None, record_property: Callable[[str, object], None]
) -> None:
    samples = "PO SIGNATURE ON FILE THE SPACES OF"  # what the test page shows in boxes of a claim
    typed = f"{to_builtins(SUPERBILL)} {samples}"
    data = NAMES | PLACES | frozenset(re.findall("[A-Za-z]{2,}", typed))
    made = papers()

    left = {
        name: found
        for name, pdf in made.items()
        for page in range(pages_of(pdf))
        if (found := unmarked(pdf_text(pdf, page), data=data))
    }
    assert left == {}
    record_property("told", ["marked language: {} PDFs, no letter unmarked", len(made)])
