"""A language in which every translated letter is marked: what is not, nobody can translate.

Each letter of a text becomes one that no English word holds (Save → Šáʋé); what stands between
tags and in placeholders stays. Our texts, Django's and allauth's are marked alike.
"""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import allauth
import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tools.messages import catalog as our_catalog

CODE = "xx"
LANGUAGES = [("en-us", "English (United States)"), (CODE, "Marked")]

_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MARKED = "áƀçďéƒğħíĵķłṁñóþðřšţúʋŵχýžÁɃÇĎÉΦĞĦÍĴĶŁṀÑÓÞÐŘŠŢÚΩŴΞÝŽ"
_MARK = str.maketrans(_PLAIN, _MARKED)
_STAYS = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]*>|&\w+;)")
_SPOKEN = ("alt", "aria-label", "placeholder", "title")


def marked(text: str) -> str:
    """Mark every letter of a text but those of placeholders and tags."""
    parts = _STAYS.split(text)
    return "".join(part if at % 2 else part.translate(_MARK) for at, part in enumerate(parts))


def write_language(folder: Path) -> int:
    """Write the language below `folder`, as settings.LOCALE_PATHS want it; give its texts."""
    language = Catalog(locale=None, charset="utf-8")
    for source in (our_catalog(), *map(_read, _catalogs_of_others())):
        for message in source:
            if message.id:
                language.add(message.id, _marked(message.id), context=message.context)
    place = folder / CODE / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "django.mo").open("wb") as file:
        write_mo(file, language)
    return len(language)


def _marked(message: Any) -> str | tuple[str, ...]:
    return marked(message) if isinstance(message, str) else tuple(map(marked, message))


def _catalogs_of_others() -> list[Path]:
    packages = (Path(str(package.__file__)).parent for package in (django, allauth))
    found = [path for package in packages for path in package.rglob("locale/en/**/django.po")]
    assert len(found) > 2
    return found


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


class Texts(HTMLParser):
    """The texts of a page that a person sees or hears, but for what says translate="no"."""

    _SILENT = frozenset({"script", "style", "svg", "code", "kbd"})
    _EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr", "path"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent: list[bool] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what a tag says of itself."""
        values = {name: value or "" for name, value in attrs}
        silent = tag in self._SILENT or values.get("translate") == "no"
        if tag not in self._EMPTY:
            self._silent.append(silent)
        if silent or any(self._silent):
            return
        says = [values.get(name, "") for name in _SPOKEN]
        if tag == "input" and values.get("type") in {"submit", "button"}:
            says.append(values.get("value", ""))
        if tag == "meta" and values.get("name") == "description":
            says.append(values.get("content", ""))
        says += [text for name, text in values.items() if name.startswith("data-") and " " in text]
        self.found += filter(None, says)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag that holds nothing."""
        self.handle_starttag(tag, attrs)
        if tag not in self._EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Hear again after what is silent; our pages close what they open."""
        if tag not in self._EMPTY and self._silent:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        """Take what stands between tags."""
        if data.strip() and not any(self._silent):
            self.found.append(data.strip())


def unmarked(text: str, *, data: frozenset[str]) -> list[str]:
    """The words of a text that are neither marked nor data."""
    words = re.findall(r"[A-Za-z]{2,}", _STAYS.sub(" ", text))
    return [word for word in words if word not in data]
