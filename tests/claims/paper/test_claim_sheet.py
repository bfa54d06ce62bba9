"""The claim on a page: each value where the paper has it, what differs marked, all of it text."""

import re
from html import unescape
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from letterhead.billing.contents import Contents
from letterhead.claims.appearance import cms1500_sheet
from letterhead.claims.grid import BOXES, Key
from letterhead.claims.paper.pdf import readable
from letterhead.claims.paper.svg import PARTS
from letterhead.details.letterhead import PersonName, TaxId
from tests.claims.reading import values_of
from tests.claims.rules.test_rules import elsewhere, other_id
from tests.claims.samples import A_LINE, CLAIM, GROUP_NPI, changed
from tests.claims.strategies import any_claims, sound_claims
from tests.work import calls_in

OUR_TAGS = re.compile(
    r'</?(div|p|b|small|svg|title|g|path|rect|text|dl|dt|dd|mark)( [a-zA-Z-]+="[^"<>]*")*/?>'
)
TAX_ID: Key = ("25", "federal tax ID")


def svgs(sheet: str) -> list[ElementTree.Element]:
    found = re.findall("<svg.*?</svg>", sheet, re.DOTALL)
    return [ElementTree.fromstring(svg) for svg in found]  # noqa: S314 (made by us)


def key_at(element: ElementTree.Element, width: int) -> Key:
    """Find the box around so many characters that begin where an element stands."""
    column = (float(element.get("x", "")) - 26) / 7.2 + 1
    line = (float(element.get("y", "")) + (9.2 if element.tag == "rect" else 0) - 22) / 12
    assert max(abs(column - round(column)), abs(line - round(line))) < 0.02
    (key,) = (
        key
        for key, box in BOXES.items()
        if box.line == round(line)
        and box.column <= round(column)
        and round(column) + width <= box.column + max(box.width, width)
        and round(column) < box.column + box.width
    )
    return key


def values(sheet: str) -> dict[Key, str]:
    """Read the values back by where they stand."""
    texts = [
        element
        for svg in svgs(sheet)
        for element in svg.iter("text")
        if (element.get("class") or "").startswith("value")
    ]
    return {key_at(one, len(one.text or "")): one.text or "" for one in texts}


def marked(sheet: str) -> list[Key]:
    return [
        key_at(rect, 1)
        for svg in svgs(sheet)
        for rect in svg.iter("rect")
        if rect.get("class") == "changed"
    ]


def listed(sheet: str) -> dict[str, str]:
    """Give the list beside the picture, marks as [ ]."""
    entries = re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", sheet)
    return {dt: unescape(re.sub("</mark>", "]", re.sub("<mark>", "[", dd))) for dt, dd in entries}


def printed(claim: Contents) -> dict[Key, str]:
    """What the paper says from item 24 on, its tax ID masked."""
    page = values_of(readable(claim))[0]
    shown = {key: text for key, text in page.items() if BOXES[key].line >= 41}
    if TAX_ID in shown:
        shown[TAX_ID] = "•" * len(shown[TAX_ID][:-4]) + shown[TAX_ID][-4:]
    return shown


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(sound_claims)
def test_the_sheet_says_what_the_paper_prints_where_it_prints_it(claim: Contents) -> None:
    assert values(cms1500_sheet(claim)) == printed(claim)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_claims)
def test_whatever_is_typed_stays_text_and_what_is_the_same_is_not_marked(claim: Contents) -> None:
    sheet = cms1500_sheet(claim, CLAIM)

    assert not re.search("[<>]", OUR_TAGS.sub("", sheet))
    assert not re.search(
        r"\bstyle=|\bon[a-z]+=", " ".join(m.group() for m in OUR_TAGS.finditer(sheet))
    )
    assert marked(cms1500_sheet(claim, claim)) == []


@pytest.mark.parametrize(
    ("changes", "keys"),
    [
        ({"clinician__npi": "2000000036"}, [("24J", "line 1 rendering NPI")]),
        (other_id("G2", "RD004812"), [("24I", "line 1 other ID qualifier shaded")]),
        ({"clinician__other_ids": ()}, [("24I", "line 1 other ID qualifier shaded"),
                                         ("24J", "line 1 other ID shaded")]),
        ({"clinician__credentials": "RDN"}, [("31", "signature with degrees or credentials")]),
        ({"practice__tax_id": TaxId(kind="EIN", number="993456789")}, [TAX_ID]),
        ({"practice__name": "Riverside"}, [("33", "billing name")]),
        ({"clinician__title": "Prof", "clinician__contact_email": "a@b.example"}, []),
        ({"client__name": PersonName(first="A", last="B")}, []),
    ],
)  # fmt: skip
def test_what_differs_is_marked_and_nothing_else(changes: dict[str, Any], keys: list[Key]) -> None:
    sheet = cms1500_sheet(changed(CLAIM, **changes), CLAIM)

    assert marked(sheet) == keys
    written = sum("[" in value for value in listed(sheet).values())
    assert written == len([key for key in keys if key in values(sheet)])


def test_what_is_too_long_is_shown_whole_and_as_too_long() -> None:
    long = changed(CLAIM, clinician__credentials="MS, RD, CDN, PhD")

    sheet = cms1500_sheet(long)

    assert 'class="value misfit" textLength="194.4">DANA M RIVERA MS RD CDN PHD</text>' in sheet


def test_those_who_do_not_see_it_get_each_item_as_a_list() -> None:
    claim = changed(CLAIM, visit__lines=(A_LINE, A_LINE), **elsewhere())
    sheet = cms1500_sheet(changed(claim, clinician__npi="2000000036"), claim)

    items = listed(sheet)

    assert items["Item 24A, line 2"] == "11 03 26 11 03 26"
    assert items["Item 24J, line 1"] == "RD004812 [2000000036]"
    assert items["Item 25"] == "•••••6789 EIN"
    assert items["Item 27"] == "YES"
    assert items["Item 31"] == "DANA M RIVERA RDN PHD 11 26 2026"
    assert items["Item 32"] == "ANNEX 9 FOUNDRY SQ TROY NY 121800001"
    assert items["Item 33a"] == GROUP_NPI
    for svg in svgs(sheet):
        assert svg.get("role") == "img"
        assert (svg.findtext("title") or "").startswith("Items 24")


def test_the_pictures_meet_and_hold_every_box_from_item_24_on() -> None:
    for box in BOXES.values():
        parts = [part for part in PARTS if part.holds(box.line, box.column)]
        assert len(parts) == (1 if box.line >= 41 else 0), box
    left, right = PARTS
    assert 0 <= left.x + left.width - right.x < 0.5
    assert (left.y, left.height) == (right.y, right.height)


def test_twice_the_services_take_at_most_twice_the_work() -> None:
    def work(lines: int) -> int:
        saved = changed(CLAIM, visit__lines=(A_LINE,) * lines)
        typed = changed(saved, clinician__credentials="RDN")
        return calls_in(lambda: cms1500_sheet(typed, saved))

    assert work(12) <= 2 * work(6)


def test_several_blanks_keep_what_follows_in_its_column() -> None:
    blanks = "  FEEDING PUMP   ZZ1"
    line = msgspec.structs.replace(A_LINE, supplemental=blanks)

    (drawn,) = [
        element.text
        for svg in svgs(cms1500_sheet(changed(CLAIM, visit__lines=(line,))))
        for element in svg.iter("text")
        if "FEEDING" in (element.text or "")
    ]

    assert drawn != blanks
    assert (drawn or "").replace("\N{NO-BREAK SPACE}", " ") == blanks
    assert "  " not in (drawn or "")
