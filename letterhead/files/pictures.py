"""Pictures that people upload: checked for size before a pixel is read, then made plain."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from letterhead.files.heic import TooLarge, Undecodable, as_tiff, looks_like_heic

if TYPE_CHECKING:
    from PIL.Image import Image

HEIC = "HEIC"
_ORIENTATION = 0x0112
_M_MMAP_THRESHOLD = -3  # glibc's malloc.h


class Unreadable(Exception):
    """This isn't a picture of an accepted format, or it is damaged."""


class TooManyPixels(Exception):
    """The picture's header claims more pixels than are read."""


@contextmanager
def opened(file: BinaryIO, *, formats: tuple[str, ...], most_pixels: int) -> Iterator["Image"]:
    """Open a picture by its header alone; the block decodes what it needs.

    `formats` are Pillow's names, and HEIC. Raises TooManyPixels or Unreadable, the latter also
    for what Pillow raises in the block.
    """
    from PIL import Image

    _return_large_blocks()
    bombs = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    try:
        head = file.read(12)
        file.seek(0)
        if HEIC in formats and looks_like_heic(head):
            file, formats = BytesIO(as_tiff(file.read(), most_pixels=most_pixels)), ("TIFF",)
        with Image.open(file, formats=[name for name in formats if name != HEIC]) as picture:
            if picture.width * picture.height > most_pixels:
                raise TooManyPixels
            yield picture
    except (*bombs, TooLarge) as error:
        raise TooManyPixels from error
    except (OSError, ValueError, SyntaxError, EOFError, Undecodable) as error:
        raise Unreadable from error


@cache
def _return_large_blocks() -> None:
    """Make glibc return each freed block of a megabyte or more to the system at once.

    By default it holds on to larger and larger ones: after 250 photos a worker used 300 MB and
    kept growing; with this it stays at 217.
    """
    try:
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, 1 << 20)
    except (AttributeError, OSError):  # another C library
        return


def orientation_of(picture: "Image") -> int:
    """Return the EXIF orientation, 1 to 8; 1 if there is none that makes sense."""
    try:
        found = picture.getexif().get(_ORIENTATION)
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError):
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def in_eight_bits(picture: "Image") -> "Image":
    """Return a 16-bit grayscale picture in 8 bits; others as they are."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda value: value / 257).convert("L")


def pixels_alone(picture: "Image") -> "Image":
    """Return a copy of the pixels only: no camera, location, author or color profile."""
    from PIL import Image

    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    return clean
