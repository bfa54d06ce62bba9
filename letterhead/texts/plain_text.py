"""The text of a description without its markup. Pure."""

import re
from html import unescape

from django.utils.html import strip_tags

_BLOCK_ENDS = re.compile(r"</(?:p|h[1-6]|li|ul|ol)>|<br\s*/?>")


def text_lines(html: str) -> list[str]:
    """Return the text of clean HTML, a line for each paragraph, heading and item."""
    blocks = _BLOCK_ENDS.sub("\v", " ".join(html.split())).split("\v")
    lines = (" ".join(unescape(strip_tags(block)).split()) for block in blocks)
    return [line for line in lines if line]


def plain_text(html: str) -> str:
    """Return the text of clean HTML on one line."""
    return " ".join(text_lines(html))


def first_lines(html: str, *, most: int = 160) -> str:
    """Return the start of the text of clean HTML, at most `most` characters, cut between words."""
    text = plain_text(html)
    if len(text) <= most:
        return text
    whole = text[: most - 1].rpartition(" ")[0] or text[: most - 1]
    return whole.rstrip(",;:. ") + "…"
