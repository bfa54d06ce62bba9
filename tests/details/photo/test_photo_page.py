"""Edit Profile Photo without scripts, and the addresses of pictures."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from letterhead.activity.models import Activity
from letterhead.details.models import Photo
from letterhead.details.photo.cutting import Crop, preview, square
from letterhead.files.kept import keep_file
from tests.details.photo.photos import (
    BLUE,
    HEIC,
    HTML,
    RED,
    SVG,
    alike,
    corners,
    crashing_heic,
    encoded,
    moving,
    phone_photo,
    png_of,
    quarters,
    read,
)
from tests.practices.office import Office, Shown

PAGE, EDIT = "/my-details/", "/my-details/photo/"
ORIGINAL, PREVIEW = f"{EDIT}original/", f"{EDIT}preview/"
KINDS = "as a JPEG, PNG, WebP or HEIC picture"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def dana(cast: SimpleNamespace) -> Office:
    return Office(cast.dana)


def photo_of(person: Any) -> Photo:
    return Photo.objects.get(practitioner=person.practitioner_id)


def file_of(data: bytes, name: str = "me.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type=kind)


def send(person: Office, data: bytes, **pressed: str) -> Shown:
    return person.save(EDIT, {"Photo": file_of(data)}, **pressed)


def can_remove(person: Office) -> bool:
    return "Remove" in [button.strip() for button in person.open(EDIT).buttons]


def numbers(crop: Crop) -> dict[str, Any]:
    return {name: str(value) for name, value in vars(crop).items()}


def test_without_scripts_the_square_in_the_middle_is_taken(
    cast: SimpleNamespace, dana: Office
) -> None:
    assert "No photo yet." in dana.read(PAGE)

    answer = send(dana, phone_photo())

    kept = photo_of(cast.dana)
    assert (answer.status, answer.location) == (302, PAGE)
    assert (kept.left, kept.top, kept.side, kept.turned) == (0, 16, 64, 0)
    page = dana.open(PAGE)
    assert "Profile Photo saved" in page.text
    assert f'src="/photos/{kept.sha256}.jpg"' in page.html
    assert Activity.objects.latest("pk").act == "changed the profile photo"


def test_the_four_numbers_choose_the_square(cast: SimpleNamespace, dana: Office) -> None:
    send(dana, encoded(quarters(400, 200)), **numbers(Crop(10, 20, 60, 90)))

    kept = photo_of(cast.dana)
    given = dana.browser.get(f"/photos/{kept.sha256}.jpg").content
    assert given == square(encoded(quarters(400, 200)), Crop(10, 20, 60, 90)).large
    assert (kept.left, kept.top, kept.side, kept.turned) == (10, 20, 60, 90)


def test_another_square_of_the_kept_picture_needs_no_new_one(
    cast: SimpleNamespace, dana: Office
) -> None:
    send(dana, encoded(quarters(400, 200)))
    before = photo_of(cast.dana)

    assert dana.save(EDIT, **numbers(Crop(210, 5, 80))).status == 302

    after = photo_of(cast.dana)
    assert after.original_sha256 == before.original_sha256
    assert after.version == before.version + 1
    assert alike(corners(dana.browser.get(f"/photos/{after.sha256}.jpg").content), [BLUE] * 4)


def test_saving_without_a_change_changes_nothing(cast: SimpleNamespace, dana: Office) -> None:
    send(dana, phone_photo())
    before = photo_of(cast.dana)

    dana.save(EDIT)

    assert "No changes to save" in dana.read(PAGE)
    send(dana, phone_photo())
    assert "No changes to save" in dana.read(PAGE)
    assert photo_of(cast.dana).version == before.version


def test_remove_goes_back_to_initials(cast: SimpleNamespace, dana: Office) -> None:
    assert not can_remove(dana)
    send(dana, phone_photo())
    shown = photo_of(cast.dana).sha256
    assert can_remove(dana)

    answer = dana.save(EDIT, remove="1")

    assert (answer.status, photo_of(cast.dana).sha256) == (302, "")
    assert "No photo yet." in dana.read(PAGE)
    assert dana.open(f"/photos/{shown}.jpg").status == 404
    assert Activity.objects.latest("pk").act == "removed the profile photo"


def test_the_camera_s_own_field_is_taken_too(cast: SimpleNamespace, dana: Office) -> None:
    dana.save(EDIT, {"Take a picture": file_of(phone_photo())})

    assert photo_of(cast.dana).side == 64


REFUSALS: dict[str, tuple[Callable[[], bytes], str]] = {
    "SVG": (lambda: SVG, KINDS),
    "HTML": (lambda: HTML, KINDS),
    "GIF": (lambda: moving("GIF"), KINDS),
    "GIF that unpacks to a bomb": (
        lambda: b"GIF89a" + (60_000).to_bytes(2, "little") * 2 + bytes(99),
        KINDS,
    ),
    "60 megapixels": (lambda: png_of(10_000, 6_000), "more than 50 megapixels"),
    "60,000 by 60,000": (lambda: png_of(60_000, 60_000), "more than 50 megapixels"),
    "half a JPEG": (lambda: phone_photo()[:-300], KINDS),
    "a HEIC that crashes the decoder": (crashing_heic, KINDS),
    "21 MB": (lambda: phone_photo() + bytes(21_000_000), "larger than 20 MB"),
    "30 MB": (lambda: phone_photo() + bytes(30_000_000), "larger than 20 MB"),
    "0 bytes": (lambda: b"", "This file is empty."),
}


@pytest.mark.parametrize(("make", "says"), REFUSALS.values(), ids=REFUSALS)
def test_what_can_be_no_photo_is_refused_beside_the_field(
    cast: SimpleNamespace, dana: Office, make: Callable[[], bytes], says: str
) -> None:
    answer = send(dana, make())

    assert answer.status == 422
    assert says in answer.says_beside("Photo")
    assert photo_of(cast.dana).sha256 == ""


TAKEN: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "GPS and all": (phone_photo, "me.jpg", "image/jpeg"),
    "a wrong extension": (phone_photo, "me.exe", "application/octet-stream"),
    "a wrong kind": (lambda: phone_photo("PNG"), "me.jpg", "image/jpeg"),
    "a page behind a picture": (lambda: phone_photo() + HTML, "me.html", "text/html"),
    "a zip behind a picture": (lambda: phone_photo() + b"PK\x03\x04", "me.zip", "application/zip"),
    "a picture that moves": (lambda: moving("WEBP"), "me.webp", "image/webp"),
    "HEIC": (lambda: HEIC, "me.heic", ""),
    "a name with traps": (phone_photo, "../../x\u202e\n.jpg", "image/jpeg"),
}


@pytest.mark.parametrize(("make", "name", "kind"), TAKEN.values(), ids=TAKEN)
def test_what_can_be_cleaned_is_taken_and_served_clean(
    cast: SimpleNamespace, dana: Office, make: Callable[[], bytes], name: str, kind: str
) -> None:
    assert dana.save(EDIT, {"Photo": file_of(make(), name, kind)}).status == 302

    kept = photo_of(cast.dana)
    for sha256 in (kept.sha256, kept.small_sha256):
        given = Client().get(f"/photos/{sha256}.jpg")
        assert len(read(given.content).getexif()) == 0
        assert b"kitchen" not in given.content
        assert b"alert" not in given.content
        assert given.headers["Content-Type"] == "image/jpeg"


def test_a_square_beyond_the_picture_is_refused(dana: Office) -> None:
    wrong = send(dana, encoded(quarters()), **numbers(Crop(50, 0, 64)))

    assert (wrong.status, "beyond the picture" in wrong.says_beside("Photo")) == (422, True)


@pytest.mark.parametrize(
    "sent",
    [
        {"left": "x"},
        {"left": "1"},
        {"left": "1", "top": "1", "side": "-9", "turned": "0"},
        {"left": "9" * 5_000, "top": "1", "side": "9", "turned": "0"},
    ],
)
def test_numbers_that_are_none_are_refused(dana: Office, sent: dict[str, str]) -> None:
    wrong = send(dana, encoded(quarters()), **sent)

    assert (wrong.status, wrong.says_beside("Photo")) == (
        422,
        "This form is incomplete. Reload the page and try again.",
    )


def test_a_turn_by_something_else_than_a_quarter_is_refused(dana: Office) -> None:
    wrong = send(dana, encoded(quarters()), **numbers(Crop(0, 0, 9, 45)))

    assert wrong.status == 422


def test_a_save_without_a_picture_asks_for_one(dana: Office) -> None:
    assert dana.save(EDIT).says_beside("Photo") == "Choose a picture."


def test_a_lost_original_is_asked_for_again(dana: Office, media: Path) -> None:
    send(dana, encoded(quarters()))
    for kept in media.glob("*/*"):
        kept.unlink()

    wrong = dana.save(EDIT, **numbers(Crop(0, 0, 9)))

    assert "find this picture anymore" in wrong.says_beside("Photo")
    assert dana.open(ORIGINAL).status == 404


def test_a_stale_photo_is_refused_and_the_square_of_the_old_one_forgotten(
    cast: SimpleNamespace, dana: Office
) -> None:
    send(dana, encoded(quarters(400, 200)))
    opened = dana.open(EDIT)
    send(dana, encoded(quarters(64, 64)))
    before = photo_of(cast.dana)

    told = dana.send(EDIT, opened, **numbers(Crop(210, 5, 80)))

    assert told.status == 422
    assert "changed in another window" in told.text
    assert [told.controls[f"id_{name}"].value for name in ("left", "side")] == ["", ""]
    assert photo_of(cast.dana).sha256 == before.sha256
    assert dana.send(EDIT, told, {"Photo": file_of(phone_photo())}).status == 302


def test_a_stale_remove_is_refused(cast: SimpleNamespace, dana: Office) -> None:
    send(dana, encoded(quarters()))
    opened = dana.open(EDIT)
    send(dana, phone_photo())

    assert dana.send(EDIT, opened, remove="1").status == 422
    assert photo_of(cast.dana).sha256


def test_a_photo_is_public_and_may_be_kept_for_ever(cast: SimpleNamespace, dana: Office) -> None:
    send(dana, phone_photo())

    for sha256 in (photo_of(cast.dana).sha256, photo_of(cast.dana).small_sha256):
        given = Client().get(f"/photos/{sha256}.jpg")
        assert given.status_code == 200
        assert given.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert given.headers["X-Content-Type-Options"] == "nosniff"
        assert not given.cookies


def test_no_other_file_has_a_public_address(cast: SimpleNamespace, dana: Office) -> None:
    """Issued papers, logos and originals lie in the same place."""
    send(dana, phone_photo())
    paper = keep_file(b"%PDF-1.7 somebody's superbill")

    for name in (paper, photo_of(cast.dana).original_sha256, "", "0" * 64, "..%2f..%2fsecret_key"):
        assert Client().get(f"/photos/{name}.jpg").status_code == 404
    assert Client().post(f"/photos/{photo_of(cast.dana).sha256}.jpg").status_code == 405


def test_the_original_is_shown_to_its_owner_alone_and_without_notes(
    cast: SimpleNamespace, dana: Office
) -> None:
    send(dana, phone_photo())

    mine = dana.browser.get(ORIGINAL)

    assert mine.content == preview(phone_photo()).jpeg
    assert mine.headers["Cache-Control"] == "no-store"
    assert (mine.headers["X-Picture-Width"], mine.headers["X-Picture-Height"]) == ("64", "96")
    assert Office(cast.noor).browser.get(ORIGINAL).status_code == 404
    assert Client().get(ORIGINAL).status_code == 302


def test_a_picture_can_be_seen_before_it_is_saved(cast: SimpleNamespace, dana: Office) -> None:
    seen = dana.browser.post(PREVIEW, {"photo": file_of(HEIC)})
    wrong = dana.browser.post(PREVIEW, {"photo": file_of(SVG)})
    nothing = dana.browser.post(PREVIEW)

    assert (seen.status_code, seen.headers["X-Picture-Height"]) == (200, "96")
    assert (wrong.status_code, KINDS in wrong.content.decode()) == (422, True)
    assert nothing.status_code == 422
    assert photo_of(cast.dana).sha256 == ""
    assert Client().post(PREVIEW).status_code == 302


def test_the_menu_shows_the_face_and_initials_of_the_name(
    cast: SimpleNamespace, dana: Office
) -> None:
    assert 'aria-hidden="true">DR</span>' in dana.open("/clients/").html

    send(dana, phone_photo())

    address = f"/photos/{photo_of(cast.dana).small_sha256}.jpg"
    assert f'<img class="face" src="{address}" alt=""' in dana.open("/clients/").html
    assert address not in Office(cast.noor).open("/clients/").html


def test_a_pop_up_reads_no_face(dana: Office) -> None:
    dana.open("/clients/add/")
    with CaptureQueriesContext(connection) as asked:
        dana.browser.get("/clients/add/", headers={"HX-Request": "true"})

    assert not [each for each in asked if "photo" in each["sql"]]


def test_colours_stay_those_of_the_picture(cast: SimpleNamespace, dana: Office) -> None:
    send(dana, encoded(quarters(64, 64)))

    given = Client().get(f"/photos/{photo_of(cast.dana).small_sha256}.jpg").content
    assert alike(corners(given)[:1], [RED])
