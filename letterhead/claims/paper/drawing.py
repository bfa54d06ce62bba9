"""The CMS-1500 (02/12) drawn for people: its boxes, with captions in our own words.

The captions aren't translated: they stand for what is pre-printed on a United States form, which
is in English for everyone.

Everything is placed by the print grid, so that a value and its box can't part: a box reaches
from column to column (halves lie between two characters) and from line to line.
"""

from typing import NamedTuple, Protocol

from letterhead.claims.grid import BOXES, LETTERS, LINES_PER_FORM

WIDTH, HEIGHT = 612.0, 792.0  # Letter, in points
LEFT, TOP = 26.0, 22.0  # of column 1; of line 0's baseline, from the upper edge
COLUMN, LINE = 7.2, 12.0
FONTS = ("Helvetica", "Helvetica-Bold")

_INK, _SHADE = "#9c1c26", "#f6e3e1"
BELOW = 3.0  # from a baseline to the rule under it
_L, _C, _R, _E = 0.4, 29.5, 49.5, 80.5  # left edge, center, right part, right edge
EDGES = _L, _R, _E
_R17 = 49.95  # 17a reaches to column 49
_CAPTION, _SMALL = 5.8, 5.0


class Cell(NamedTuple):
    """A box: columns of its left and right edge, its last line, how many lines, its caption."""

    left: float
    right: float
    line: float
    lines: float
    caption: str = ""


class Pen(Protocol):
    """What draws the form: a page of a PDF, or an SVG. The measures are a PDF's, from below."""

    def setFont(self, name: str, size: float) -> None: ...
    def setFillColor(self, color: str) -> None: ...
    def setStrokeColor(self, color: str) -> None: ...
    def setLineWidth(self, width: float) -> None: ...
    def setDash(self, *pattern: float) -> None: ...
    def drawString(self, x: float, y: float, text: str) -> None: ...
    def drawCentredString(self, x: float, y: float, text: str) -> None: ...
    def drawRightString(self, x: float, y: float, text: str) -> None: ...
    def line(self, x1: float, y1: float, x2: float, y2: float) -> None: ...
    def rect(
        self, x: float, y: float, width: float, height: float, stroke: int = 1, fill: int = 0
    ) -> None: ...


def x_of(column: float) -> float:
    """Where a column begins, in points from the left edge of the page."""
    return LEFT + COLUMN * (column - 1)


def baseline_of(line: float) -> float:
    """A line's baseline, in points from the lower edge of the page."""
    return HEIGHT - TOP - LINE * line


_CELLS = (
    Cell(_L, _R, 8, 2, "1  Kind of coverage"),
    Cell(_R, _E, 8, 2, "1a  Insured's ID number"),
    Cell(_L, _C, 10, 2, "2  Client's name (last, first, middle initial)"),
    Cell(_C, _R, 10, 2, "3  Client's birth date"),
    Cell(_R, _E, 10, 2, "4  Insured's name (last, first, middle initial)"),
    Cell(_L, _C, 12, 2, "5  Client's address (street)"),
    Cell(_C, _R, 12, 2, "6  Client is the insured's"),
    Cell(_R, _E, 12, 2, "7  Insured's address (street)"),
    Cell(_L, 25.5, 14, 2, "City"),
    Cell(25.5, _C, 14, 2, "State"),
    Cell(_C, _R, 16, 4, "8  Reserved"),
    Cell(_R, 73.5, 14, 2, "City"),
    Cell(73.5, _E, 14, 2, "State"),
    Cell(_L, 13.5, 16, 2, "ZIP code"),
    Cell(13.5, _C, 16, 2, "Phone, with area code"),
    Cell(_R, 63.5, 16, 2, "ZIP code"),
    Cell(63.5, _E, 16, 2, "Phone, with area code"),
    Cell(_L, _C, 18, 2, "9  Other insured's name (last, first, middle initial)"),
    Cell(_C, _R, 18, 2, "10  Is the condition related to"),
    Cell(_R, _E, 18, 2, "11  Insured's policy group or FECA number"),
    Cell(_L, _C, 20, 2, "a  Other insured's policy or group number"),
    Cell(_C, _R, 20, 2, "a  Employment, now or before"),
    Cell(_R, _E, 20, 2, "a  Insured's birth date"),
    Cell(_L, _C, 22, 2, "b  Reserved"),
    Cell(_C, _R, 22, 2, "b  Auto accident"),
    Cell(_R, _E, 22, 2, "b  Other claim ID (qualifier, number)"),
    Cell(_L, _C, 24, 2, "c  Reserved"),
    Cell(_C, _R, 24, 2, "c  Other accident"),
    Cell(_R, _E, 24, 2, "c  Insurance plan or program name"),
    Cell(_L, _C, 26, 2, "d  Other insurance plan or program name"),
    Cell(_C, _R, 26, 2, "10d  Claim codes"),
    Cell(_R, _E, 26, 2, "d  Is there another health benefit plan?"),
    Cell(_L, _R, 30, 4, "12  Client's or authorized person's signature: releases what is needed"),
    Cell(_R, _E, 30, 4, "13  Insured's signature: pays benefits to the provider"),
    Cell(_L, _C, 32, 2, "14  Date of illness, injury or LMP"),
    Cell(_C, _R, 32, 2, "15  Other date"),
    Cell(_R, _E, 32, 2, "16  Unable to work in current occupation"),
    Cell(_L, _C, 34, 2, "17  Referring, ordering or supervising provider"),
    Cell(_R17, _E, 34, 2, "18  Hospital stay for these services"),
    Cell(_L, _R, 36, 2, "19  Additional claim information"),
    Cell(_R, _E, 36, 2, "20  Outside lab?"),
    Cell(_L, _R, 40, 4, "21  Diagnoses or nature of illness or injury (for 24E)"),
    Cell(_R, _E, 38, 2, "22  Resubmission code"),
    Cell(_R, _E, 40, 2, "23  Prior authorization number"),
    Cell(_L, 18.5, 42, 2, "24 A  Dates of service"),
    Cell(18.5, 21.5, 42, 2, "B"),
    Cell(21.5, 24.5, 42, 2, "C"),
    Cell(24.5, 44.5, 42, 2, "D  Procedures, services or supplies"),
    Cell(44.5, _R, 42, 2, "E  Diagn."),
    Cell(_R, 58.5, 42, 2, "F  Charges ($)"),
    Cell(58.5, 62.5, 42, 2, "G  Units"),
    Cell(62.5, 64.9, 42, 2, "H"),
    Cell(64.9, 67.5, 42, 2, "I"),
    Cell(67.5, _E, 42, 2, "J  Rendering provider ID"),
    Cell(_L, 22.5, 56, 2, "25  Federal tax ID"),
    Cell(22.5, 37.5, 56, 2, "26  Client's account no."),
    Cell(37.5, _R, 56, 2, "27  Accept assignment?"),
    Cell(_R, 60.5, 56, 2, "28  Total charge ($)"),
    Cell(60.5, 70.5, 56, 2, "29  Amount paid ($)"),
    Cell(70.5, _E, 56, 2, "30  Reserved"),
    Cell(_L, 22.5, 62, 6, "31  Provider's signature, with credentials"),
    Cell(22.5, _R, 60, 4, "32  Where the services were given"),
    Cell(_R, _E, 60, 4, "33  Billing provider and phone"),
    Cell(22.5, 34.25, 62, 2),
    Cell(34.25, _R, 62, 2),
    Cell(_R, 61, 62, 2),
    Cell(61, _E, 62, 2),
)

# Rules inside boxes: column, first line, last line.
_RULES = (
    (52, 22, 22), (61.5, 38, 38), (71.5, 36, 36), (3.5, 34, 34), (_C, 33, 34),
    (57.5, 56, 56), (67.5, 56, 56),
)  # fmt: skip
_COLUMNS_OF_24 = (18.5, 21.5, 24.5, 44.5, _R, 58.5, 62.5, 64.9, 67.5)

# Small words: column, line of their baseline, text.
_WORDS = (
    (42, 8.95, "Sex"), (65.5, 18.95, "Sex"), (44.6, 21.0, "State"),
    (14.1, 16, "("), (18.15, 16, ")"), (64.1, 16, "("), (68.15, 16, ")"),
    (65.2, 57, "("), (69.1, 57, ")"),
    (61, 25.95, "if yes, items 9, 9a and 9d"),
    (1, 29, "Signed"), (34.5, 29, "Date"), (50.8, 29, "Signed"),
    (13, 32, "Qual."),
    (51, 32, "from"), (65.5, 32, "to"), (51, 34, "from"), (65.5, 34, "to"),
    (27.9, 33, "17a"), (30, 34, "17b NPI"), (62, 34.95, "Charges ($)"),
    (38.4, 37, "ICD ind."), (62.2, 36.95, "Original reference number"),
    (1, 42, "from"), (10, 42, "to"), (18.75, 42, "place"), (21.7, 42, "emerg."),
    (25, 42, "CPT / HCPCS"), (33, 42, "Modifiers"), (45, 42, "pointer"),
    (62.7, 42, "plan"), (65.1, 42, "qual."),
    (1, 61, "Date"),
    (23, 62, "32a  NPI"), (35, 62, "32b  Other ID"),
    (50, 62, "33a  NPI"), (62, 62, "33b  Other ID"),
    (16.4, 54.95, "SSN"), (19.2, 54.95, "EIN"),
)  # fmt: skip
_LABELS_LEFT_OF_BOX = ("6", "11a")  # to the left of item 3's is the year
_LABELS = {
    "Group health plan X": "Group",
    "FECA or black lung X": "FECA",
    "SSN X": "",
    "EIN X": "",
}


def draw_form(canvas: Pen) -> None:
    """Draw boxes and captions of the form onto a page of US Letter."""
    for font in FONTS:
        canvas.setFont(font, _CAPTION)
    canvas.setStrokeColor(_INK)
    canvas.setFillColor(_INK)
    canvas.setLineWidth(0.5)
    _heading(canvas)
    _service_lines(canvas)
    for cell in _CELLS:
        _cell(canvas, cell)
    for column, first, last in _RULES:
        _vertical(canvas, column, first, last)
    for column, line, word in _WORDS:
        _word(canvas, column, line, word)
    _dates(canvas)
    for n, letter in enumerate(LETTERS):
        _word(canvas, BOXES["21", f"diagnosis {letter}"].column - 1.2, 38 + n // 4, letter, 7)
    _checkboxes(canvas)
    canvas.setLineWidth(1.2)
    bottom = baseline_of(62) - BELOW
    canvas.rect(x_of(_L), bottom, x_of(_E) - x_of(_L), baseline_of(6) - BELOW - bottom)


def _heading(canvas: Pen) -> None:
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawString(x_of(1), baseline_of(2.6), "Health insurance claim")
    canvas.setFont("Helvetica", 8)
    canvas.drawString(x_of(1), baseline_of(3.6), "CMS-1500 (02/12), copy for reading")
    canvas.setFont("Helvetica", 6)
    words = "For filing on paper, print the values alone on the red pre-printed form."
    canvas.drawString(x_of(1), baseline_of(63.2), words)
    _word(canvas, 41, 1.0, "Payer")


def _service_lines(canvas: Pen) -> None:
    canvas.setFillColor(_SHADE)
    for row in range(LINES_PER_FORM):
        y = baseline_of(43 + 2 * row) - BELOW
        canvas.rect(x_of(_L), y, x_of(_E) - x_of(_L), LINE, stroke=0, fill=1)
    canvas.setFillColor(_INK)
    for row in range(LINES_PER_FORM):
        shaded, line = 43 + 2 * row, 44 + 2 * row
        y = baseline_of(line) - BELOW
        canvas.line(x_of(_L), y, x_of(_E), y)
        canvas.setDash(1, 1.5)
        canvas.line(x_of(62.5), baseline_of(shaded) - BELOW, x_of(_E), baseline_of(shaded) - BELOW)
        _vertical(canvas, 9.5, line, line)
        canvas.setDash()
        _vertical(canvas, 56, line, line)
        for column in _COLUMNS_OF_24:
            _vertical(canvas, column, line if column < 62 else shaded, line)
        _word(canvas, 65.3, line, "NPI", 6.5)
        canvas.setFont("Helvetica-Bold", 7)
        canvas.drawRightString(x_of(_L) - 3, baseline_of(line), str(row + 1))


def _cell(canvas: Pen, cell: Cell) -> None:
    bottom = baseline_of(cell.line) - BELOW
    height = cell.lines * LINE
    canvas.rect(x_of(cell.left), bottom, x_of(cell.right) - x_of(cell.left), height)
    canvas.setFont("Helvetica", _CAPTION)
    canvas.drawString(x_of(cell.left) + 2.5, bottom + height - 6.5, cell.caption)


def _vertical(canvas: Pen, column: float, first: float, last: float) -> None:
    top, bottom = baseline_of(first - 1) - BELOW, baseline_of(last) - BELOW
    canvas.line(x_of(column), top, x_of(column), bottom)


def _word(canvas: Pen, column: float, line: float, word: str, size: float = _SMALL) -> None:
    canvas.setFont("Helvetica", 11 if word in "()" else size)
    canvas.drawString(x_of(column), baseline_of(line), word)


def _dates(canvas: Pen) -> None:
    """Write MM, DD and YY over the gaps of each date but those of item 24."""
    for box in BOXES.values():
        unit = {"month": "MM", "day": "DD", "year": "YY"}.get(box.field.split()[-1])
        if unit and box.item != "24A":
            middle = x_of(box.column + box.width / 2)
            canvas.setFont("Helvetica", 4.2)
            canvas.drawCentredString(middle, baseline_of(box.line) + 8.4, unit)


def _checkboxes(canvas: Pen) -> None:
    for box in BOXES.values():
        if not box.field.endswith(" X"):
            continue
        x, y = x_of(box.column), baseline_of(box.line)
        canvas.rect(x - 0.9, y - 1.8, 9, 10.4)
        label = _LABELS.get(box.field, box.field.split()[-2])
        label = label.capitalize() if label in {"YES", "NO"} or label.islower() else label
        canvas.setFont("Helvetica", _CAPTION)
        if box.item in _LABELS_LEFT_OF_BOX:
            canvas.drawRightString(x - 2, y + 1, label)
        else:
            canvas.drawString(x + 10.5, y + 1, label)
