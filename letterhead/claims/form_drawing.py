"""The CMS-1500 (02/12) drawn for people: its boxes, with captions in our own words."""

from reportlab.pdfgen.canvas import Canvas


def draw_form(canvas: Canvas) -> None:
    """Draw boxes and captions of the form onto a page of US Letter."""
    canvas.rect(20, 40, 572, 700)
