"""The test page that shows how far a printer is off the pre-printed form."""

from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from letterhead.claims.paper.drawing import COLUMN, HEIGHT, LEFT, LINE, TOP
from letterhead.texts.claim_letters import SIGNATURE_CHARACTERS

_COLUMNS, _LINES = 79, 62
_ARM = 8.0  # of a cross, in points
_CROSSES = [(column, line) for line in (8, 22, 40, 54, 61) for column in (1, 30, 50, 79)]


def draw_test_page(canvas: Canvas, printer_name: str, right_mm: float, down_mm: float) -> None:
    """Draw crosses, a ruler of columns, a ruler of lines, and how to use them.

    The words are written in Helvetica, which has Western European letters only.
    """
    canvas.setLineWidth(0.5)
    for column, line in _CROSSES:
        _cross(canvas, column, line)
    _rulers(canvas)
    words = (
        _("Test page for “%(printer)s”: moved %(right)s mm right, %(down)s mm down.")
        % {"printer": printer_name, "right": f"{right_mm:g}", "down": f"{down_mm:g}"},
        _("Print it at actual size, not fitted to the page. Hold it and a form up to the light."),
        _("Each cross marks the lower left corner of a character, with its line and column."),
        _("Item 1 begins at line 8, column 1. Item 1a begins at line 8, column 50."),
        _("Measure how far off the crosses are. Enter that for this printer in millimeters."),
    )
    for n, sentence in enumerate(words):
        canvas.setFont("Helvetica-Bold" if n == 0 else "Helvetica", 10)
        canvas.drawString(_x(6), _y(12 + 1.4 * n), _western(sentence))
    canvas.setFont("Courier", 12)
    for line, sample in (
        (29, "SIGNATURE ON FILE"),
        (60, f"THE {SIGNATURE_CHARACTERS} SPACES OF 31 X"),
    ):
        canvas.drawString(_x(7 if line == 29 else 1), _y(line), sample)
    canvas.line(_x(20), _y(34), _x(20) + 50 * mm, _y(34))
    canvas.setFont("Helvetica", 8)
    canvas.drawString(_x(20), _y(33.6), _western(_("This line is 50 mm long.")))


def _western(text: str) -> str:
    return text.encode("cp1252", "replace").decode("cp1252")


def _cross(canvas: Canvas, column: int, line: int) -> None:
    x, y = _x(column), _y(line)
    canvas.line(x - _ARM, y, x + _ARM, y)
    canvas.line(x, y - _ARM, x, y + _ARM)
    canvas.setFont("Helvetica", 5.5)
    canvas.drawString(x + 1.5, y + 2, f"{line}/{column}")


def _rulers(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 5)
    for column in range(1, _COLUMNS + 1):
        tall = column % 10 == 0 or column == 1
        canvas.line(_x(column), _y(5), _x(column), _y(5) + (8 if tall else 4))
        if tall:
            canvas.drawString(_x(column) + 1, _y(5) + 9, str(column))
    for line in range(6, _LINES + 1):
        tall = line % 10 == 0
        canvas.line(_x(1) - 10, _y(line), _x(1) - (2 if tall else 6), _y(line))
        if tall:
            canvas.drawString(_x(1) - 17, _y(line) - 2, str(line))


def _x(column: float) -> float:
    return LEFT + COLUMN * (column - 1)


def _y(line: float) -> float:
    return HEIGHT - TOP - LINE * line
