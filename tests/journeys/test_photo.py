"""The profile photo in a real browser: the square one asks for is the one that is shown."""

from base64 import b64encode
from io import BytesIO
from typing import NamedTuple

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import FilePayload, Locator, Page, expect

from letterhead.details.photo.cutting import preview
from tests.browser import PHONE_WIDTH, Auditor, Tabs, sign_in
from tests.details.photo.photos import HEIC, SVG, encoded, held, noted_elsewhere, phone_photo
from tests.journeys.people import error_beside, opens, saves
from tests.served import Served

WIDTH, HEIGHT = 1_080, 680  # on a desk half as large, so that no pixel is split
SAID = "The square is {side} pixels wide, {left} from the left and {top} from the top of {of}."


class Square(NamedTuple):
    """A square of the picture as it is seen."""

    left: int
    top: int
    side: int


def landscape() -> Image.Image:
    """A picture no two places of which look alike: red from left to right, green downwards."""
    across = Image.linear_gradient("L").rotate(90).resize((WIDTH, HEIGHT))
    down = Image.linear_gradient("L").resize((WIDTH, HEIGHT))
    return Image.merge("RGB", [across, down, Image.new("L", (WIDTH, HEIGHT), 90)])


def file_of(data: bytes, name: str = "me.png", kind: str = "image/png") -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": data}


SHOWN = """async (sent) => {
  const bytes = Uint8Array.from(atob(sent), (each) => each.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes]));
  return [image.width, image.height];
}"""


def test_a_picture_is_turned_as_the_browser_turns_it(tabs: Tabs) -> None:
    page = tabs.open()
    sent = noted_elsewhere()
    sent |= {
        f"{kind} {turn}": phone_photo(kind, turn) for kind in ("JPEG", "PNG") for turn in (1, 6)
    }

    for name, picture in sent.items():
        shown = page.evaluate(SHOWN, b64encode(picture).decode())
        assert list(preview(picture)[1:]) == shown, name


def test_a_jpeg_that_lacks_its_end_is_shown_and_saved(server: Served, page: Page) -> None:
    sign_in(page, "dana@riverside.example")
    form = opens_the_pop_up(page)

    chooses(form, file_of(encoded(landscape())[:-2], "me.jpg", "image/jpeg"))
    says(form, Square(200, 0, HEIGHT))
    saves(form, said="Profile Photo saved")

    is_cut(shown(page), Square(200, 0, HEIGHT), landscape())


def opens_the_pop_up(page: Page) -> Locator:
    """Open Edit Profile Photo."""
    return opens(page, "Edit Profile Photo")


def chooses(form: Locator, picture: FilePayload) -> Locator:
    """Choose a picture; give the square that lies on it."""
    form.get_by_label("Photo", exact=True).set_input_files(picture)
    square = form.get_by_role("application", name="Square to show")
    expect(square).to_be_visible()
    return square


def says(form: Locator, square: Square, of: str = f"{WIDTH} × {HEIGHT}") -> None:
    """The words for who can't see the square."""
    expect(form.get_by_role("status")).to_have_text(SAID.format(**square._asdict(), of=of))


def scale(square: Locator) -> float:
    """How many pixels of the picture a pixel of the screen is."""
    wide = square.evaluate("element => element.parentElement.getBoundingClientRect().width")
    return WIDTH / float(wide)


def shown(page: Page) -> Image.Image:
    """The photo that My Details shows."""
    address = page.locator(".portrait img").get_attribute("src")
    return Image.open(BytesIO(page.request.get(str(address)).body()))


def is_cut(picture: Image.Image, square: Square, original: Image.Image) -> None:
    """The photo holds these pixels of the picture, within what JPEG loses."""
    box = (square.left, square.top, square.left + square.side, square.top + square.side)
    asked = original.crop(box).resize(picture.size, Image.Resampling.LANCZOS)
    assert max(ImageStat.Stat(ImageChops.difference(asked, picture)).mean) < 2


def drags(page: Page, start: tuple[float, float], by: tuple[float, float]) -> None:
    """Press the mouse there, move it in steps, let go."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + by[0], start[1] + by[1], steps=4)
    page.mouse.up()


def place(square: Locator) -> tuple[float, float, float]:
    """Where the square lies on the screen: left, top, side."""
    box = square.bounding_box()
    assert box is not None
    return box["x"], box["y"], box["width"]


def test_the_square_drawn_by_mouse_and_then_by_keys_is_the_one_shown(
    server: Served, page: Page
) -> None:
    sign_in(page, "dana@riverside.example")
    form = opens_the_pop_up(page)
    square = chooses(form, file_of(encoded(landscape(), "PNG")))
    says(form, Square(200, 0, HEIGHT))

    left, top, side = place(square)
    drags(page, (left + side - 6, top + side - 6), by=(-100, -100))
    drags(page, (left + 30, top + 30), by=(60, 40))
    drawn = Square(200 + 2 * 60, 2 * 40, HEIGHT - 2 * 100)
    says(form, drawn)
    saves(form, said="Profile Photo saved")

    is_cut(shown(page), drawn, landscape())

    form = opens_the_pop_up(page)
    square = form.get_by_role("application", name="Square to show")
    expect(square).to_be_visible()
    square.focus()
    wide, near = ["Shift+-"] * 3, ["+"] * 20
    for key in [*wide, *near, *["Shift+ArrowRight"] * 9, *["ArrowLeft"] * 3]:
        square.press(key)
    square.press("Shift+ArrowDown")
    square.press("ArrowUp")
    keyed = Square(WIDTH - 400 - 3 * 7, 140 + 70 - 7, HEIGHT - 20 * 14)
    says(form, keyed)
    saves(form, said="Profile Photo saved")

    is_cut(shown(page), keyed, landscape())


def test_turned_zoomed_and_moved_by_buttons_it_is_still_the_one_shown(
    server: Served, page: Page
) -> None:
    sign_in(page, "dana@riverside.example")
    form = opens_the_pop_up(page)
    chooses(form, file_of(encoded(landscape(), "PNG")))

    for name in ["Turn right", *["Zoom in"] * 5, "Move left", "Move up", "Move up"]:
        form.get_by_role("button", name=name, exact=True).click()
    asked = Square(5 * 7 - 7, 200 + 5 * 7 - 2 * 7, HEIGHT - 5 * 14)
    says(form, asked, f"{HEIGHT} × {WIDTH}")
    saves(form, said="Profile Photo saved")

    is_cut(shown(page), asked, landscape().transpose(Image.Transpose.ROTATE_270))
    expect(page.locator("#top img.face")).to_have_js_property("naturalWidth", 128)

    form = opens_the_pop_up(page)
    form.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("No photo yet.")).to_be_visible()
    expect(page.locator("#top .face")).to_have_text("DR")


def test_a_finger_moves_the_square_and_two_change_its_size(
    shared_server: Served, tabs: Tabs
) -> None:
    page = sign_in(tabs.open(width=PHONE_WIDTH), "dana@riverside.example")
    form = opens_the_pop_up(page)
    square = chooses(form, file_of(encoded(landscape(), "PNG")))
    for _ in range(20):
        form.get_by_role("button", name="Zoom in", exact=True).click()
    (left, top, _), by = place(square), scale(square)
    hand = page.context.new_cdp_session(page)

    def touch(kind: str, *fingers: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(fingers)]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    one = (left + 20, top + 20)
    touch("touchStart", one)
    touch("touchMove", (one[0] + 15, one[1] + 10))
    touch("touchEnd")
    says(form, Square(round(340 + 15 * by), round(140 + 10 * by), 400))

    other = (one[0] + 40, one[1])
    touch("touchStart", one)
    touch("touchStart", one, other)
    touch("touchMove", one, (other[0] - 20, other[1]))
    touch("touchEnd")
    expect(form.get_by_role("status")).to_contain_text("The square is 200 pixels wide")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_browser_turns_a_picture_as_the_server_does(
    shared_server: Served, tabs: Tabs, kind: str
) -> None:
    page = sign_in(tabs.open(), "dana@riverside.example")
    form = opens_the_pop_up(page)
    chooses(form, file_of(phone_photo(kind, 6), f"me.{kind.lower()}", f"image/{kind.lower()}"))

    says(form, Square(0, 16, 64), "64 × 96")


def test_a_kind_that_the_browser_cant_show_is_shown_by_the_server(
    server: Served, tabs: Tabs
) -> None:
    page = sign_in(tabs.open(), "dana@riverside.example")
    form = opens_the_pop_up(page)
    chooses(form, file_of(HEIC, "me.heic", "image/heic"))
    says(form, Square(0, 16, 64), "64 × 96")

    form.get_by_role("button", name="Move up", exact=True).click()
    saves(form, said="Profile Photo saved")
    assert shown(page).size == (512, 512)


def test_a_picture_is_dropped_or_pasted_and_a_wrong_one_refused_at_once(
    shared_server: Served, tabs: Tabs
) -> None:
    page = sign_in(tabs.open(), "dana@riverside.example")
    form = opens_the_pop_up(page)
    carried = """([bytes, name, kind]) => {
        const held = new DataTransfer();
        held.items.add(new File([new Uint8Array(bytes)], name, { type: kind }));
        return held;
    }"""

    def carry(data: bytes, name: str, kind: str) -> object:
        return page.evaluate_handle(carried, [list(data), name, kind])

    heart = page.get_by_role("dialog").element_handle()
    held_up = encoded(landscape().resize((60, 40)), exif=held(1))
    heart.dispatch_event("drop", {"dataTransfer": carry(held_up, "me.jpg", "image/jpeg")})
    says(form, Square(10, 0, 40), "60 × 40")
    wide = encoded(landscape().resize((80, 40)), "PNG")
    page.evaluate(
        "data => document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }))",
        carry(wide, "me.png", "image/png"),
    )
    says(form, Square(20, 0, 40), "80 × 40")

    form.get_by_label("Photo", exact=True).set_input_files(file_of(SVG[:-9], "me.heic", ""))
    expect(form.get_by_role("alert")).to_contain_text("as a JPEG, PNG, WebP or HEIC picture")
    form.get_by_role("button", name="Save", exact=True).click()
    assert "as a JPEG, PNG" in error_beside(page.get_by_label("Photo", exact=True))


def test_without_scripts_the_square_in_the_middle_is_shown(server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(scripts=False), "dana@riverside.example")
    form = opens_the_pop_up(page)
    form.get_by_label("Photo", exact=True).set_input_files(file_of(encoded(landscape(), "PNG")))
    form.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("status").filter(has_text="Profile Photo saved")).to_be_visible()
    is_cut(shown(page), Square(200, 0, HEIGHT), landscape())
    form = opens_the_pop_up(page)
    form.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("No photo yet.")).to_be_visible()


def test_axe_finds_nothing_on_the_pop_up_with_a_picture(
    shared_server: Served, tabs: Tabs, axe: Auditor
) -> None:
    page = sign_in(tabs.open(), "dana@riverside.example")
    form = opens_the_pop_up(page)
    chooses(form, file_of(encoded(landscape(), "PNG")))

    axe.in_all_looks(page)
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 900})
    body = page.locator("dialog .body")
    assert body.evaluate("element => element.scrollWidth - element.clientWidth") <= 0
