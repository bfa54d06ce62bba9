"""The guide: the Markdown files of guide_pages as pages, in one order."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

if TYPE_CHECKING:
    from markdown_it.token import Token

FOLDER = Path(__file__).parent / "guide_pages"
START = "index"
CONTENTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("First steps", (START,)),
    (
        "My Details",
        (
            *("general-details", "contact-email", "signature", "profile-photo"),
            *("provider-description", "about-me", "user-access", "two-factor", "sessions"),
            *("preferences", "notifications", "where-it-appears"),
        ),
    ),
    ("The practice", ("account-settings", "user-management", "activity", "public-card")),
    ("Calendar", ("calendar", "availability", "online-booking")),
    ("Clients and bills", ("clients-and-visits", "superbills")),
    ("Claims to payers in the United States", ("claim-readiness", "cms-1500")),
)
_LINK_TO_PAGE = re.compile(r"([a-z0-9-]+)\.md(#.*)?")


class NoSuchPage(Exception):
    """The guide has no page of that name."""


@dataclass(frozen=True)
class GuidePage:
    """A page of the guide; `html` is made from Markdown in which HTML counts as text."""

    name: str
    title: str
    url: str
    html: SafeString


def page_named(name: str) -> GuidePage:
    """Give a page. Raises NoSuchPage."""
    if name not in pages():
        raise NoSuchPage
    return pages()[name]


def contents() -> tuple[tuple[str, tuple[GuidePage, ...]], ...]:
    """Give the pages by subject, in the order in which they are read."""
    return tuple((subject, tuple(pages()[name] for name in names)) for subject, names in CONTENTS)


def beside(page: GuidePage) -> tuple[GuidePage | None, GuidePage | None]:
    """Give the pages that are read before and after one."""
    row = [None, *pages().values(), None]
    here = row.index(page)
    return row[here - 1], row[here + 1]


@cache
def pages() -> dict[str, GuidePage]:
    """Read the whole guide, once."""
    return {name: _read(name) for name in chain(*(names for _, names in CONTENTS))}


def url_of(name: str) -> str:
    """Give the address of a page."""
    return reverse("guide") if name == START else reverse("guide-page", args=[name])


def _read(name: str) -> GuidePage:
    title, html = rendered((FOLDER / f"{name}.md").read_text(encoding="utf-8"))
    return GuidePage(name, title, url_of(name), html)


def rendered(text: str) -> tuple[str, SafeString]:
    """Give the first heading of a Markdown text, and the text as HTML.

    HTML in it is shown, not obeyed; links to other files of the guide lead to their pages.
    """
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    for opening, inside in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", slugify(_plain(inside)))
    for token in chain(*(token.children or () for token in tokens)):
        if token.type == "link_open":
            token.attrSet("href", _address(str(token.attrGet("href"))))
    html = markdown.renderer.render(tokens, markdown.options, {})
    title = next((_plain(t) for h, t in pairwise(tokens) if h.tag == "h1"), "")
    return title, mark_safe(html)  # noqa: S308  # the renderer escapes all that is not Markdown


def _plain(inline: "Token") -> str:
    return "".join(child.content for child in inline.children or ())


def _address(href: str) -> str:
    link = _LINK_TO_PAGE.fullmatch(href)
    return f"{url_of(link[1])}{link[2] or ''}" if link else href
