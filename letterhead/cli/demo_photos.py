"""The demo's photos: drawn portraits of people who don't exist, the same every time."""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

    from letterhead.details.models import Practitioner

SIZE = (960, 1_200)
_FINER = 2  # drawn larger, then scaled down: smooth edges


@dataclass(frozen=True)
class Look:
    """A person's colors and hair."""

    wall: str
    light: str
    skin: str
    shade: str
    hair: str
    clothes: str
    collar: str
    cut: str  # long, short, scarf or bob
    glasses: bool = False


LOOKS = {
    "dana": Look(
        *("#cfe3dc", "#e4efe9", "#d9a078", "#c48a63"),
        *("#3b2a25", "#0f6a5b", "#f4efe4", "long"),
    ),
    "sam": Look(
        *("#e9dcc3", "#f3ead8", "#7a4a32", "#683d28"),
        *("#1d1715", "#2f4a73", "#e8edf4", "short"),
        glasses=True,
    ),
    "noor": Look(
        *("#dcd9ea", "#eae8f3", "#c98f6a", "#b57c58"),
        *("#8a3b52", "#5d4a7e", "#8a3b52", "scarf"),
    ),
    "lee": Look(
        *("#f0d9cf", "#f8e9e2", "#ecc39c", "#dbb089"),
        *("#20242b", "#7c4530", "#f7f2ea", "bob"),
        glasses=True,
    ),
}


def add_photos(people: dict[str, "Practitioner"]) -> None:
    """Add a photo for each of the demo's people, by first name."""
    from letterhead.details.actions import Crop, change_photo, square

    for name, person in people.items():
        original = portrait(LOOKS[name])
        squares = square(original, Crop(90, 150, 780))
        version = person.photo.version
        change_photo(
            person, original=original, squares=squares, read_at_version=version, by=person.user
        )


def portrait(look: Look) -> bytes:
    """Draw head and shoulders in front of a wall; return a JPEG."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (SIZE[0] * _FINER, SIZE[1] * _FINER), look.wall)
    pen = _Pen(ImageDraw.Draw(picture))
    pen.round((40, 60, 920, 940), look.light)
    _hair_behind(pen, look)
    _shoulders(pen, look)
    _head(pen, look)
    _hair_before(pen, look)
    _face(pen, look)
    out = BytesIO()
    picture.reduce(_FINER).save(out, "JPEG", quality=90)
    return out.getvalue()


class _Pen:
    """Draws in the picture's own units."""

    def __init__(self, draw: "ImageDraw") -> None:
        self.draw = draw

    def round(self, box: tuple[int, int, int, int], color: str) -> None:
        self.draw.ellipse([n * _FINER for n in box], fill=color)

    def block(self, box: tuple[int, int, int, int], color: str, corner: int = 0) -> None:
        self.draw.rounded_rectangle([n * _FINER for n in box], corner * _FINER, fill=color)

    def shape(self, points: list[tuple[int, int]], color: str) -> None:
        self.draw.polygon([(x * _FINER, y * _FINER) for x, y in points], fill=color)

    def part(self, box: tuple[int, int, int, int], start: int, end: int, color: str) -> None:
        self.draw.chord([n * _FINER for n in box], start, end, fill=color)

    def line(
        self, box: tuple[int, int, int, int], start: int, end: int, color: str, wide: int
    ) -> None:
        self.draw.arc([n * _FINER for n in box], start, end, fill=color, width=wide * _FINER)


def _hair_behind(pen: _Pen, look: Look) -> None:
    if look.cut == "long":
        pen.round((262, 205, 698, 690), look.hair)
        pen.block((262, 430, 698, 905), look.hair, corner=150)
    elif look.cut == "bob":
        pen.round((270, 215, 690, 640), look.hair)
        pen.block((270, 420, 690, 720), look.hair, corner=90)
    elif look.cut == "scarf":
        pen.round((252, 195, 708, 745), look.hair)
        pen.shape([(300, 640), (660, 640), (760, 930), (200, 930)], look.hair)


def _shoulders(pen: _Pen, look: Look) -> None:
    pen.block((130, 850, 830, 1_500), look.clothes, corner=240)
    pen.shape([(365, 855), (595, 855), (480, 1_075)], look.collar)
    if look.cut == "scarf":
        pen.part((290, 690, 670, 1_010), 0, 180, look.hair)
        pen.block((330, 690, 630, 870), look.hair, corner=60)
    else:
        pen.block((410, 660, 550, 900), look.shade, corner=60)
        pen.part((410, 830, 550, 965), 0, 180, look.shade)


def _head(pen: _Pen, look: Look) -> None:
    if look.cut != "scarf":
        pen.round((286, 455, 346, 550), look.shade)
        pen.round((614, 455, 674, 550), look.shade)
    pen.block((310, 280, 650, 755), look.skin, corner=168)


def _hair_before(pen: _Pen, look: Look) -> None:
    if look.cut == "short":
        pen.part((300, 232, 660, 600), 180, 360, look.hair)
        pen.block((300, 400, 345, 500), look.hair, corner=20)
        pen.block((615, 400, 660, 500), look.hair, corner=20)
        pen.block((345, 360, 615, 418), look.skin, corner=28)
    elif look.cut == "long":
        pen.part((240, 232, 560, 520), 160, 330, look.hair)
        pen.part((430, 232, 720, 560), 205, 380, look.hair)
    elif look.cut == "bob":
        pen.part((296, 235, 664, 575), 180, 360, look.hair)
        pen.block((296, 395, 664, 440), look.hair, corner=22)
    else:
        pen.part((286, 225, 674, 600), 190, 350, look.hair)


def _face(pen: _Pen, look: Look) -> None:
    dark = "#241c1a"
    for eye in (405, 555):
        pen.round((eye - 15, 492, eye + 15, 526), dark)
        pen.round((eye - 9, 497, eye + 1, 507), "#ffffff")
        pen.line((eye - 38, 440, eye + 38, 500), 205, 335, dark, 9)
        if look.glasses:
            pen.line((eye - 62, 450, eye + 62, 568), 0, 360, dark, 8)
    if look.glasses:
        pen.line((455, 490, 505, 530), 200, 340, dark, 8)
    pen.line((452, 525, 508, 600), 20, 160, look.shade, 10)
    pen.part((412, 590, 548, 690), 15, 165, "#fdf8f2")
    pen.line((412, 588, 548, 690), 15, 165, "#8d3f3a", 9)
