"""Claims on paper: values on the print grid, alone or over the drawn form. Same input, same bytes.

Line 1 of the grid has its baseline 34 pt from the top, column 1 begins 26 pt from the left;
six lines and ten columns to the inch. Tried against forms drawn to the 02/12's measures.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _
from reportlab import rl_config
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from letterhead.billing.contents import Contents
from letterhead.claims.cms1500 import fill
from letterhead.claims.grid import BOXES, NO_OFFSET, Key, Offset
from letterhead.claims.paper.alignment import draw_test_page
from letterhead.claims.paper.drawing import COLUMN, FONTS, HEIGHT, LEFT, LINE, TOP, draw_form

FONT, FONT_SIZE = "Courier", 12

# Streams stay binary: writing them as text took a third of a page's time.
rl_config.useA85 = 0


def data_only(contents: Contents, *, offset: Offset = NO_OFFSET) -> bytes:
    """Print the values alone, for the red pre-printed form. Raises cms1500.DoesNotFit."""
    return print_forms(fill(contents), offset=offset)


def readable(contents: Contents) -> bytes:
    """Print the values in drawn boxes with captions, for people. Raises cms1500.DoesNotFit."""
    mark = contents.number or "Draft, not issued"  # in the form's language, which is English
    return print_forms(fill(contents), drawn=True, mark=mark)


def print_forms(
    forms: Sequence[Mapping[Key, str]],
    *,
    drawn: bool = False,
    offset: Offset = NO_OFFSET,
    mark: str = "",
) -> bytes:
    """The PDF of filled forms, one a page. Drawn ones have `mark` in their heading."""
    out = BytesIO()
    paper = Paper(out, drawn=drawn, offset=offset)
    for number, form in enumerate(forms, 1):
        paper.add(form, mark=f"{mark}, form {number} of {len(forms)}" if forms[1:] else mark)
    paper.close()
    return out.getvalue()


def test_page(offset: Offset, printer_name: str) -> bytes:
    """Print crosses at the grid's corners and rulers, moved by the printer's offset.

    Laid over a pre-printed form, the crosses show how far the printer is off.
    """
    out = BytesIO()
    canvas = Canvas(out, pagesize=LETTER, invariant=1, pageCompression=1)
    canvas.setTitle(_("Test page for pre-printed forms"))
    canvas.translate(float(offset.right_mm) * mm, -float(offset.down_mm) * mm)
    draw_test_page(canvas, printer_name, float(offset.right_mm), float(offset.down_mm))
    canvas.showPage()
    canvas.save()
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
            self.canvas.beginForm("form", 0, 0, *LETTER)
            for font in FONTS:  # in this order, which gives them the names the drawing uses
                self.canvas.setFont(font, FONT_SIZE)
            self.canvas._code.extend(_drawing())
            self.canvas.endForm()

    def add(self, form: Mapping[Key, str], *, mark: str = "") -> None:
        """Add one page; a drawn one says `mark` below its heading."""
        if self.drawn:
            self.canvas.doForm("form")
            self.canvas.setFont("Helvetica-Bold", 8)
            self.canvas.drawString(LEFT, HEIGHT - TOP - LINE * 4.5, mark)
        text = self.canvas.beginText()
        text.setFont(FONT, FONT_SIZE)
        text._code.extend(self._operators(form))
        self.canvas.drawText(text)
        self.canvas.showPage()
        self.pages += 1

    def _operators(self, form: Mapping[Key, str]) -> Iterator[str]:
        """Each line's place and text. Nothing is escaped: `fill` lets no such character through."""
        for line, columns in sorted(_lines(form).items()):
            first, row = _row(columns)
            x = LEFT + COLUMN * (first - 1) + self.right
            y = HEIGHT - TOP - LINE * line - self.down
            yield f"1 0 0 1 {x:.2f} {y:.2f} Tm ({row}) Tj"

    def close(self) -> None:
        """Write what is left."""
        self.canvas.save()


@cache
def _drawing() -> tuple[str, ...]:
    """The form's drawing operators, made once: drawing it costs as much as ten pages."""
    canvas = Canvas(BytesIO(), pagesize=LETTER, invariant=1)
    draw_form(canvas)
    return tuple(canvas._code)


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
