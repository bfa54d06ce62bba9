"""Parts of the drawn CMS-1500 as SVG: the drawing of the paper, drawn with another pen.

Presentation attributes and classes only, for the content policy; colors come from the style
sheet. Measures are points from the upper left of the page, as on the print grid.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from letterhead.claims.grid import BOXES
from letterhead.claims.paper.drawing import (
    BELOW,
    COLUMN,
    EDGES,
    HEIGHT,
    LINE,
    WIDTH,
    baseline_of,
    draw_form,
    x_of,
)
from letterhead.claims.texts import Printed, seen

_LEFT, _MIDDLE, _RIGHT = EDGES
_FIRST_LINE, _LAST_LINE = 41, 62
_RIM = 1.0  # around the outline
_ROW_NUMBERS = 11.0  # room left of the outline for the numbers of the service lines


class Part(NamedTuple):
    """A rectangle of the form: its edges in columns, and where its picture begins and ends."""

    slug: str
    items: Promise
    first: float
    last: float
    x: float
    width: float
    y: float = HEIGHT - baseline_of(_FIRST_LINE - 1) + BELOW - _RIM
    height: float = LINE * (_LAST_LINE - _FIRST_LINE + 1) + 2 * _RIM

    @property
    def view(self) -> str:
        """The viewBox."""
        return f"{self.x:.1f} {self.y:.1f} {self.width:.1f} {self.height:.1f}"

    def holds(self, line: int, column: float) -> bool:
        """Whether what prints there belongs to this part."""
        return _FIRST_LINE <= line <= _LAST_LINE and self.first <= column < self.last

    def shows(self, x1: float, y1: float, x2: float, y2: float) -> bool:
        """Whether any of a rectangle shows in this part."""
        across = x2 >= self.x and x1 <= self.x + self.width
        return across and y2 >= self.y and y1 <= self.y + self.height


PAGE = Part("page", _("1 to 33"), _LEFT, _RIGHT, 0.0, WIDTH, 0.0, HEIGHT)
_LEFT_X = x_of(_LEFT) - _ROW_NUMBERS
_MIDDLE_X = x_of(_MIDDLE)
PARTS = (
    Part("left", _("24A to 24E, 25 to 27, 31 and 32"), _LEFT, _MIDDLE, _LEFT_X,
         _MIDDLE_X - _LEFT_X + 0.3),
    Part("right", _("24F to 24J, 28, 29 and 33"), _MIDDLE, _RIGHT, _MIDDLE_X,
         x_of(_RIGHT) - _MIDDLE_X + _RIM),
)  # fmt: skip


_BLANKS = re.compile("^ | (?= )")


def text(x: float, y: float, words: str, **attributes: object) -> str:
    """A text element; everything in it is escaped."""
    return f'<text x="{x:.1f}" y="{y:.1f}"{_written(attributes)}>{escape(words)}</text>'


def value(printed: Printed, **attributes: object) -> str:
    """A value as pages show it, in the characters of the print grid, where it prints.

    Blanks that XML would close up, at the front and in a row, are there as no-break spaces.
    """
    found, words = BOXES[printed.key], _BLANKS.sub("\N{NO-BREAK SPACE}", seen(printed))
    column = found.column + (found.width - len(words) if found.align == "right" else 0)
    y, length = HEIGHT - baseline_of(found.line), f"{COLUMN * len(words):.1f}"
    return text(x_of(column), y, words, **attributes, textLength=length)


def box(line: int, column: int, characters: int, **attributes: object) -> str:
    """A rectangle behind so many characters of the print grid."""
    y, width = HEIGHT - baseline_of(line) - 9.2, COLUMN * characters
    at = f'x="{x_of(column):.1f}" y="{y:.1f}" width="{width:.1f}" height="12"'
    return f"<rect {at}{_written(attributes)}/>"


def _written(attributes: Mapping[str, object]) -> str:
    """Attributes by their names in Python: class_ is class, font_size is font-size."""
    names = {name: name.rstrip("_").replace("_", "-") for name in attributes}
    return "".join(f' {names[name]}="{value}"' for name, value in attributes.items())


@cache
def drawing(part: Part) -> str:
    """The boxes and captions of a part, drawn once."""
    pen = _SvgPen(part)
    draw_form(pen)
    return pen.svg()


class _SvgPen:
    """Collects what is drawn of a part: lines in few paths, shades and texts as they come."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.size, self.bold, self.width, self.dashed = 0.0, False, 0.0, False
        self.rules: dict[tuple[float, bool], list[str]] = {}
        self.shades: list[str] = []
        self.texts: list[str] = []

    def svg(self) -> str:
        dashes = ' stroke-dasharray="1 1.5"'
        paths = "".join(
            f'<path d="{"".join(rules)}" stroke-width="{width}"{dashes if dashed else ""}/>'
            for (width, dashed), rules in self.rules.items()
        )
        shades = "".join(self.shades)
        return (
            '<g class="form" stroke="none" fill="currentColor">'
            f'<g fill-opacity=".12">{shades}</g>'
            f'<g fill="none" stroke="currentColor">{paths}</g>{"".join(self.texts)}</g>'
        )

    def setFont(self, name: str, size: float) -> None:
        self.size, self.bold = size, name.endswith("-Bold")

    def setFillColor(self, color: str) -> None:
        """Colors are the style sheet's."""

    def setStrokeColor(self, color: str) -> None:
        """Colors are the style sheet's."""

    def setLineWidth(self, width: float) -> None:
        self.width = width

    def setDash(self, *pattern: float) -> None:
        self.dashed = bool(pattern)

    def drawString(self, x: float, y: float, words: str) -> None:
        self._text(x, y, words, x + self.size * len(words) * 0.6)

    def drawCentredString(self, x: float, y: float, words: str) -> None:
        self._text(x, y, words, x, text_anchor="middle")

    def drawRightString(self, x: float, y: float, words: str) -> None:
        self._text(x, y, words, x, text_anchor="end")

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        y1, y2 = HEIGHT - y1, HEIGHT - y2
        if self.part.shows(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)):
            self._rule(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}")

    def rect(
        self, x: float, y: float, width: float, height: float, stroke: int = 1, fill: int = 0
    ) -> None:
        top = HEIGHT - y - height
        if not self.part.shows(x, top, x + width, top + height):
            return
        if fill:
            size = f'width="{width:.1f}" height="{height:.1f}"'
            self.shades.append(f'<rect x="{x:.1f}" y="{top:.1f}" {size}/>')
        else:
            self._rule(f"M{x:.1f} {top:.1f}h{width:.1f}v{height:.1f}h-{width:.1f}z")

    def _rule(self, path: str) -> None:
        self.rules.setdefault((self.width, self.dashed), []).append(path)

    def _text(self, x: float, y: float, words: str, end: float, **more: object) -> None:
        top = HEIGHT - y
        if words and self.part.shows(x, top - self.size, end, top):
            weight = {"font_weight": "bold"} if self.bold else {}
            self.texts.append(text(x, top, words, font_size=self.size, **weight, **more))
