"""Reading a PDF back as paper: text by where it stands."""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2

POINTS_PER_INCH = 72


def pages_of(pdf: bytes) -> int:
    """Give the number of pages."""
    with _opened(pdf) as document:
        return len(document)


def page_size(pdf: bytes, page: int = 0) -> tuple[float, float]:
    """Give a page's width and height in points."""
    with _opened(pdf) as document:
        width, height = document[page].get_size()
        return width, height


def pdf_text(pdf: bytes, page: int = 0) -> str:
    """Give all text of a page, line by line."""
    with _opened(pdf) as document:
        return str(document[page].get_textpage().get_text_bounded()).replace("\r\n", "\n")


def pdf_text_at(pdf: bytes, page: int, x: float, y: float, width: float, height: float) -> str:
    """Give the text inside a rectangle, in inches from the top left corner of the page."""
    with _opened(pdf) as document:
        sheet = document[page]
        top = sheet.get_height() - y * POINTS_PER_INCH
        text = sheet.get_textpage().get_text_bounded(
            left=x * POINTS_PER_INCH,
            right=(x + width) * POINTS_PER_INCH,
            top=top,
            bottom=top - height * POINTS_PER_INCH,
        )
    return str(text).replace("\r\n", "\n").strip()


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()
