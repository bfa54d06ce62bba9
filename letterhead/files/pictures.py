"""Pictures that people send: their size is looked at before a pixel is read, then made plain."""

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
    """This is no picture of the kinds asked for, or not a whole one."""


class TooManyPixels(Exception):
    """The picture's header claims more pixels than are read."""


@contextmanager
def opened(file: BinaryIO, *, formats: tuple[str, ...], most_pixels: int) -> Iterator["Image"]:
    """Open a picture by its header alone; the block decodes of it what it needs.

    `formats` are Pillow's names, and HEIC. What Pillow says in the block about broken pixels is
    Unreadable too. Raises TooManyPixels, Unreadable.
    """
    from PIL import Image

    _give_large_blocks_back()
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
def _give_large_blocks_back() -> None:
    """Have glibc return each freed block of a megabyte or more to the system at once.

    Left alone it keeps larger and larger ones: a worker that had read 250 photos held 300 MB and
    went on growing; with this 217, and flat.
    """
    try:
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, 1 << 20)
    except (AttributeError, OSError):  # another C library, with ways of its own
        return


def orientation_of(picture: "Image") -> int:
    """Give how the camera was held, 1 to 8 as EXIF counts; 1 where nothing sensible is noted."""
    try:
        noted = picture.getexif().get(_ORIENTATION)
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError):
        return 1
    return noted if isinstance(noted, int) and 1 <= noted <= 8 else 1


def in_eight_bits(picture: "Image") -> "Image":
    """Give a picture with 16 bits of grey in 8; others as they are."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda value: value / 257).convert("L")


def pixels_alone(picture: "Image") -> "Image":
    """Take the pixels over and nothing else: no note of camera, place, author or colour."""
    from PIL import Image

    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    return clean
