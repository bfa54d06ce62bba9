"""The picture for social networks: its size, its name, and what can't break it."""

from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from letterhead.booking import preview as drawing
from letterhead.booking.preview import Preview, draw, preview_png
from letterhead.files.kept import keep_file
from tests.booking.street import DANA, PRACTICE, look, write_details

LONG = "Prof. Dr Maximiliane-Alexandra Konstantinopoulou von und zu Hohenstein-Wallersdorf III"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    drawing._drawn.cache_clear()


def opened(png: bytes) -> Image.Image:
    image = Image.open(BytesIO(png))
    image.load()
    return image


def picture(color: str, size: tuple[int, int] = (300, 200)) -> str:
    """Save a picture of one color and return its name."""
    out = BytesIO()
    Image.new("RGB", size, color).save(out, "PNG")
    return keep_file(out.getvalue())


WHATEVER = {
    "everything": Preview("Dana Rivera", "RDN", "Riverside", "DR"),
    "a practice": Preview("Riverside Nutrition", "New York, NY"),
    "only a name": Preview("Dana"),
    "a long name": Preview(LONG, "RDN, PhD, " * 12, "A practice with a name " * 6, "MH"),
    "one long word": Preview("W" * 120, "W" * 100, "W" * 100, "WW"),
    "letters we have no font for": Preview("王小明", "", "診療所", "王"),
    "a lost photo": Preview("Dana", initials="D", photo="0" * 64, logo="1" * 64),
}


@pytest.mark.parametrize("preview", WHATEVER.values(), ids=WHATEVER)
def test_it_has_the_size_that_networks_ask_for(preview: Preview) -> None:
    image = opened(draw(preview))

    assert (image.format, image.size, image.mode) == ("PNG", (1200, 630), "RGB")


@pytest.mark.parametrize("preview", WHATEVER.values(), ids=WHATEVER)
def test_all_words_fit_into_the_picture(preview: Preview) -> None:
    image = opened(draw(preview))
    edge = image.crop((1150, 0, 1200, 630)).getcolors()

    assert edge == [(50 * 630, (0xF7, 0xF5, 0xF0))]


def test_photo_and_logo_are_in_it() -> None:
    image = opened(draw(Preview("Dana", photo=picture("red"), logo=picture("blue", (90, 30)))))

    colors = {color for _, color in image.getcolors(1 << 20) or []}
    assert {(255, 0, 0), (0, 0, 255)} <= colors


def test_a_damaged_picture_is_left_out() -> None:
    broken = keep_file(b"no picture")

    assert draw(Preview("Dana", initials="D", photo=broken, logo=broken)) == draw(
        Preview("Dana", initials="D")
    )


def test_the_same_content_has_the_same_name_and_bytes() -> None:
    one, other = Preview("Dana", "RDN"), Preview("Dana", "RDN")

    assert one.name == other.name
    assert draw(one) == draw(other)
    assert len({each.name for each in WHATEVER.values()}) == len(WHATEVER)


def test_it_is_drawn_once_and_again_after_it_is_lost(tmp_path: Path) -> None:
    preview = Preview("Dana")
    first = preview_png(preview)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in kept] == [first]

    kept[0].unlink()

    assert preview_png(preview) == first


@pytest.mark.parametrize("path", [PRACTICE, DANA])
def test_it_is_at_the_address_that_the_page_names(cast: SimpleNamespace, path: str) -> None:
    address = look(path).metas["og:image"].removeprefix("http://localhost:8000")

    answer = Client().get(address)

    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert opened(answer.content).size == (1200, 630)


def test_an_older_address_redirects_to_the_current_picture(cast: SimpleNamespace) -> None:
    older = look(DANA).metas["og:image"].removeprefix("http://localhost:8000")
    write_details(cast.dana, last_name="Riviera")

    answer = Client().get(older, follow=True)

    newer = look(DANA).metas["og:image"].removeprefix("http://localhost:8000")
    assert newer != older
    assert answer.redirect_chain == [(newer, 302)]
    assert answer.status_code == 200


def test_a_wrong_name_of_any_letters_redirects_to_the_current_picture(
    cast: SimpleNamespace,
) -> None:
    for page in (PRACTICE, DANA):
        answer = Client().get(f"{page}preview-b.png")

        assert "http://localhost:8000" + answer.headers["Location"] == look(page).metas["og:image"]
