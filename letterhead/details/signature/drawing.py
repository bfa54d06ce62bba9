"""Signatures for superbills and documents as images: uploaded or drawn. Pure."""

import json
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.files.logo import NotALogo, as_logo

if TYPE_CHECKING:
    from PIL.Image import Image

PAD = (600, 160)  # width and height of the pad, in its own units
MOST_POINTS = 20_000
TOO_MANY_STROKES = _("This drawing has too many strokes. Draw a simpler one.")
_PEN = 3
_FINER = 2  # drawn larger, then made smaller: smooth lines
_MARGIN = 8


class NotASignature(Exception):
    """The upload or drawing can't be a signature; the text says why and what to do."""


def from_picture(file: BinaryIO) -> bytes:
    """Return a picture as a small clean PNG without margins. Raises NotASignature."""
    from PIL import Image

    try:
        clean = as_logo(file)
    except NotALogo as wrong:
        raise NotASignature(str(wrong)) from wrong
    with Image.open(BytesIO(clean), formats=("PNG",)) as picture:
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture.convert("RGBA"))
        return _trimmed(paper.convert("L"))


def from_strokes(text: str) -> bytes:
    """Return a PNG of the pad's JSON: a list of strokes, each a list of [x, y] within PAD.

    Raises NotASignature if nothing was drawn or the JSON isn't a drawing.
    """
    from PIL import Image, ImageDraw

    size = (PAD[0] * _FINER, PAD[1] * _FINER)
    paper = Image.new("L", size, 255)
    pen = ImageDraw.Draw(paper)
    radius = _PEN * _FINER / 2
    for stroke in _strokes(text):
        points = [(x * _FINER, y * _FINER) for x, y in stroke]
        pen.line(points, fill=0, width=_PEN * _FINER, joint="curve")
        for x, y in (points[0], points[-1]):
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=0)
    return _trimmed(paper)


def _strokes(text: str) -> list[list[tuple[float, float]]]:
    try:
        strokes = [[(float(x), float(y)) for x, y in stroke] for stroke in json.loads(text)]
    except (ValueError, TypeError, OverflowError, RecursionError) as wrong:
        raise NotASignature(gettext("This drawing is incomplete. Draw it again.")) from wrong
    points = [point for stroke in strokes for point in stroke]
    if not all(0 <= x <= PAD[0] and 0 <= y <= PAD[1] for x, y in points):
        raise NotASignature(gettext("This drawing goes beyond the pad. Draw it again."))
    if len(points) > MOST_POINTS:
        raise NotASignature(TOO_MANY_STROKES)
    return [stroke for stroke in strokes if stroke]


def _trimmed(paper: "Image") -> bytes:
    """Return the image as PNG without its empty margin; ink is whatever is darker than paper."""
    from PIL import ImageOps

    ink = ImageOps.invert(paper).point(lambda value: 255 if value > 24 else 0).getbbox()
    if ink is None:
        raise NotASignature(
            gettext("We can’t see a signature. Draw your name, or choose another picture.")
        )
    left, top, right, bottom = ink
    cut = paper.crop(
        (
            max(left - _MARGIN, 0),
            max(top - _MARGIN, 0),
            min(right + _MARGIN, paper.width),
            min(bottom + _MARGIN, paper.height),
        )
    )
    out = BytesIO()
    cut.save(out, "PNG", optimize=True)
    return out.getvalue()
