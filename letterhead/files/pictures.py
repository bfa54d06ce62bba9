"""Pictures that people upload: checked for size before a pixel is read, then made plain."""

import ctypes
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from letterhead.files.heic import TooLarge, Undecodable, as_tiff, looks_like_heic

if TYPE_CHECKING:
    from PIL.Image import Image, Transpose

HEIC = "HEIC"
_ORIENTATION, _SHORT = 0x0112, 3
_BYTE_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
_JPEG_BEGINS, _JPEG_ENDS = b"\xff\xd8", b"\xff\xd9"
_MOST_MISSING = 0.05  # of a picture's end: a few rows, which browsers show in one color
_M_MMAP_THRESHOLD = -3  # glibc's malloc.h


class Unreadable(Exception):
    """This isn't a picture of an accepted format, or it is damaged."""


class TooManyPixels(Exception):
    """The picture's header claims more pixels than are read."""


@contextmanager
def opened(file: BinaryIO, *, formats: tuple[str, ...], most_pixels: int) -> Iterator["Image"]:
    """Open a picture by its header alone; the block decodes what it needs.

    `formats` are Pillow's names, and HEIC. As in browsers, a little can be missing at the end of a
    JPEG or WebP. Raises TooManyPixels or Unreadable, the latter also for what Pillow raises in the
    block.
    """
    from PIL import Image

    _return_large_blocks()
    bombs = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    try:
        head = file.read(12)
        file.seek(0)
        if HEIC in formats and looks_like_heic(head):
            file, formats = BytesIO(as_tiff(file.read(), most_pixels=most_pixels)), ("TIFF",)
        else:
            file = BytesIO(_completed(sent := file.read()))
        with Image.open(file, formats=[name for name in formats if name != HEIC]) as picture:
            if picture.width * picture.height > most_pixels:
                raise TooManyPixels
            if head.startswith(_JPEG_BEGINS) and _missing_in(sent) > _MOST_MISSING:
                raise Unreadable
            yield picture
    except (*bombs, TooLarge) as error:
        raise TooManyPixels from error
    except (OSError, ValueError, SyntaxError, EOFError, Undecodable) as error:
        raise Unreadable from error


def _completed(sent: bytes) -> bytes:
    """Return a picture with the end that it lacks; one that is whole reads the same."""
    if sent.startswith(_JPEG_BEGINS):
        return sent + _JPEG_ENDS
    if sent.startswith(b"RIFF") and len(sent) > 8:
        missing = 8 + int.from_bytes(sent[4:8], "little") - len(sent)
        return sent + bytes(missing) if 0 < missing < _MOST_MISSING * len(sent) else sent
    return sent


def _missing_in(jpeg: bytes) -> float:
    """Return the share of a JPEG's pixels that are missing at its end, 0 to 1.

    What is missing is what depends on the bytes that are put in its place.
    """
    from PIL import Image, ImageChops

    if jpeg.endswith(_JPEG_ENDS):
        return 0

    def small(ending: bytes) -> "Image.Image":
        with Image.open(BytesIO(jpeg + ending + _JPEG_ENDS), formats=["JPEG"]) as picture:
            picture.draft("RGB", (picture.width // 8, picture.height // 8))
            picture.load()
            return picture

    differs = ImageChops.difference(small(b""), small(bytes(range(1, 65)))).tobytes()
    return len(differs.lstrip(b"\0")) / len(differs)


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
    """Return the EXIF orientation of a picture just opened, 1 to 8; 1 if browsers see none.

    Unlike browsers, Pillow takes it from XMP, from text and from behind the pixels too: such a
    picture would be turned after people chose a square of it.
    """
    exif = picture.info.get("exif")
    try:
        found = _orientation_in(exif.removeprefix(b"Exif\0\0")) if isinstance(exif, bytes) else 1
    except struct.error:
        return 1
    return found if 1 <= found <= 8 else 1


def _orientation_in(exif: bytes) -> int:
    """Read the first directory (Exif 2.3, 4.6.2). Raises struct.error if it is cut off."""
    order = _BYTE_ORDERS.get(exif[:4])
    if order is None:
        return 1
    (start,) = struct.unpack_from(f"{order}I", exif, 4)
    (entries,) = struct.unpack_from(f"{order}H", exif, start)
    for at in range(start + 2, start + 2 + 12 * entries, 12):
        tag, kind, values, value = struct.unpack_from(f"{order}HHIH", exif, at)
        if (tag, kind, values) == (_ORIENTATION, _SHORT, 1):
            return int(value)
    return 1


def upright(picture: "Image", orientation: int) -> "Image":
    """Return a picture turned by its EXIF orientation."""
    way = way_upright(orientation)
    return picture if way is None else picture.transpose(way)


def way_upright(orientation: int) -> "Transpose | None":
    """Return the step from a picture as stored to the picture upright, if it takes one."""
    from PIL.Image import Transpose

    ways = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return ways.get(orientation)


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
