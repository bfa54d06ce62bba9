"""What differs between two texts, inside `<mark>`: for pages that show a change before it is saved.

All results are escaped.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


def marked(now: str, was: str | None) -> SafeString:
    """Return `now` with the words that differ from `was` inside `<mark>`; None counts as empty."""
    if now == was:
        return escape(now)
    if not was:
        return _mark(now)
    words = now.split(" ")
    runs = SequenceMatcher(None, _bare(was.split(" ")), _bare(words), autojunk=False).get_opcodes()
    parts = [
        (escape if how == "equal" else _mark)(" ".join(words[first:last]))
        for how, _, _, first, last in runs
        if first < last
    ]
    html = mark_safe(" ".join(parts))  # noqa: S308 (each part is escaped)
    # if words were only removed, or only a comma added, there is no single word to mark
    return html if "<mark>" in html else _mark(now)


def marked_values(now: Any, was: Any) -> Any:
    """Do the same for texts in lists and mappings: lists by entry, mappings by key."""
    if isinstance(now, str):
        return marked(now, was)
    if isinstance(now, Mapping):
        return {key: marked_values(value, (was or {}).get(key)) for key, value in now.items()}
    return [marked_values(entry, before) for entry, before in _paired(now, was or [])]


def _paired(now: Sequence[Any], was: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Pair each entry with the one that was there before, or None."""
    if isinstance(now, tuple):
        yield from zip_longest(now, was)
        return
    runs = SequenceMatcher(None, [*map(repr, was)], [*map(repr, now)], autojunk=False)
    for _, before, until, first, last in runs.get_opcodes():
        for n, entry in enumerate(now[first:last], before):
            yield entry, was[n] if n < until else None


def _bare(words: list[str]) -> list[str]:
    """Drop the comma after each word: it comes and goes with the next word."""
    return [word.rstrip(",;") or word for word in words]


def _mark(text: str) -> SafeString:
    bare = text.rstrip(",;") or text
    rest = text[len(bare) :]
    return mark_safe(f"<mark>{escape(bare)}</mark>{rest}") if text else SafeString()  # noqa: S308
