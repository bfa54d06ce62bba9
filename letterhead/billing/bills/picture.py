"""A bill's pages as one picture, one below the other."""

import re
from collections.abc import Sequence

_SIZE = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)" width="[^"]*" height="[^"]*"')
_GAP = 14.0  # points between two pages


def picture_of(pages: Sequence[str]) -> str:
    """Return one SVG of pages that are SVGs themselves; between them it is transparent."""
    sizes = [(float(width), float(height)) for width, height in map(_size, pages)]
    across = max(width for width, _ in sizes)
    parts, top = [], 0.0
    for page, (width, height) in zip(pages, sizes, strict=True):
        place = f'x="{(across - width) / 2:g}" y="{top:g}" width="{width:g}" height="{height:g}"'
        view = f'viewBox="0 0 {width:g} {height:g}"'
        parts.append(_SIZE.sub(f"{view} {place}", page, count=1))
        top += height + _GAP
    size = f'viewBox="0 0 {across:g} {top - _GAP:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'


def _size(page: str) -> tuple[str, str]:
    found = _SIZE.search(page)
    if not found:
        raise ValueError("a page without a size")
    return found[1], found[2]
