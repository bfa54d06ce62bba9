"""A practice's logo: an uploaded picture becomes a small clean PNG, or is refused."""

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext_lazy as _

from letterhead.files.pictures import (
    TooManyPixels,
    Unreadable,
    in_eight_bits,
    opened,
    orientation_of,
    pixels_alone,
    upright,
)

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "WEBP")
LARGEST = (800, 300)
MOST_BYTES = 5_000_000
MOST_PIXELS = 20_000_000
TOO_MANY_PIXELS = _("This picture has more than 20 megapixels. Choose a smaller one.")
BROKEN = _("This isn't a PNG, JPEG or WebP picture, or it is damaged. Choose another file.")


class NotALogo(Exception):
    """The file can't be a logo; the text says why and what to do."""


def as_logo(file: BinaryIO) -> bytes:
    """Return a picture as PNG of at most 800 × 300, upright and without metadata.

    Reads PNG, JPEG and WebP; checks the size before it reads any pixel. Raises NotALogo.
    """
    try:
        with opened(file, formats=FORMATS, most_pixels=MOST_PIXELS) as picture:
            return _small_png(picture)
    except TooManyPixels as error:
        raise NotALogo(TOO_MANY_PIXELS) from error
    except Unreadable as error:
        raise NotALogo(BROKEN) from error


def _small_png(picture: "Image") -> bytes:
    from PIL import Image

    orientation = orientation_of(picture)
    picture.draft("RGB", LARGEST)  # a large JPEG is decoded at a fraction of its size
    picture.load()
    turned = in_eight_bits(upright(picture, orientation))
    plain = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    plain.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    out = BytesIO()
    pixels_alone(plain).save(out, "PNG", optimize=True)
    return out.getvalue()
