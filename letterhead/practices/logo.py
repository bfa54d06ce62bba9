"""A practice's logo: whatever picture is sent becomes a small clean PNG, or a refusal."""

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from PIL.Image import Image

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
    from PIL import Image

    bombs = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    try:
        with Image.open(file, formats=("PNG", "JPEG", "WEBP")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotALogo(TOO_MANY_PIXELS)
            return _small_png(picture)
    except bombs as error:
        raise NotALogo(TOO_MANY_PIXELS) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise NotALogo(BROKEN) from error


def _small_png(picture: "Image") -> bytes:
    from PIL import Image, ImageOps

    picture.draft("RGB", LARGEST)  # a large JPEG is decoded at a fraction of its size
    picture.load()
    turned = ImageOps.exif_transpose(picture)
    if turned.mode.startswith("I"):  # 16 bits of grey
        turned = turned.convert("I").point(lambda value: value / 257).convert("L")
    plain = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    plain.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    clean = Image.new(plain.mode, plain.size)  # takes the pixels over and nothing else
    clean.paste(plain)
    out = BytesIO()
    clean.save(out, "PNG", optimize=True)
    return out.getvalue()
