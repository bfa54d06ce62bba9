"""A practice's logo: whatever picture is sent becomes a small clean PNG, or a refusal."""

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from letterhead.files.pictures import (
    TooManyPixels,
    Unreadable,
    in_eight_bits,
    opened,
    pixels_alone,
)

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "WEBP")
LARGEST = (800, 300)
MOST_BYTES = 5_000_000
MOST_PIXELS = 20_000_000
TOO_MANY_PIXELS = "This picture has more than 20 megapixels. Choose a smaller one."
BROKEN = "This is no PNG, JPEG or WebP picture that can be read whole. Choose another file."


class NotALogo(Exception):
    """What was sent can't be a logo; the text says why and what to do."""


def as_logo(file: BinaryIO) -> bytes:
    """Give a picture as PNG of at most 800 × 300 without metadata, turned as it was taken.

    PNG, JPEG and WebP are read; the size is looked at before any pixel is. Raises NotALogo.
    """
    try:
        with opened(file, formats=FORMATS, most_pixels=MOST_PIXELS) as picture:
            return _small_png(picture)
    except TooManyPixels as error:
        raise NotALogo(TOO_MANY_PIXELS) from error
    except Unreadable as error:
        raise NotALogo(BROKEN) from error


def _small_png(picture: "Image") -> bytes:
    from PIL import Image, ImageOps

    picture.draft("RGB", LARGEST)  # a large JPEG is decoded at a fraction of its size
    picture.load()
    turned = in_eight_bits(ImageOps.exif_transpose(picture))
    plain = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    plain.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    out = BytesIO()
    pixels_alone(plain).save(out, "PNG", optimize=True)
    return out.getvalue()
