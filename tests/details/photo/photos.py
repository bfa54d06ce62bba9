"""Pictures as people send them, good and bad ones, made on the spot but for the HEIC."""

import struct
import zlib
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

HEIC = (Path(__file__).parent / "pictures" / "phone.heic").read_bytes()  # 96 × 64, held upright
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
SECRETS = (b"kitchen", b"a note", b"a profile", b"Exif", b"ICC_PROFILE", b"adobe", b"alert", b"PK")

Colour = tuple[int, int, int]
RED, BLUE, GREEN, YELLOW = (200, 40, 40), (40, 60, 200), (40, 160, 60), (230, 200, 50)


def quarters(width: int = 96, height: int = 64) -> Image.Image:
    """A picture whose quarters are red, blue, green and yellow, read as one reads."""
    image, half = Image.new("RGB", (width, height), RED), (width // 2, height // 2)
    image.paste(BLUE, (half[0], 0, width, half[1]))
    image.paste(GREEN, (0, half[1], half[0], height))
    image.paste(YELLOW, (*half, width, height))
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **notes: Any) -> bytes:
    """A file of a kind; JPEGs as good as can be."""
    out = BytesIO()
    best = {"quality": 95, "subsampling": 0} if kind == "JPEG" else {}
    best |= {"lossless": True} if kind == "WEBP" else {}
    image.save(out, kind, **best, **notes)
    return out.getvalue()


def held(orientation: int) -> Image.Exif:
    """What a phone notes: how it was held, where, and in whose kitchen."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = orientation, "Dana's kitchen"
    exif[0x8825] = {1: "N", 2: (40.0, 42.0, 1.0), 3: "W", 4: (74.0, 0.0, 1.0)}
    return exif


@cache
def phone_photo(kind: str = "JPEG", orientation: int = 6) -> bytes:
    """A picture with all that a phone writes into one; always the same, as its profile is dated."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more = {"comment": b"a note"} if kind == "JPEG" else {}
    return encoded(quarters(), kind, exif=held(orientation), icc_profile=profile, **more)


def noted_elsewhere() -> dict[str, bytes]:
    """Pictures whose turn is noted where browsers don't look: they show them as stored."""
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    turn, cameras_name = held(6).tobytes(), Image.Exif()
    cameras_name[0x010F] = "A camera"
    long = b"Exif\0\0II*\0" + struct.pack("<IHHHIII", 8, 1, 0x0112, 4, 1, 6, 0)
    words = PngImagePlugin.PngInfo()
    words.add_text("Raw profile type exif", f"\nexif\n{len(turn):8}\n{turn.hex()}\n", zip=True)
    xmp_of_png = PngImagePlugin.PngInfo()
    xmp_of_png.add_itxt("XML:com.adobe.xmp", xmp.decode())
    png, exif_chunk = encoded(quarters(), "PNG"), chunk(b"eXIf", turn.removeprefix(b"Exif\0\0"))
    return {
        "XMP of a JPEG": encoded(quarters(), xmp=xmp),
        "XMP beside an EXIF that says nothing of it": encoded(
            quarters(), exif=cameras_name, xmp=xmp
        ),
        "XMP of a PNG": encoded(quarters(), "PNG", pnginfo=xmp_of_png),
        "XMP of a WebP": encoded(quarters(), "WEBP", xmp=xmp),
        "a long number in EXIF": encoded(quarters(), exif=long),
        "text of a PNG": encoded(quarters(), "PNG", pnginfo=words),
        "behind the pixels of a PNG": png[:-12] + exif_chunk + png[-12:],
    }


def moving(kind: str) -> bytes:
    """A picture that moves: animated WebP, APNG, GIF, or two JPEGs in one file."""
    return encoded(quarters(), kind, save_all=True, append_images=[quarters(96, 64).rotate(180)])


def png_of(width: int, height: int) -> bytes:
    """A PNG whose header claims a size, with nothing behind it: a bomb's first bytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in chunks)


def chunk(kind: bytes, data: bytes) -> bytes:
    """A piece of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def crashing_heic() -> bytes:
    """One wrong byte, which makes the decoder crash."""
    wrong = bytearray(HEIC)
    wrong[176] = 255
    return bytes(wrong)


def read(jpeg: bytes) -> Image.Image:
    """A picture as a browser shows it."""
    image = Image.open(BytesIO(jpeg))
    image.load()
    return image


def corners(jpeg: bytes) -> list[Colour]:
    """The colours near the four corners, read as one reads."""
    image = read(jpeg).convert("RGB")
    far = image.width - 1 - image.width // 8
    near = image.width // 8
    places = (near, near), (far, near), (near, far), (far, far)
    return [image.getpixel(place) for place in places]  # type: ignore[misc]


def alike(one: list[Colour], other: list[Colour], by: int = 12) -> bool:
    """Whether colours are the same to the eye."""
    pairs = zip(one, other, strict=True)
    return all(abs(a - b) <= by for left, right in pairs for a, b in zip(left, right, strict=True))
