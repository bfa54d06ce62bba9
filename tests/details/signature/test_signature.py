"""The signature on superbills and documents, and the password that changing it asks for."""

import io
import json
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from letterhead.activity.models import Activity
from letterhead.details.signature.drawing import MOST_POINTS, PAD, NotASignature, from_strokes
from letterhead.files.kept import read_file
from tests.browser import PASSWORD
from tests.details.pages import GroupedPage, MyDetails

EDIT, NOW = "/my-details/signature/", "/my-details/signature/now/"
WAVE = json.dumps([[[40, 80], [120, 30], [200, 120], [320, 60]], [[350, 100], [350, 100]]])


def ink(text: str = "PNG", size: tuple[int, int] = (500, 200)) -> SimpleUploadedFile:
    paper = Image.new("RGB", size, "white")
    ImageDraw.Draw(paper).line([(120, 90), (380, 60), (200, 130)], fill="#123456", width=6)
    out = io.BytesIO()
    paper.save(out, text)
    return SimpleUploadedFile(f"me.{text.lower()}", out.getvalue(), f"image/{text.lower()}")


def sign(person: MyDetails, **typed: Any) -> GroupedPage:
    """Open the pop-up's page, choose, type and press Save."""
    page = GroupedPage(person.browser.get(EDIT))
    sent = {"version": page.sends()["version"], "typed_signature": "", "password": PASSWORD}
    return GroupedPage(person.browser.post(EDIT, {**sent, **typed}))


def kept_picture(cast: SimpleNamespace) -> Image.Image:
    data = read_file(cast.dana.practitioner.signature_sha256)
    assert data
    return Image.open(io.BytesIO(data))


def test_a_typed_signature_stands_on_my_details(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    assert "Dana M. Rivera, RDN, PhD" in dana.read()

    assert sign(dana, paper_signature="typed", typed_signature="D. Rivera, RDN").status == 302

    assert "D. Rivera, RDN" in dana.read()


def test_a_drawn_signature_becomes_a_picture_of_its_strokes(cast: SimpleNamespace) -> None:
    assert sign(MyDetails(cast.dana), paper_signature="drawn", strokes=WAVE).status == 302

    drawn = kept_picture(cast)
    assert drawn.format == "PNG"
    across = (350 - 40) * 2 + 2 * 8
    assert abs(drawn.width - across) < 12
    assert drawn.getextrema() == (0, 255)


def test_a_picture_of_a_signature_is_cut_and_loses_its_metadata(cast: SimpleNamespace) -> None:
    answer = sign(MyDetails(cast.dana), paper_signature="picture", picture=ink("JPEG"))

    assert answer.status == 302
    kept = kept_picture(cast)
    assert kept.width < 300 and kept.height < 120
    assert not kept.info.get("exif")


def test_a_signature_shows_where_it_appears_before_it_is_saved(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    page = GroupedPage(dana.browser.get(EDIT))
    assert 'for="place-superbill">Superbill</label>' in page.html

    typed = {"paper_signature": "typed", "typed_signature": "DMR", "password": PASSWORD}
    shown = dana.browser.post(EDIT, page.sends() | typed | {"rows": "preview"})
    assert "<mark>DMR</mark>" in shown.content.decode()
    assert cast.dana.practitioner.typed_signature == ""

    drawn = dana.browser.put(
        "/my-details/where-it-appears/signature/",
        urlencode({"paper_signature": "drawn", "strokes": WAVE, "place": "superbill"}),
        content_type="application/x-www-form-urlencoded",
    )
    assert '<mark><img src="data:image/png;base64,' in drawn.content.decode()
    assert cast.dana.practitioner.signature_sha256 == ""


def test_the_password_is_asked_again(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)

    wrong = sign(dana, paper_signature="typed", typed_signature="Mallory", password="not-it")
    none = sign(dana, paper_signature="typed", typed_signature="Mallory", password="")

    assert (wrong.status, none.status) == (422, 422)
    assert "isn't the password you log in with" in wrong.says_beside("Password")
    assert wrong.field("Typed signature").value == "Mallory"
    assert cast.dana.practitioner.typed_signature == ""


@pytest.mark.parametrize(
    ("typed", "beside", "words"),
    [
        ({"paper_signature": "drawn"}, "", "Draw your signature on the pad"),
        ({"paper_signature": "picture"}, "Picture of your signature", "Choose a picture"),
        ({"paper_signature": "drawn", "strokes": "[]"}, "", "see a signature"),
        ({"paper_signature": "drawn", "strokes": "nonsense"}, "", "is incomplete"),
        ({"paper_signature": "drawn", "strokes": "[[[1,2],[9999,3]]]"}, "", "goes beyond the pad"),
        ({"paper_signature": "drawn", "strokes": '[[["a",2]]]'}, "", "is incomplete"),
        ({"paper_signature": "drawn", "strokes": "[[[NaN,2],[3,4]]]"}, "", "goes beyond the pad"),
        ({"paper_signature": "drawn", "strokes": "[" * 9000}, "", "is incomplete"),
        (
            {"paper_signature": "drawn", "strokes": f"[[[{'9' * 400},2]]]"},
            "",
            "is incomplete",
        ),
    ],
)
def test_a_missing_or_broken_signature_is_told(
    cast: SimpleNamespace, typed: dict[str, str], beside: str, words: str
) -> None:
    answer = sign(MyDetails(cast.dana), **typed)

    assert answer.status == 422
    assert words in (answer.says_beside(beside) if beside else answer.text)
    assert cast.dana.practitioner.paper_signature == "typed"


@pytest.mark.parametrize(
    "sent", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + b"0" * 40, b"\x89PNG"]
)
def test_what_is_no_picture_is_told_beside_its_field(cast: SimpleNamespace, sent: bytes) -> None:
    file = SimpleUploadedFile("me.png", sent, "image/png")

    answer = sign(MyDetails(cast.dana), paper_signature="picture", picture=file)

    assert answer.status == 422
    assert answer.says_beside("Picture of your signature")


def test_a_white_sheet_is_no_signature(cast: SimpleNamespace) -> None:
    out = io.BytesIO()
    Image.new("RGB", (300, 100), "white").save(out, "PNG")

    answer = sign(
        MyDetails(cast.dana),
        paper_signature="picture",
        picture=SimpleUploadedFile("me.png", out.getvalue(), "image/png"),
    )

    assert "see a signature" in answer.says_beside("Picture of your signature")


def test_the_strokes_have_a_limit() -> None:
    with pytest.raises(NotASignature, match="too many"):
        from_strokes(json.dumps([[[1, 1]] * (MOST_POINTS + 1)]))
    assert PAD == (600, 160)


def test_a_drawing_longer_than_any_field_is_refused_with_the_reason(cast: SimpleNamespace) -> None:
    answer = sign(MyDetails(cast.dana), paper_signature="drawn", strokes="x" * 500_000)

    assert answer.status == 422
    assert "This drawing has too many strokes." in answer.text


def test_saving_other_words_keeps_the_picture(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    sign(dana, paper_signature="drawn", strokes=WAVE)
    before = cast.dana.practitioner.signature_sha256

    assert sign(dana, paper_signature="drawn").status == 302

    assert cast.dana.practitioner.signature_sha256 == before


def test_only_its_owner_sees_the_picture(cast: SimpleNamespace) -> None:
    sign(MyDetails(cast.dana), paper_signature="drawn", strokes=WAVE)

    assert MyDetails(cast.dana).browser.get(NOW).headers["Content-Type"] == "image/png"
    assert MyDetails(cast.sam).browser.get(NOW).status_code == 404
    assert MyDetails(cast.stranger).browser.get(NOW).status_code == 404
    assert MyDetails(None).browser.get(NOW).status_code == 302


def test_a_stale_signature_is_told_and_the_next_save_wins(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    old = GroupedPage(dana.browser.get(EDIT)).sends()["version"]
    dana.save({"Pronouns": "she/her"})

    told = sign(dana, version=old, paper_signature="typed", typed_signature="D. R.")

    assert told.status == 422
    assert "Someone else saved this" in told.text
    assert told.field("Typed signature").value == "D. R."


def test_the_change_is_recorded(cast: SimpleNamespace) -> None:
    sign(MyDetails(cast.dana), paper_signature="typed", typed_signature="D. R.")

    told = Activity.objects.get(act="changed the signature")
    assert told.changes == {"typed_signature": ["", "D. R."]}


class TestTheSignatureOnClaims:
    """It belongs to General Details; who didn't log in just now types the password too."""

    def test_just_after_the_log_in_it_is_changed_without_more(self, cast: SimpleNamespace) -> None:
        answer = MyDetails(cast.dana).save({"Signature on claims": "SIGNATURE ON FILE"})

        assert answer.status == 302

    def test_later_the_password_is_asked_for(self, cast: SimpleNamespace) -> None:
        dana = MyDetails(cast.dana, just_now=False)

        told = dana.save({"Signature on claims": "SIGNATURE ON FILE"})

        assert told.status == 422
        assert "Enter your password" in told.says_beside("Password")
        assert cast.dana.practitioner.signature == "name"
        assert dana.send(told, {"Password": "wrong"}).status == 422
        assert dana.send(told, {"Password": PASSWORD}).status == 302
        assert cast.dana.practitioner.signature == "on file"

    def test_everything_else_is_saved_without_it(self, cast: SimpleNamespace) -> None:
        answer = MyDetails(cast.dana, just_now=False).save({"Pronouns": "she/her"})

        assert answer.status == 302
