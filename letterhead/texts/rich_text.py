"""Formatted text: whatever people type or paste becomes a little clean HTML."""

import re
import unicodedata
from collections import Counter, deque
from collections.abc import Iterable
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from typing import NamedTuple

import nh3

MOST_CHARACTERS = 5_000
MOST_HTML = 40_000  # with formatting; more takes the parser too long

_SCHEMES = {"http", "https", "mailto", "tel"}
_INLINE = {"strong", "em", "a"}
_WRITTEN = {"p", "h3", "h4", "ul", "ol", "li"} | _INLINE
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_LISTS = {"ul", "ol"}
_BREAKS = _HEADINGS | _LISTS | {
    *("p", "div", "li", "blockquote", "pre", "section", "article", "address", "center"),
    *("table", "tr", "dl", "dt", "dd", "hr", "header", "footer", "main", "aside", "figure"),
}  # fmt: skip
_READ = _BREAKS | _INLINE | {"b", "i", "br", "span", "td", "th"}
_DROPPED_WHOLE = {"script", "style", "title", "svg", "math"}
# HTML repeats one paragraph's open marks in each that follows, and marks with different attributes
# add up: 40 kB could become a gigabyte.
_MARKS = re.compile(
    r"<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])[^>]*>", re.IGNORECASE
)
# At the beginning of a property: Word writes mso-bidi-font-weight of letters in other scripts too.
_BOLD = re.compile(r"(?<![\w-])font-weight\s*:\s*(bold|1000|[6-9]\d\d)\b", re.IGNORECASE)
_NOT_BOLD = re.compile(r"(?<![\w-])font-weight\s*:\s*(normal|[1-5]\d\d)\b", re.IGNORECASE)
_ITALIC = re.compile(r"(?<![\w-])font-style\s*:\s*italic\b", re.IGNORECASE)
_NOT_ITALIC = re.compile(r"(?<![\w-])font-style\s*:\s*normal\b", re.IGNORECASE)
_PLAIN = {"b": _NOT_BOLD, "strong": _NOT_BOLD, "i": _NOT_ITALIC, "em": _NOT_ITALIC}
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\ufeff\ud800-\udfff\ufffe\uffff]")
_BULLET = re.compile(r"[•·▪◦‣]\s+")  # as Word writes lists
_LINE_OF_LIST = re.compile(r"(?:(?P<ul>[-*•])|(?P<ol>\d{1,3}[.)]))\s+")


class TooMuch(ValueError):
    """More HTML than we read: over MOST_HTML characters, typed or cleaned."""


class Run(NamedTuple):
    """Text with the same formatting."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""


class Line(NamedTuple):
    """A paragraph, a heading (h1 to h6) or one item of a list (ul, ol)."""

    kind: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The text without formatting."""
        return "".join(run.text for run in self.runs)


def clean_html(html: str) -> str:
    """Return typed or pasted HTML as paragraphs, headings, lists, bold, italic and links.

    Of everything else only the text is left, of scripts and styles nothing. Cleaning again changes
    nothing. Headings are h3 and h4, so that they fit under a section's h2. Lists are flat.
    Raises TooMuch.
    """
    if len(html) > MOST_HTML:
        raise TooMuch
    cleaned = _html_of(_lines_in(html))
    if len(cleaned) > MOST_HTML:
        raise TooMuch
    return cleaned


def from_plain_text(text: str, *, saved: str = "") -> str:
    """Return plain text as clean HTML: each line a paragraph; "- " and "1. " begin list items.

    A line that is unchanged from `saved`, the clean HTML so far, keeps its formatting.
    """
    before: dict[str, deque[Line]] = {}
    for written, line in _written(_lines_in(saved)):
        before.setdefault(written, deque()).append(line)
    lines = []
    for each in _UNSEEN.sub("", text).splitlines():
        words = " ".join(each.split())
        if words:
            same = before.get(words)
            lines.append(same.popleft() if same else _line_of(words))
    return _html_of(lines)


def as_plain_text(html: str) -> str:
    """Return clean HTML as people type it without formatting; `from_plain_text` reads it."""
    parts: list[str] = []
    for in_list, lines in groupby(_written(_lines_in(html)), key=lambda each: each[1].kind):
        parts.append(("\n" if in_list in _LISTS else "\n\n").join(text for text, _ in lines))
    return "\n\n".join(parts)


def length_of(html: str) -> int:
    """Return the number of characters a reader sees: no tags, and an emoji counts as one.

    `description.js` counts the same way.
    """
    return sum(_seen(line.text) for line in _lines_in(html))


def _seen(text: str) -> int:
    return sum(not _adds_nothing(each) for each in re.sub("\u200d.", "", text))


def _adds_nothing(character: str) -> bool:
    """Return whether it joins the character before, as an accent or a skin tone does."""
    joins = "\u1160" <= character <= "\u11ff" or "\U0001f3fb" <= character <= "\U0001f3ff"
    return joins or unicodedata.category(character).startswith("M")


def _lines_in(html: str) -> list[Line]:
    read = nh3.clean(
        _MARKS.sub(_bare, _UNSEEN.sub("", html)),
        tags=_READ,
        clean_content_tags=_DROPPED_WHOLE,
        attributes={"a": {"href"}, "span": {"style"}},
        filter_style_properties={"font-weight", "font-style"},
        url_schemes=_SCHEMES,
        url_relative="deny",
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(read)
    reader.close()
    return reader.finished()


def _bare(tag: re.Match[str]) -> str:
    """Remove a mark's attributes; one styled as plain text (Google Docs) becomes a span."""
    plain = _PLAIN.get(tag[1].lower())
    return "<span>" if plain and plain.search(tag[0]) else f"<{tag[1]}>"


class _Reader(HTMLParser):
    """Reads the well-formed HTML that nh3 returns as lines."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.runs: list[Run] = []
        self.heading = ""
        self.lists: list[str] = []
        self.marks: Counter[str] = Counter()
        self.spans: list[tuple[str, ...]] = []
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS or (tag == "br" and not self.heading and not self.lists):
            self._end_line()
        elif tag in {"br", "td", "th"}:
            self.handle_data(" ")
        if tag in _HEADINGS:
            self.heading = tag
        elif tag in _LISTS:
            self.lists.append(tag)
        elif tag == "span":
            self.spans.append(_marks_of_style(dict(attrs).get("style") or ""))
            self.marks.update(self.spans[-1])
        elif tag == "a":
            self.hrefs.append(dict(attrs).get("href") or "")
        else:
            self.marks.update(_marks_of_tag(tag))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self._end_line()
        if tag in _HEADINGS:
            self.heading = ""
        elif tag in _LISTS:
            self.lists.pop()
        elif tag == "span":
            self.marks.subtract(self.spans.pop())
        elif tag == "a":
            self.hrefs.pop()
        else:
            self.marks.subtract(_marks_of_tag(tag))

    def handle_data(self, data: str) -> None:
        marks = frozenset(mark for mark, times in self.marks.items() if times)
        self.runs.append(Run(data, marks, self.hrefs[-1] if self.hrefs else ""))

    def finished(self) -> list[Line]:
        """Return all lines, after everything was read."""
        self._end_line()
        return self.lines

    def _end_line(self) -> None:
        runs = _tidy(self.runs)
        self.runs = []
        if not runs:
            return
        kind = self.lists[0] if self.lists else self.heading or "p"
        if kind == "p" and (bullet := _BULLET.match(runs[0].text)):
            kind = "ul"
            runs = _tidy([runs[0]._replace(text=runs[0].text[bullet.end() :]), *runs[1:]])
        if runs:
            self.lines.append(Line(kind, runs))


def _marks_of_tag(tag: str) -> tuple[str, ...]:
    return {"b": ("strong",), "strong": ("strong",), "i": ("em",), "em": ("em",)}.get(tag, ())


def _marks_of_style(style: str) -> tuple[str, ...]:
    looks = (("strong", _BOLD), ("em", _ITALIC))
    return tuple(mark for mark, pattern in looks if pattern.search(style))


def _tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Collapse spaces, strip them at both ends, and join runs with the same formatting."""
    tidy: list[Run] = []
    for run in runs:
        text = re.sub(r"\s+", " ", run.text)
        if not tidy or tidy[-1].text.endswith(" "):
            text = text.removeprefix(" ")
        if not text:
            continue
        if tidy and tidy[-1][1:] == run[1:]:
            tidy[-1] = tidy[-1]._replace(text=tidy[-1].text + text)
        else:
            tidy.append(run._replace(text=text))
    if tidy and tidy[-1].text.endswith(" "):
        last = tidy.pop()
        if last.text != " ":
            tidy.append(last._replace(text=last.text.removesuffix(" ")))
    return tuple(tidy)


def _html_of(lines: list[Line]) -> str:
    """Return lines as HTML; nh3 cleans it last, and adds `rel` to links."""
    parts: list[str] = []
    for kind, group in groupby(_with_heading_levels(lines), key=lambda line: line.kind):
        item = "li" if kind in _LISTS else kind
        inner = "".join(f"<{item}>{_html_of_runs(line.runs)}</{item}>" for line in group)
        parts.append(f"<{kind}>{inner}</{kind}>" if kind in _LISTS else inner)
    return nh3.clean(
        "".join(parts),
        tags=_WRITTEN,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        url_relative="deny",
        link_rel="nofollow noopener",
    )


def _with_heading_levels(lines: list[Line]) -> Iterable[Line]:
    """Turn h1 to h6 into h3 and h4; the first is an h3, so that no level is skipped."""
    top = min((line.kind for line in lines if line.kind in _HEADINGS), default="")
    begun = False
    for line in lines:
        if line.kind not in _HEADINGS:
            yield line
            continue
        level = "h3" if line.kind == top or not begun else "h4"
        begun = True
        yield line._replace(kind=level)


def _html_of_runs(runs: tuple[Run, ...]) -> str:
    parts: list[str] = []
    for href, linked in groupby(runs, key=lambda run: run.href):
        words = list(linked)
        inner = "".join(map(_html_of_run, words))
        named = any(run.text.strip() for run in words)
        parts.append(f'<a href="{escape(href)}">{inner}</a>' if href and named else inner)
    return "".join(parts)


def _html_of_run(run: Run) -> str:
    html = escape(run.text, quote=False)
    for mark in ("em", "strong"):
        html = f"<{mark}>{html}</{mark}>" if mark in run.marks else html
    return html


def _written(lines: list[Line]) -> Iterable[tuple[str, Line]]:
    """Yield each line with its plain text; items of numbered lists count from 1."""
    for kind, group in groupby(lines, key=lambda line: line.kind):
        for number, line in enumerate(group, start=1):
            mark = {"ul": "- ", "ol": f"{number}. "}.get(kind, "")
            yield mark + line.text, line


def _line_of(words: str) -> Line:
    if mark := _LINE_OF_LIST.match(words):
        kind = "ul" if mark["ul"] else "ol"
        return Line(kind, (Run(words[mark.end() :]),))
    return Line("p", (Run(words),))
