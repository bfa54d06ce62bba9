"""The picture that messages and social networks show for a public page: 1200 × 630, PNG."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from letterhead.files.glyphs import FONTS
from letterhead.files.kept import keep_file, read_file

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

SIZE = WIDTH, HEIGHT = 1200, 630
_EDGE, _BAR, _PORTRAIT, _GAP, _BETWEEN = 80, 14, 380, 64, 26
_DRAWING = 1  # increase it when the drawing changes, so that addresses change too
# the light theme's tokens, as in ui/static/ui/app.css
_PAPER, _INK, _QUIET, _ACCENT = "#f7f5f0", "#1c2430", "#5a6372", "#0f6a5b"
_FROM, _TO, _INITIALS = (0xB8, 0xD8, 0xCF), (0xE8, 0xDC, 0xC4), "#0f5a4d"


@dataclass(frozen=True)
class Preview:
    """The content of the picture; `photo` and `logo` are SHA-256 names of files, or ""."""

    heading: str
    line: str = ""
    practice: str = ""
    initials: str = ""
    photo: str = ""
    logo: str = ""

    @property
    def name(self) -> str:
        """The picture's name; another content has another name."""
        text = json.dumps([_DRAWING, asdict(self)], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def preview_png(preview: Preview) -> bytes:
    """Return the picture; it is drawn once and then saved under its hash."""
    png = read_file(_drawn(preview))
    if png is None:  # lost from the disk
        _drawn.cache_clear()
        png = read_file(_drawn(preview))
    return png or b""


@lru_cache(maxsize=4096)
def _drawn(preview: Preview) -> str:
    return keep_file(draw(preview))


def draw(preview: Preview) -> bytes:
    """Return the picture: portrait on the left if there is one, text on the right."""
    from PIL import Image, ImageDraw

    canvas = Image.new("RGB", SIZE, _PAPER)
    ImageDraw.Draw(canvas).rectangle((0, 0, _BAR, HEIGHT), fill=_ACCENT)
    left = _EDGE
    if preview.photo or preview.initials:
        _paste_portrait(canvas, preview)
        left += _PORTRAIT + _GAP
    blocks = _blocks(preview, WIDTH - _EDGE - left)
    y = (HEIGHT - sum(block.height + _BETWEEN for block in blocks) + _BETWEEN) // 2
    for block in blocks:
        canvas.paste(block, (left, y), block)
        y += block.height + _BETWEEN
    out = BytesIO()
    canvas.save(out, "PNG", optimize=True)
    return out.getvalue()


def _blocks(preview: Preview, wide: int) -> list["Image"]:
    """Return name, line, rule, practice and logo as far as they are set, at most `wide`."""
    from PIL import Image

    blocks = [
        _words(preview.heading, "SourceSerif4-Semibold", (76, 40), wide, rows=3, color=_INK),
        _words(preview.line, "SourceSans3-Regular", (38, 26), wide, rows=2, color=_QUIET),
        Image.new("RGBA", (96, 5), _ACCENT),
        _words(preview.practice, "SourceSans3-Semibold", (34, 24), wide, rows=2, color=_INK),
        _logo(preview.logo, (min(wide, 360), 110)),
    ]
    return [block for block in blocks if block is not None]


def _words(
    text: str, face: str, sizes: tuple[int, int], wide: int, *, rows: int, color: str
) -> "Image | None":
    """Return a text in at most `rows` lines, at the largest size that fits."""
    from PIL import Image, ImageDraw

    if not text:
        return None
    fitted, font = _fit(text, face, sizes, wide, rows)
    pen = ImageDraw.Draw(Image.new("L", (1, 1)))
    height = int(pen.multiline_textbbox((0, 0), fitted, font, spacing=8)[3]) + 1
    block = Image.new("RGBA", (wide, height), f"{color}00")
    ImageDraw.Draw(block).multiline_text((0, 0), fitted, fill=color, font=font, spacing=8)
    return block


def _fit(
    text: str, face: str, sizes: tuple[int, int], wide: int, rows: int
) -> tuple[str, "FreeTypeFont"]:
    """Break a text into lines, preferring one slightly smaller line over two."""
    from PIL import ImageFont

    largest, smallest = sizes
    for most in range(1, rows + 1):
        for size in range(largest, smallest if most == rows else largest * 3 // 4, -4):
            font = ImageFont.truetype(str(FONTS / f"{face}.ttf"), size)
            lines = _broken(text, font, wide)
            if len(lines) <= most and " ".join(lines) == " ".join(text.split()):
                return "\n".join(lines), font
    fitted = [*lines[: rows - 1], f"{lines[rows - 1]}…"] if len(lines) > rows else lines
    return "\n".join(fitted), font


def _broken(text: str, font: "FreeTypeFont", wide: int) -> list[str]:
    """Break between words, and inside a word only if it is too wide by itself."""
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= wide:
            lines[-1] += f" {word}"
            continue
        lines.append("")
        for letter in word:
            if font.getlength(lines[-1] + letter) > wide:
                lines.append("")
            lines[-1] += letter
    return lines


def _paste_portrait(canvas: "Image", preview: Preview) -> None:
    from PIL import Image, ImageDraw, ImageOps

    side, twice = (_PORTRAIT, _PORTRAIT), (_PORTRAIT * 2, _PORTRAIT * 2)
    photo = _opened(preview.photo)
    portrait = ImageOps.fit(photo.convert("RGB"), side) if photo else _initials(preview.initials)
    mask = Image.new("L", twice, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, *twice), radius=56, fill=255)
    canvas.paste(portrait, (_EDGE, (HEIGHT - _PORTRAIT) // 2), mask.resize(side))


def _initials(initials: str) -> "Image":
    from PIL import Image, ImageDraw, ImageFont

    side = (_PORTRAIT, _PORTRAIT)
    turned = Image.linear_gradient("L").rotate(40, Image.Resampling.BICUBIC)
    shade = turned.crop((38, 38, 218, 218)).resize(side, Image.Resampling.BICUBIC)
    ground = Image.composite(Image.new("RGB", side, _TO), Image.new("RGB", side, _FROM), shade)
    font = ImageFont.truetype(str(FONTS / "SourceSerif4-Semibold.ttf"), 140)
    middle = (_PORTRAIT // 2, _PORTRAIT // 2)
    ImageDraw.Draw(ground).text(middle, initials, fill=_INITIALS, font=font, anchor="mm")
    return ground


def _logo(sha256: str, most: tuple[int, int]) -> "Image | None":
    logo = _opened(sha256)
    if logo is not None:
        logo = logo.convert("RGBA")
        logo.thumbnail(most)
    return logo


def _opened(sha256: str) -> "Image | None":
    """Open a saved picture; None if it is lost or damaged, so that the rest is still drawn."""
    from PIL import Image, UnidentifiedImageError

    data = read_file(sha256) if sha256 else None
    try:
        return Image.open(BytesIO(data)) if data else None
    except UnidentifiedImageError:
        return None
