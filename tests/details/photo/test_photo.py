"""A picture becomes two squares: the pixels asked for, upright, and nothing else."""

from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageOps, ImageStat

from letterhead.details.photo.cutting import (
    Crop,
    NotAPhoto,
    centered,
    preview,
    square,
)
from tests.details.photo.photos import (
    BLUE,
    GREEN,
    HEIC,
    HTML,
    RED,
    SECRETS,
    SVG,
    YELLOW,
    alike,
    corners,
    crashing_heic,
    encoded,
    held,
    moving,
    noted_elsewhere,
    phone_photo,
    png_of,
    quarters,
    read,
)


@cache
def landscape() -> Image.Image:
    """400 × 300 with detail everywhere: red from left to right, green downwards."""
    across = Image.linear_gradient("L").rotate(90).resize((400, 300))
    down = Image.linear_gradient("L").resize((400, 300))
    return Image.merge("RGB", [across, down, Image.effect_noise((400, 300), 60)])


AS_READ = [RED, BLUE, GREEN, YELLOW]
# what stands at the four corners once a picture that was noted so is turned upright
UPRIGHT = {
    1: [RED, BLUE, GREEN, YELLOW],
    2: [BLUE, RED, YELLOW, GREEN],
    3: [YELLOW, GREEN, BLUE, RED],
    4: [GREEN, YELLOW, RED, BLUE],
    5: [RED, GREEN, BLUE, YELLOW],
    6: [GREEN, RED, YELLOW, BLUE],
    7: [YELLOW, BLUE, GREEN, RED],
    8: [BLUE, YELLOW, RED, GREEN],
}
CLOCKWISE = {
    0: [RED, BLUE, GREEN, YELLOW],
    90: [GREEN, RED, YELLOW, BLUE],
    180: [YELLOW, GREEN, BLUE, RED],
    270: [BLUE, YELLOW, RED, GREEN],
}
TURN = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", UPRIGHT)
def test_a_picture_is_turned_as_it_was_taken(kind: str, orientation: int) -> None:
    squares = square(phone_photo(kind, orientation))

    assert alike(corners(squares.large), UPRIGHT[orientation])
    assert alike(corners(squares.small), UPRIGHT[orientation])


@pytest.mark.parametrize("sent", noted_elsewhere().values(), ids=noted_elsewhere())
def test_a_turn_that_browsers_dont_see_is_not_made(sent: bytes) -> None:
    assert preview(sent)[1:] == (96, 64)
    assert alike(corners(square(sent).large), UPRIGHT[1])


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("missing", [1, 2, 3, 100])
def test_a_jpeg_that_lacks_its_end_is_taken(missing: int, progressive: bool) -> None:
    sent = encoded(landscape(), progressive=progressive, exif=held(6))[:-missing]

    assert preview(sent)[1:] == (300, 400)
    whole = square(encoded(landscape(), progressive=progressive, exif=held(6)))
    differs = ImageChops.difference(read(square(sent).large), read(whole.large))
    assert max(ImageStat.Stat(differs).mean) < 2


@pytest.mark.parametrize("missing", [1, 2])
def test_a_webp_that_lacks_its_last_bytes_is_taken(missing: int) -> None:
    out = BytesIO()
    landscape().save(out, "WEBP", quality=80)

    assert preview(out.getvalue()[:-missing])[1:] == (400, 300)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_jpeg_that_lacks_more_is_refused(share: float) -> None:
    sent = encoded(landscape())

    with pytest.raises(NotAPhoto, match="as a JPEG, PNG, WebP or HEIC"):
        preview(sent[: int(len(sent) * (1 - share))])


def test_a_phones_heic_is_taken_and_turned() -> None:
    squares = square(HEIC)

    assert alike(corners(squares.large), UPRIGHT[6])
    assert preview(HEIC)[1:] == (64, 96)


@pytest.mark.parametrize("turned", CLOCKWISE)
def test_a_picture_is_turned_clockwise_by_quarters(turned: int) -> None:
    squares = square(encoded(quarters(64, 64)), Crop(0, 0, 64, turned))

    assert alike(corners(squares.large), CLOCKWISE[turned])


@pytest.mark.parametrize("make", [phone_photo, lambda: phone_photo("PNG"), lambda: HEIC])
def test_both_squares_are_jpegs_of_their_size_without_any_note(make: Callable[[], bytes]) -> None:
    squares = square(make())

    for jpeg, side in ((squares.large, 512), (squares.small, 128), (preview(make()).jpeg, 0)):
        image = read(jpeg)
        assert image.format == "JPEG"
        assert image.mode == "RGB"
        assert not side or image.size == (side, side)
        assert len(image.getexif()) == 0
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not [secret for secret in SECRETS if secret in jpeg]


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_square_of_any_picture_gives_the_pixels_asked_for(data: st.DataObject) -> None:
    size = data.draw(st.tuples(st.integers(8, 1_500), st.integers(8, 1_500)))
    orientation, turned = data.draw(st.integers(1, 8)), data.draw(st.sampled_from([0, *TURN]))
    kind = data.draw(st.sampled_from(["JPEG", "PNG"]))
    across = Image.linear_gradient("L").rotate(90).resize(size)
    image = Image.merge("RGB", [across, Image.linear_gradient("L").resize(size), across])
    sent = encoded(image, kind, exif=held(orientation))
    seen = ImageOps.exif_transpose(read(sent))
    seen = seen.transpose(TURN[turned]) if turned else seen
    side = data.draw(st.integers(8, min(seen.size)))
    left = data.draw(st.integers(0, seen.width - side))
    top = data.draw(st.integers(0, seen.height - side))

    squares = square(sent, Crop(left, top, side, turned))

    asked = seen.crop((left, top, left + side, top + side)).resize((512, 512))
    differs = ImageChops.difference(asked, read(squares.large))
    assert max(ImageStat.Stat(differs).mean) < 3
    assert squares.crop == Crop(left, top, side, turned)


def test_a_large_jpeg_is_decoded_in_part_and_still_cut_to_the_pixel() -> None:
    sent = encoded(quarters(6_000, 4_000))

    squares = square(sent, Crop(2_000, 1_000, 2_000))

    assert alike(corners(squares.large), AS_READ)
    across = read(squares.large).convert("RGB").getpixel((253, 128))
    assert alike([across], [RED])  # type: ignore[list-item]


def test_a_square_of_few_pixels_takes_none_of_those_beside_it() -> None:
    squares = square(encoded(quarters(), "PNG"), Crop(47 - 8, 31 - 8, 9))

    assert {read(squares.large).getpixel(place) for place in ((0, 0), (511, 511))} == {RED}


@pytest.mark.parametrize(
    ("size", "crop"),
    [((30, 20), Crop(5, 0, 20)), ((20, 31), Crop(0, 5, 20)), ((7, 7), Crop(0, 0, 7))],
)
def test_the_centered_square_is_the_largest_in_the_middle(
    size: tuple[int, int], crop: Crop
) -> None:
    assert centered(size) == crop
    assert square(encoded(Image.new("RGB", size))).crop == crop


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_picture_of_any_kind_of_colour_is_taken(mode: str) -> None:
    assert read(square(encoded(Image.new(mode, (40, 30)), "PNG")).large).mode == "RGB"


def test_what_is_see_through_becomes_white() -> None:
    palette = Image.new("P", (40, 40), 1)
    palette.putpalette([0, 0, 0, 255, 0, 0])
    for sent in (
        encoded(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG"),
        encoded(palette, "PNG", transparency=1),
        encoded(Image.new("LA", (40, 40), (0, 0)), "PNG"),
    ):
        assert corners(square(sent).large) == [(255, 255, 255)] * 4


def test_print_colours_and_sixteen_bits_become_a_screens() -> None:
    for sent in (
        encoded(quarters().convert("CMYK")),
        encoded(quarters().convert("CMYK"), icc_profile=b"no profile"),
        encoded(Image.new("I;16", (40, 40), 32_896), "PNG"),
    ):
        assert read(square(sent).large).mode == "RGB"
    assert corners(square(sent).large) == [(128, 128, 128)] * 4


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "MPO"])
def test_of_what_moves_the_first_picture_is_taken(kind: str) -> None:
    assert alike(corners(square(moving(kind)).large), AS_READ)


@pytest.mark.parametrize("more", [HTML, b"PK\x03\x04 a zip", b"%PDF-1.7", bytes(1_000)])
def test_what_hides_behind_a_picture_is_not_taken_over(more: bytes) -> None:
    squares = square(phone_photo() + more)

    assert alike(corners(squares.large), UPRIGHT[6])
    assert more not in squares.large + squares.small + preview(phone_photo() + more).jpeg


BROKEN = {
    "nothing": b"",
    "NUL": bytes(100),
    "SVG": SVG,
    "HTML": HTML,
    "PDF": b"%PDF-1.7",
    "GIF": encoded(quarters(), "GIF"),
    "moving GIF": moving("GIF"),
    "TIFF": encoded(quarters(), "TIFF"),
    "BMP": encoded(quarters(), "BMP"),
    "half a JPEG": phone_photo()[:-300],
    "half a PNG": encoded(quarters(), "PNG")[:80],
    "half a WebP": phone_photo("WEBP")[:60],
    "half a HEIC": HEIC[:-40],
    "only a header": png_of(10, 10),
    "a JPEG's beginning": b"\xff\xd8\xff\xe0",
    "a HEIC's beginning": HEIC[:24],
    "a film": b"\x00\x00\x00\x18ftypmp42" + bytes(100),
    "a HEIC that crashes the decoder": crashing_heic(),
}


@pytest.mark.parametrize("sent", BROKEN.values(), ids=BROKEN)
def test_what_is_no_whole_picture_is_refused(sent: bytes) -> None:
    for make in (square, preview):
        with pytest.raises(NotAPhoto, match="as a JPEG, PNG, WebP or HEIC"):
            make(sent)


@pytest.mark.parametrize("size", [(10_000, 6_000), (7_072, 7_071), (60_000, 60_000)])
def test_a_picture_with_too_many_pixels_is_refused_by_its_header(size: tuple[int, int]) -> None:
    with pytest.raises(NotAPhoto, match="more than 50 megapixels"):
        square(png_of(*size))


def test_a_heic_with_too_many_pixels_is_refused_too() -> None:
    huge = HEIC
    for claimed, claims in ((96, 8_000), (64, 7_000)):
        huge = huge.replace(claimed.to_bytes(4, "big"), claims.to_bytes(4, "big"))

    with pytest.raises(NotAPhoto, match="more than 50 megapixels"):
        square(huge)


@pytest.mark.parametrize(
    "crop",
    [Crop(0, 0, 65), Crop(33, 0, 64), Crop(0, 1, 64), Crop(0, 0, 0), Crop(-1, 0, 9)],
)
def test_a_square_that_reaches_beyond_the_picture_is_refused(crop: Crop) -> None:
    with pytest.raises(NotAPhoto, match="beyond the picture"):
        square(encoded(quarters()), crop)


def test_a_preview_is_small_upright_and_tells_the_whole_size() -> None:
    made = preview(encoded(quarters(4_000, 2_000), exif=held(6)))

    assert read(made.jpeg).size == (800, 1_600)
    assert made[1:] == (2_000, 4_000)
    assert preview(encoded(quarters()))[1:] == read(preview(encoded(quarters())).jpeg).size


def test_a_colour_profile_is_used_before_it_is_dropped() -> None:
    """In this one red means green, so that its use is seen."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    strange = plain.replace(b"rXYZ", b"-XYZ").replace(b"gXYZ", b"rXYZ").replace(b"-XYZ", b"gXYZ")

    sent = encoded(Image.new("RGB", (40, 40), (200, 0, 0)), "PNG", icc_profile=strange)

    assert alike(corners(square(sent).large), [(0, 200, 0)] * 4)


def test_a_broken_colour_profile_is_passed_over() -> None:
    sent = encoded(quarters(64, 64), "PNG", icc_profile=b"broken")

    assert alike(corners(square(sent).large), AS_READ)
