"""The logo: what is accepted, what it becomes, and what is refused before it is opened."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import Settings

from letterhead.activity.models import Activity
from letterhead.files.kept import read_file
from letterhead.files.logo import NotALogo, as_logo
from letterhead.practices.models import Practice
from tests.details.photo.photos import noted_elsewhere
from tests.practices.office import LOGO, SETTINGS, Office, Shown

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def dana(cast: SimpleNamespace) -> Office:
    return Office(cast.dana)


def picture(kind: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (400, 100)) -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


def photo() -> bytes:
    """A JPEG of 40 × 20 taken with the camera on its side, with the metadata a camera adds."""
    out, exif = BytesIO(), Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x8825] = 6, "Dana's kitchen", {1: "N", 2: (40.0, 42.0, 1.0)}
    image = Image.new("RGB", (40, 20), "red")
    image.save(out, "JPEG", exif=exif, comment=b"a note", icc_profile=b"a profile")
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG whose header claims a size, and has nothing after it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def opened(png: bytes) -> Image.Image:
    image = Image.open(BytesIO(png))
    image.load()
    return image


def send(person: Office, data: bytes, name: str = "logo.png") -> Shown:
    file = SimpleUploadedFile(name, data, content_type="image/png")
    return person.save(LOGO, {"Picture": file})


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_becomes_a_png(kind: str) -> None:
    image = opened(as_logo(BytesIO(picture(kind))))

    assert (image.format, image.size) == ("PNG", (400, 100))


@pytest.mark.parametrize(
    ("size", "becomes"),
    [((1600, 300), (800, 150)), ((600, 600), (300, 300)), ((4000, 1), (800, 1)), ((8, 8), (8, 8))],
)
def test_a_picture_shrinks_into_800_by_300_and_never_grows(
    size: tuple[int, int], becomes: tuple[int, int]
) -> None:
    assert opened(as_logo(BytesIO(picture(size=size)))).size == becomes


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_picture_of_any_kind_of_color_is_taken(mode: str) -> None:
    assert opened(as_logo(BytesIO(picture(mode=mode)))).mode in {"RGB", "RGBA"}


def test_sixteen_bits_of_gray_stay_gray() -> None:
    out = BytesIO()
    Image.new("I;16", (4, 4), 32_896).save(out, "PNG")

    assert opened(as_logo(out)).convert("L").getpixel((1, 1)) == 128


def test_transparency_stays() -> None:
    out = BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 40)).save(out, "PNG")

    assert opened(as_logo(out)).getpixel((1, 1)) == (255, 0, 0, 40)


def test_a_photo_comes_out_upright_and_without_metadata() -> None:
    png = as_logo(BytesIO(photo()))

    image = opened(png)
    assert image.size == (20, 40)
    assert image.info == {}
    assert len(image.getexif()) == 0
    assert b"kitchen" not in png
    assert b"a profile" not in png


def test_a_jpeg_that_lacks_its_last_two_bytes_is_taken() -> None:
    assert opened(as_logo(BytesIO(photo()[:-2]))).size == (20, 40)


@pytest.mark.parametrize("sent", noted_elsewhere().values(), ids=noted_elsewhere())
def test_a_turn_that_browsers_dont_see_is_not_made(sent: bytes) -> None:
    assert opened(as_logo(BytesIO(sent))).size == (96, 64)


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"\x00" * 100, SVG, HTML, b"%PDF-1.7", picture("GIF"), picture("TIFF")),
        *(photo()[:-200], picture("WEBP")[:40], picture()[:60], png_of(10, 10)),
    ],
    ids=[
        *("nothing", "NUL", "SVG", "HTML", "PDF", "GIF", "TIFF"),
        *("half a JPEG", "half a WebP", "half a PNG", "only a header"),
    ],
)
def test_what_is_not_a_complete_picture_is_refused(data: bytes) -> None:
    with pytest.raises(NotALogo, match="isn.t a PNG, JPEG or WebP"):
        as_logo(BytesIO(data))


@pytest.mark.parametrize("size", [(5_000, 4_001), (10_000, 10_000), (65_000, 65_000)])
def test_a_picture_with_too_many_pixels_is_refused_by_its_header(size: tuple[int, int]) -> None:
    with pytest.raises(NotALogo, match="more than 20 megapixels"):
        as_logo(BytesIO(png_of(*size)))


def test_a_logo_is_saved_and_shown_to_members_only(cast: SimpleNamespace, dana: Office) -> None:
    answer = send(dana, picture("JPEG"), "logo.jpg")

    assert (answer.status, answer.location) == (302, SETTINGS)
    sha256 = Practice.objects.get(pk=cast.practice.pk).logo_sha256
    address = f"/logo/{sha256}.png"
    assert f'src="{address}"' in dana.open(SETTINGS).html
    given = dana.browser.get(address)
    assert given.content == read_file(sha256)
    assert given.headers["Content-Type"] == "image/png"
    assert given.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert Office(cast.sam).open(address.replace(".png", ".jpg")).status == 404
    assert Office(cast.sam).browser.get(address).status_code == 200
    assert Office(cast.stranger).open(address).status == 404
    assert Office().open(address).status == 302
    assert Activity.objects.latest("pk").act == "changed the logo"


@pytest.mark.parametrize("name", ["0" * 64, "..%2f..%2fsecret_key", "%00"])
def test_an_address_of_no_logo_is_not_found(dana: Office, name: str) -> None:
    assert dana.open(f"/logo/{name}.png").status == 404


def test_a_logo_is_removed(cast: SimpleNamespace, dana: Office) -> None:
    send(dana, picture())

    dana.save(LOGO, {"Remove the logo": "on"})

    assert Practice.objects.get(pk=cast.practice.pk).logo_sha256 == ""
    assert "No logo yet. Bills show only the practice’s name." in dana.read(SETTINGS)


REFUSALS: dict[str, tuple[Callable[[], bytes], str]] = {
    "SVG": (lambda: SVG, "isn't a PNG, JPEG or WebP"),
    "too large": (lambda: picture() + bytes(5_000_000), "larger than 5 MB"),
    "empty": (lambda: b"", "empty"),
}


@pytest.mark.parametrize(("make", "says"), REFUSALS.values(), ids=REFUSALS)
def test_what_cannot_be_a_logo_is_refused_next_to_its_field(
    cast: SimpleNamespace, dana: Office, make: Callable[[], bytes], says: str
) -> None:
    answer = send(dana, make())

    assert answer.status == 422
    assert says in answer.says_beside("Picture")
    assert Practice.objects.get(pk=cast.practice.pk).logo_sha256 == ""


def test_a_save_without_a_picture_asks_for_one(dana: Office) -> None:
    assert dana.save(LOGO).says_beside("Picture") == "Choose a picture."


def test_a_picture_and_its_removal_at_once_are_refused(dana: Office) -> None:
    send(dana, picture())
    file = SimpleUploadedFile("logo.png", picture(size=(9, 9)))

    answer = dana.save(LOGO, {"Picture": file, "Remove the logo": "on"})

    assert "not both" in answer.says_beside("Picture")


def test_a_hostile_file_name_does_no_harm(dana: Office) -> None:
    assert send(dana, picture(), "../../x\u202e\n.png").status == 302


def test_a_stale_logo_is_refused(dana: Office) -> None:
    form = dana.open(LOGO)
    send(dana, picture())

    file = SimpleUploadedFile("logo.png", picture(size=(9, 9)))
    told = dana.send(LOGO, form, {"Picture": file})

    assert told.status == 422
    assert "Someone else saved this" in told.text
