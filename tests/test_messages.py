"""The message catalog: what translators get, and that it goes stale when a text does."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tools import messages

TEMPLATE = """
{% load i18n %}
    <p title="{% translate "Opens in a new tab" %}">{# a note #}
  {% blocktranslate trimmed with name=client.name %}
    It's {{ name }}'s <b>"superbill"</b>
  {% endblocktranslate %}
{% blocktranslate count n=n %}One visit{% plural %}{{ n }} visits{% endblocktranslate %}
{% include "ui/help.html" with label=_("Save") %}
"""
CODE = """
from django.utils.translation import gettext, gettext_lazy as _, ngettext

LABEL = _("Last name")


def said(count: int) -> str:
    return gettext("Saved") + ngettext("%(n)s row", "%(n)s rows", count) % {"n": count}
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of one module and one template, with its catalog."""
    pages = tmp_path / "letterhead" / "room" / "templates" / "room"
    pages.mkdir(parents=True)
    (pages / "page.html").write_text(TEMPLATE)
    (tmp_path / "letterhead" / "room" / "forms.py").write_text(CODE)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "PACKAGE", tmp_path / "letterhead")
    monkeypatch.setattr(messages, "CATALOG", tmp_path / "letterhead" / "locale" / "django.pot")
    messages.main([])
    return tmp_path


def test_the_catalog_holds_the_texts_of_templates_and_of_code(package: Path) -> None:
    texts = {message.id for message in messages.catalog() if message.id}

    assert texts == {
        "Opens in a new tab",
        "It's %(name)s's <b>\"superbill\"</b>",
        ("One visit", "%(n)s visits"),
        "Save",
        "Last name",
        "Saved",
        ("%(n)s row", "%(n)s rows"),
    }


def test_a_catalog_just_written_is_not_stale(package: Path) -> None:
    assert messages.main(["--check"]) == 0


def test_a_new_text_makes_the_catalog_stale(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (package / "letterhead" / "room" / "forms.py").write_text(CODE.replace("Last name", "Name"))

    assert messages.main(["--check"]) == 1
    assert "letterhead/locale/django.pot" in capsys.readouterr().out


def test_a_text_that_moves_by_some_lines_leaves_the_catalog_as_it_is(package: Path) -> None:
    (package / "letterhead" / "room" / "forms.py").write_text(f"\n\n\n{CODE}")

    assert messages.main(["--check"]) == 0


def test_a_translation_is_compiled_and_a_changed_one_is_stale(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = package / "letterhead" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    texts.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "POT-Creation-Date: 2026-11-30 12:00+0000\\n"\n\n'
    texts.write_text(f'{head}msgid "Save"\nmsgstr "Enregistrer"\n', encoding="utf-8")
    assert messages.main(["--check"]) == 1

    messages.main([])

    assert b"Enregistrer" in texts.with_suffix(".mo").read_bytes()
    assert messages.main(["--check"]) == 0
    texts.write_text(f'{head}msgid "Save"\nmsgstr "Sauver"\n', encoding="utf-8")
    assert messages.main(["--check"]) == 1
    assert "letterhead/locale/fr/LC_MESSAGES/django.mo" in capsys.readouterr().out


def test_our_translations_are_compiled_and_translate_only_texts_that_there_are() -> None:
    ours = {message.id for message in messages.catalog()}

    paths = messages.translations()

    assert {path.parent.parent.name for path in paths} == {"de", "fr"}
    for path in paths:
        assert path.with_suffix(".mo").read_bytes() == messages.compiled(path)
        with path.open("rb") as file:
            translated = [message for message in read_po(file) if message.id]
        assert [message.id for message in translated if message.id not in ours] == []
        assert all(message.string and not message.fuzzy for message in translated)
        assert [*filter(None, (list(message.check()) for message in translated))] == []
