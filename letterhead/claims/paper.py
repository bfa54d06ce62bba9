"""Claims on paper: values on the print grid, alone or over the drawn form. Same input, same bytes.

Line 1 of the grid has its baseline 34 pt from the top, column 1 begins 26 pt from the left;
six lines and ten columns to the inch. Tried against forms drawn to the 02/12's measures.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from io import BytesIO
from typing import BinaryIO, NamedTuple

from reportlab.lib.pagesizes import LETTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from letterhead.billing.contents import Contents
from letterhead.claims.cms1500 import fill
from letterhead.claims.form_drawing import draw_form
from letterhead.claims.grid import BOXES, Key

WIDTH, HEIGHT = LETTER
LEFT, TOP = 26.0, 22.0  # of column 1; of line 0's baseline
COLUMN, LINE = 7.2, 12.0
FONT, FONT_SIZE = "Courier", 12


class Offset(NamedTuple):
    """How far a printer's values are moved to meet the pre-printed boxes, in millimetres."""

    right_mm: Decimal | float = 0
    down_mm: Decimal | float = 0


NO_OFFSET = Offset()


def data_only(contents: Contents, *, offset: Offset = NO_OFFSET) -> bytes:
    """Print the values alone, for the red pre-printed form. Raises cms1500.DoesNotFit."""
    return print_forms(fill(contents), offset=offset)


def readable(contents: Contents) -> bytes:
    """Print the values in drawn boxes with captions, for people. Raises cms1500.DoesNotFit."""
    return print_forms(fill(contents), drawn=True)


def print_forms(
    forms: Iterable[Mapping[Key, str]], *, drawn: bool = False, offset: Offset = NO_OFFSET
) -> bytes:
    """Print filled forms, one a page, and give the PDF."""
    out = BytesIO()
    paper = Paper(out, drawn=drawn, offset=offset)
    for form in forms:
        paper.add(form)
    paper.close()
    return out.getvalue()


class Paper:
    """A PDF of claims that is written form by form."""

    def __init__(self, out: BinaryIO, *, drawn: bool = False, offset: Offset = NO_OFFSET) -> None:
        self.drawn = drawn
        self.right, self.down = float(offset.right_mm) * mm, float(offset.down_mm) * mm
        self.canvas = Canvas(out, pagesize=LETTER, invariant=1, pageCompression=1)
        self.canvas.setTitle("CMS-1500 (02/12)")
        self.pages = 0
        if drawn:
            self.canvas.beginForm("form", 0, 0, WIDTH, HEIGHT)
            draw_form(self.canvas)
            self.canvas.endForm()

    def add(self, form: Mapping[Key, str]) -> None:
        """Add one page."""
        if self.drawn:
            self.canvas.doForm("form")
        text = self.canvas.beginText()
        text.setFont(FONT, FONT_SIZE)
        for line, columns in sorted(_lines(form).items()):
            first, row = _row(columns)
            x = LEFT + COLUMN * (first - 1) + self.right
            text.setTextOrigin(x, HEIGHT - TOP - LINE * line - self.down)
            text.textOut(row)
        self.canvas.drawText(text)
        self.canvas.showPage()
        self.pages += 1

    def close(self) -> None:
        """Write what is left."""
        self.canvas.save()


def _lines(form: Mapping[Key, str]) -> dict[int, list[tuple[int, str]]]:
    """The values of each printed line with the columns where they begin."""
    lines: dict[int, list[tuple[int, str]]] = {}
    for key, text in form.items():
        _, _, line, column, width, align = BOXES[key]
        if align == "right":
            column += width - len(text)
        lines.setdefault(line, []).append((column, text))
    return lines


def _row(columns: list[tuple[int, str]]) -> tuple[int, str]:
    """One line's values joined by as many blanks as lie between, and its first column."""
    columns.sort()
    first = end = columns[0][0]
    parts = []
    for column, text in columns:
        parts += [" " * (column - end), text]
        end = column + len(text)
    return first, "".join(parts)
