"""Profile photos: any uploaded picture becomes two small clean squares, or is refused.

The squares are JPEG: everything that reads a public card (link previews, vCards, email) reads
JPEG, but not WebP, which would save only a few kilobytes at these sizes.

Measured on one core, 12 megapixels: a JPEG is decoded in 90 ms (at a fraction of its size, by
`draft`), PNG and WebP in 500, a phone's HEIC in 360 to 700, and in 1,200 at worst (pure noise).
Decoding releases Python's lock, so the worker's other threads continue.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from django.utils.translation import gettext_lazy as _

from letterhead.files.pictures import (
    HEIC,
    TooManyPixels,
    Unreadable,
    in_eight_bits,
    opened,
    orientation_of,
    pixels_alone,
    way_upright,
)

if TYPE_CHECKING:
    from PIL.Image import Image, Transpose

FORMATS = ("JPEG", "PNG", "WEBP", HEIC)
MOST_BYTES, MOST_PIXELS = 20_000_000, 50_000_000
LARGE, SMALL, PREVIEW = 512, 128, 1_600
TOO_MANY_PIXELS = _("This picture has more than 50 megapixels. Choose a smaller one.")
BROKEN = _("We can’t read this file as a JPEG, PNG, WebP or HEIC picture. Choose another one.")
OUTSIDE = _("The square reaches beyond the picture. Move it inside, then save again.")

_one_at_a_time = Lock()  # 50 megapixels unpack to 200 MB: never in two threads at once

Box = tuple[float, float, float, float]
Size = tuple[int, int]


class NotAPhoto(Exception):
    """The upload can't be a photo; the text says why and what to do."""


@dataclass(frozen=True)
class Crop:
    """A square in pixels of the picture turned upright, and then by `turned` degrees clockwise."""

    left: int
    top: int
    side: int
    turned: int = 0


class Squares(NamedTuple):
    """Two JPEGs of a picture, and the square that they show."""

    crop: Crop
    large: bytes
    small: bytes


class Preview(NamedTuple):
    """A reduced picture, as JPEG; `width` and `height` are the original's."""

    jpeg: bytes
    width: int
    height: int


def square(original: bytes, crop: Crop | None = None) -> Squares:
    """Return a square of a picture, by default the centered one. Raises NotAPhoto."""
    from PIL import Image

    with _reading(original) as picture:
        ways = _ways(orientation_of(picture), crop.turned if crop else 0)
        seen = _size_through(picture.size, ways)
        crop = crop or centered(seen)
        if not _fits(crop, seen):
            raise NotAPhoto(OUTSIDE)
        box = (crop.left, crop.top, crop.left + crop.side, crop.top + crop.side)
        piece = _cut(picture, _box_back(box, seen, ways), (LARGE, LARGE), finely=True)
        for way in ways:
            piece = piece.transpose(way)
        small = piece.resize((SMALL, SMALL), Image.Resampling.LANCZOS)
        return Squares(crop, _jpeg(piece), _jpeg(small))


def preview(original: bytes) -> Preview:
    """Return a picture upright and reduced, to choose a square in. Raises NotAPhoto."""
    with _reading(original) as picture:
        ways = _ways(orientation_of(picture), 0)
        width, height = _size_through(picture.size, ways)
        shrink = max(1, max(picture.size) / PREVIEW)
        size = (ceil(picture.width / shrink), ceil(picture.height / shrink))
        piece = _cut(picture, (0, 0, *picture.size), size)
        for way in ways:
            piece = piece.transpose(way)
        return Preview(_jpeg(piece), width, height)


def centered(size: Size) -> Crop:
    """Return the largest square in the center of a picture."""
    side = min(size)
    return Crop((size[0] - side) // 2, (size[1] - side) // 2, side)


def _fits(crop: Crop, size: Size) -> bool:
    inside = crop.left + crop.side <= size[0] and crop.top + crop.side <= size[1]
    turned = crop.turned in {0, 90, 180, 270}
    return turned and inside and crop.side >= 1 and min(crop.left, crop.top) >= 0


@contextmanager
def _reading(original: bytes) -> Iterator["Image"]:
    file: BinaryIO = BytesIO(original)
    try:
        with _one_at_a_time, opened(file, formats=FORMATS, most_pixels=MOST_PIXELS) as picture:
            yield picture
    except TooManyPixels as error:
        raise NotAPhoto(TOO_MANY_PIXELS) from error
    except Unreadable as error:
        raise NotAPhoto(BROKEN) from error


def _cut(picture: "Image", box: Box, size: Size, *, finely: bool = False) -> "Image":
    """Return a box of a picture in `size`, in sRGB on white.

    A large JPEG is decoded at a fraction, no smaller than `size`, or twice that if `finely`.
    """
    from PIL import Image

    claimed = picture.size
    share = ((1 + finely) * size[0] / (box[2] - box[0]), (1 + finely) * size[1] / (box[3] - box[1]))
    picture.draft("RGB", (ceil(claimed[0] * share[0]), ceil(claimed[1] * share[1])))
    fraction = round(max(claimed) / max(picture.size))
    profile = picture.info.get("icc_profile")
    picture.load()
    if picture.width * picture.height > MOST_PIXELS:  # the size of a HEIC is known only now
        raise TooManyPixels
    plain = _plain(picture)
    box = (box[0] / fraction, box[1] / fraction, box[2] / fraction, box[3] / fraction)
    if box[2] - box[0] < size[0]:  # enlarged: pixels next to the square must not bleed in
        plain, box = plain.crop(box), (0, 0, box[2] - box[0], box[3] - box[1])
    piece = plain.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3)
    return pixels_alone(_in_srgb(_on_white(piece), profile))


def _plain(picture: "Image") -> "Image":
    """Return a picture in a mode that can be resized: no palette, no 16 bits, no single bit."""
    picture = in_eight_bits(picture)
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture if picture.mode in {"L", "RGB", "CMYK"} else picture.convert("RGB")


def _on_white(piece: "Image") -> "Image":
    from PIL import Image

    if piece.mode != "RGBA":
        return piece
    white = Image.new("RGB", piece.size, "white")
    white.paste(piece, mask=piece.getchannel("A"))
    return white


def _in_srgb(piece: "Image", profile: bytes | None) -> "Image":
    """Convert a phone's wide colors into those that every screen shows."""
    from PIL import ImageCms

    if profile:
        try:
            theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
            turned = ImageCms.profileToProfile(
                piece, theirs, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            return piece.convert("RGB")  # a broken profile, or one for another color space
        return turned or piece.convert("RGB")
    return piece.convert("RGB")


def _jpeg(piece: "Image") -> bytes:
    out = BytesIO()
    piece.save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()


def _ways(orientation: int, turned: int) -> tuple["Transpose", ...]:
    """Return the steps from the picture as stored to the picture as seen."""
    from PIL.Image import Transpose

    clockwise = {
        90: Transpose.ROTATE_270,
        180: Transpose.ROTATE_180,
        270: Transpose.ROTATE_90,
    }
    steps = (way_upright(orientation), clockwise.get(turned))
    return tuple(step for step in steps if step is not None)


def _size_through(size: Size, ways: tuple["Transpose", ...]) -> Size:
    swaps = sum(way.name in {"TRANSPOSE", "TRANSVERSE", "ROTATE_90", "ROTATE_270"} for way in ways)
    return size if swaps % 2 == 0 else (size[1], size[0])


def _box_back(box: Box, size: Size, ways: tuple["Transpose", ...]) -> Box:
    """Return a box of the picture as seen as a box of the picture as stored."""
    for way in reversed(ways):
        left, top, right, bottom = box
        width, height = size
        size = _size_through(size, (way,))
        box = {
            "FLIP_LEFT_RIGHT": (width - right, top, width - left, bottom),
            "FLIP_TOP_BOTTOM": (left, height - bottom, right, height - top),
            "ROTATE_180": (width - right, height - bottom, width - left, height - top),
            "TRANSPOSE": (top, left, bottom, right),
            "TRANSVERSE": (height - bottom, width - right, height - top, width - left),
            "ROTATE_90": (height - bottom, left, height - top, right),  # undone: clockwise
            "ROTATE_270": (top, width - right, bottom, width - left),
        }[way.name]
    return box
