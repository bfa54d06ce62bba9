"""Claims on paper: where values stand, both ways, and what a printer's offset moves."""

from io import BytesIO

import pypdfium2
import pytest

from letterhead.claims.cms1500 import fill
from letterhead.claims.grid import BOXES, Offset
from letterhead.claims.paper import pdf as paper
from letterhead.claims.paper.batch import write_batch
from letterhead.claims.paper.pdf import data_only, print_forms, readable
from tests.claims.reading import captions_of, characters_of, text_of, values_of
from tests.claims.samples import A_LINE, CLAIM, changed

BESIDE, ABOVE = 1.5, 0.4  # points between a value and a caption
FULL = {key: "W" * box.width for key, box in BOXES.items() if box.width}


@pytest.mark.parametrize("drawn", [False, True])
def test_every_box_filled_to_its_width_stays_inside_its_edges(drawn: bool) -> None:
    (page,) = values_of(print_forms([FULL], drawn=drawn))

    assert page == FULL


@pytest.mark.parametrize("filling", ["W", "8", "J"])  # wide, tall, below the line
def test_no_value_touches_a_caption_however_full_its_box_is(filling: str) -> None:
    pdf = print_forms([{key: filling * len(text) for key, text in FULL.items()}], drawn=True)
    (values,), (captions,) = characters_of(pdf), captions_of(pdf)
    assert len(values) == sum(map(len, FULL.values()))
    assert len(captions) > 500

    near = [
        (value.text, value.line, value.column, caption.text)
        for caption in captions
        if caption.text not in "()"  # around the area code of a phone
        for value in values
        if gap(value.left, value.right, caption.left, caption.right) < BESIDE
        and gap(value.top, value.bottom, caption.top, caption.bottom) < ABOVE
    ]

    assert near == []


def gap(first: float, last: float, other_first: float, other_last: float) -> float:
    """How far apart two stretches are; negative if they overlap."""
    return max(first, other_first) - min(last, other_last)


def test_values_alone_carry_no_caption_and_the_readable_form_does() -> None:
    assert "Insured's ID number" not in text_of(data_only(CLAIM))
    assert "Insured's ID number" in text_of(readable(CLAIM))


@pytest.mark.parametrize(("right_mm", "down_mm"), [(0, 0), (2.5, -1), (-3, 4)])
def test_a_printers_offset_moves_every_value_both_ways(right_mm: float, down_mm: float) -> None:
    (usual,) = characters_of(data_only(CLAIM))
    (moved,) = characters_of(data_only(CLAIM, offset=Offset(right_mm, down_mm)))

    points = 72 / 25.4
    for before, after in zip(usual, moved, strict=True):
        assert after.x - before.x == pytest.approx(right_mm * points, abs=0.02)
        assert after.y - before.y == pytest.approx(down_mm * points, abs=0.02)


def test_the_same_claim_gives_the_same_bytes() -> None:
    assert data_only(CLAIM) == data_only(CLAIM)
    assert readable(CLAIM) == readable(CLAIM)


def test_the_documents_title_names_no_client() -> None:
    with pypdfium2.PdfDocument(readable(CLAIM)) as document:
        metadata = document.get_metadata_dict()

    assert metadata["Title"] == "CMS-1500 (02/12)"
    assert "NUNEZ" not in str(metadata).upper()


def test_a_test_page_names_its_printer_and_its_offset() -> None:
    page = text_of(paper.test_page(Offset(1.5, -2), "Front desk 😀"))

    assert "Front desk" in page
    assert "moved 1.5 mm right, -2 mm down" in page


def test_a_batch_holds_every_form_of_every_claim_in_order() -> None:
    two_forms = changed(CLAIM, visit__lines=(A_LINE,) * 7, visit__account_number="SECOND")
    out = BytesIO()

    pages = write_batch(iter([CLAIM, two_forms]), out)

    assert pages == 3
    assert values_of(out.getvalue()) == [*fill(CLAIM), *fill(two_forms)]


def test_a_draft_says_so_and_further_forms_are_counted() -> None:
    draft = text_of(paper.readable(changed(CLAIM, number="", visit__lines=(A_LINE,) * 7)))

    assert "Draft, not issued, form 1 of 2" in draft
    assert "Draft, not issued, form 2 of 2" in draft
    assert "CL-2026-0007" in text_of(paper.readable(changed(CLAIM, number="CL-2026-0007")))
