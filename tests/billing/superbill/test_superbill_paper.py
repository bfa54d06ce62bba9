"""The superbill on paper: what it says, what it must not say, and that it is for everyone."""

import datetime as dt
import hashlib
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec
import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from msgspec import UNSET

from letterhead.billing.contents import Contents, InsuredPicture
from letterhead.billing.problems import Place
from letterhead.billing.superbill.checks import superbill_problems, typed_values
from letterhead.billing.superbill.numbers_of import license_for
from letterhead.billing.superbill.paper import (
    TEMPLATE,
    missing_glyphs,
    superbill_pdf,
)
from letterhead.billing.superbill.words import words
from letterhead.details.letterhead import (
    Address,
    License,
    OtherIdNumber,
    PaperSignature,
    PersonName,
    Phone,
    PlaceOfCare,
    TaxId,
)
from letterhead.details.signature.drawing import from_strokes
from letterhead.files.glyphs import FONTS, unprintable
from tests.billing.samples import NUTRITION, SUPERBILL, logo
from tests.billing.strategies import superbills
from tests.claims.samples import changed

# Points: nothing may stand nearer to the edge. The margins are 62 or more; a glyph such as the
# fraction slash leans out of its own box by a few.
SIDE, TOP, BOTTOM = 56, 30, 30


def pages_of(pdf: bytes) -> list[str]:
    """Read each page's text."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def squeezed(text: str) -> str:
    """Give a text without blanks and hyphens: lines break at both."""
    return re.sub(r"[\s\-\u2010\ufffe\x02\xad]+", "", unicodedata.normalize("NFKC", text))


@cache
def said_by(contents: Contents, **more: Any) -> str:
    """Print a superbill and read it back squeezed."""
    return squeezed("\n".join(pages_of(superbill_pdf(contents, **more))))


def strays(pdf: bytes) -> list[str]:
    """Give the characters with ink that stand outside the margins."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        width, height = page.get_size()
        text = page.get_textpage()
        for n in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(n)
            outside = left < SIDE or right > width - SIDE or bottom < BOTTOM or top > height - TOP
            if outside and right > left and (character := text.get_text_range(n, 1).strip()):
                found.append(character)
    return found


@pytest.mark.parametrize(
    "value",
    [
        "Riverside Nutrition", "48 Water Street", "Suite 2", "New York, NY 10004-1234",
        "(212) 555-0140", "Group NPI 2000000028", "Tax ID (EIN) 12-3456789",
        "Taxonomy 133V00000X", "Superbill",
        "SB-2026-0001", "November 26, 2026", "Dr Dana Maria Rivera, RDN, PhD",
        "NPI 2000000010", "License Dietitian, NY 007512", "State license RD-004812",
        "Work (212) 555-0142", "Email dana.rivera@riverside.example", "Ana Lucía Núñez",
        "7 Elm St.", "Yonkers, NY 10701-0001", "Birth date 02/09/1984", "Payer Hudson Health",
        "Member ID W123456789", "Policy group GRP-77", "Plan Silver", "A E11.9", "B Z71.3",
        "11/03/2026 11 97802 95 GT Nutrition assessment, first visit A B 4 $1,150.00",
        "Total $1,150.00 Paid $1,150.00 Balance $0.00 Paid in full",
        "Referred by Ruth Castellano, MD Their NPI 2000000044", "Signature of provider",
        "Page 1 of 1", "This is a receipt for services, not a claim.",
    ],
)  # fmt: skip
def test_a_superbill_shows_each_field(value: str) -> None:
    assert squeezed(value) in said_by(SUPERBILL, logo=logo())


@pytest.mark.parametrize(
    "value", ["219-09-9998", "219099998", "(212) 555-0177", "NJ-11", "H99120", "9145550122"]
)
def test_a_superbill_keeps_quiet_about_the_rest(value: str) -> None:
    assert squeezed(value) not in said_by(SUPERBILL)


def test_a_visit_elsewhere_shows_the_address_of_the_place() -> None:
    away = changed(
        SUPERBILL,
        letterhead__location=PlaceOfCare(
            name="Hudson office",
            place_of_service="11",
            address=Address(line1="3 Mill Road", city="Hudson", state="NY", postal_code="12534"),
        ),
    )
    assert squeezed("Location Hudson office, 3 Mill Road, Hudson, NY 12534") in said_by(away)


def test_a_visit_at_the_practice_shows_its_address_once() -> None:
    at_home = PlaceOfCare(
        name="Main office",
        place_of_service="11",
        address=SUPERBILL.letterhead.practice.address,
    )
    said = said_by(changed(SUPERBILL, letterhead__location=at_home))
    assert squeezed("Location Main office") in said
    assert said.count(squeezed("48 Water Street")) == 1


def test_the_individual_tax_id_prints_where_ticked() -> None:
    selected = changed(SUPERBILL, letterhead__clinician__tax_id_on_bills=True)
    assert squeezed("Tax ID (SSN) 219-09-9998") in said_by(selected)


def test_a_payers_own_number_prints_for_that_payer_only() -> None:
    assert squeezed("Provider number H99120") in said_by(changed(SUPERBILL, payer__id=7))


def test_without_a_license_for_the_state_the_first_printable_prints() -> None:
    assert "NJ11" in said_by(changed(SUPERBILL, client__address=Address(state="CT")))


@pytest.mark.parametrize("state", ["New York", "new york", "N.Y."])
def test_a_license_is_of_the_clients_state_by_letters_or_by_name(state: str) -> None:
    licenses = (License(state="NJ", number="NJ-11"), License(state=state, number="NY-7"))
    bill = changed(SUPERBILL, clinician__licenses=licenses)

    assert license_for(bill) == licenses[1]


def test_a_license_that_holds_goes_before_an_expired_one() -> None:
    old, new = (
        License(state="NY", number=number, expires=dt.date(year, 1, 1))
        for number, year in (("OLD1", 2020), ("NEW2", 2030))
    )
    said = said_by(changed(SUPERBILL, letterhead__clinician__licenses=(old, new)))
    assert "NEW2" in said
    assert "OLD1" not in said


def test_the_insured_prints_where_another_person() -> None:
    insured = InsuredPicture(name=PersonName(first="Luis", last="Núñez"))
    bill = changed(SUPERBILL, policy__insured=insured, policy__relationship="spouse")
    assert squeezed("Insured Luis Núñez, client is spouse") in said_by(bill)
    assert "Theirbirthdate" not in said_by(bill)


def test_the_insureds_birth_date_prints_where_it_is_known() -> None:
    insured = InsuredPicture(name=PersonName(last="Núñez"), birth_date=dt.date(1981, 3, 4))
    bill = changed(SUPERBILL, policy__insured=insured, policy__relationship="spouse")
    assert squeezed("client is spouse Their birth date 03/04/1981") in said_by(bill)


def taxonomy(number: str, payer: int | None = None) -> OtherIdNumber:
    return OtherIdNumber(qualifier="ZZ", number=number, payer=payer)


@pytest.mark.parametrize(
    ("own", "shown"),
    [
        ([taxonomy("133N00000X")], "133N00000X"),
        ([taxonomy("133N00000X"), taxonomy("133VN1004X")], "133N00000X"),
        ([taxonomy("133N00000X"), taxonomy("133VN1004X", payer=5)], "133VN1004X"),
        ([taxonomy("133N00000X"), taxonomy("133VN1004X", payer=9)], "133N00000X"),
    ],
)
def test_the_clinicians_own_taxonomy_is_the_one_of_item_24j(
    own: list[OtherIdNumber], shown: str
) -> None:
    said = said_by(changed(SUPERBILL, clinician__other_ids=tuple(own)))

    assert squeezed(f"NY 007512 Taxonomy {shown}") in said
    assert said.count("Taxonomy") == 2  # the practice's, too
    assert len([other for other in own if other.number in said]) == 1


def test_a_taxonomy_that_is_also_the_practices_prints_once() -> None:
    said = said_by(changed(SUPERBILL, clinician__other_ids=(taxonomy("133V00000X"),)))

    assert said.count("133V00000X") == 1
    assert squeezed("NY 007512 Taxonomy 133V00000X") in said


def test_a_person_who_bills_under_another_number_is_named() -> None:
    bill = changed(
        SUPERBILL,
        letterhead__practice__npi_type="individual",
        letterhead__practice__holder=PersonName(first="Lee", last="Park"),
        letterhead__practice__holder_npi="2000000051",
    )
    said = said_by(bill)
    assert squeezed("NPI of Lee Park 2000000051") in said
    assert "GroupNPI" not in said


def test_a_draft_says_so_and_shows_the_signature_that_will_be_there() -> None:
    said = said_by(changed(SUPERBILL, number=""))
    assert "DraftNovember26,2026" in said
    assert said.count("DanaMariaRivera,RDN,PhD") == 2
    assert squeezed("Signature of provider, once issued") in said
    assert "SB2026" not in said


@pytest.mark.parametrize(
    ("paid", "expected"),
    [("0", "Balance $1,150.00"), ("1150", "Paid in full"), ("1200", "Credit $50.00 Paid in full")],
)
def test_totals_say_what_is_owed(paid: str, expected: str) -> None:
    said = said_by(changed(SUPERBILL, visit__amount_paid=Decimal(paid)))
    assert squeezed(expected) in said
    assert ("Paidinfull" in said) == ("Paid in full" in expected)
    assert ("Payto" in said) == (paid == "0")


def test_where_to_pay_prints_where_money_is_owed() -> None:
    owed = changed(SUPERBILL, visit__amount_paid=Decimal(1))
    assert squeezed("Pay to PO Box 12 Albany, NY 12207") in said_by(owed)


THE_3RD = dt.date(2026, 11, 3)


@pytest.mark.parametrize(
    ("paid", "on", "by", "expected"),
    [
        ("1150", THE_3RD, "card", "Paid in full on 11/03/2026, by card"),
        ("1150", THE_3RD, "transfer", "Paid in full on 11/03/2026, by bank transfer"),
        ("1150", THE_3RD, UNSET, "Paid in full on 11/03/2026"),
        ("1150", UNSET, "check", "Paid in full, by check"),
        ("25", THE_3RD, "cash", "Paid on 11/03/2026, in cash"),
        ("25", THE_3RD, "other", "Paid on 11/03/2026, by other means"),
        ("25", UNSET, "card", "Paid, by card"),
        ("25", UNSET, UNSET, ""),
    ],
)
def test_a_superbill_says_when_and_how_it_was_paid(
    paid: str, on: Any, by: Any, expected: str
) -> None:
    bill = changed(
        SUPERBILL,
        visit__amount_paid=Decimal(paid),
        visit__paid_on=on,
        visit__payment_method=by,
    )
    assert words(bill)["settled"] == expected
    assert squeezed(expected) in said_by(bill)


def test_each_service_shows_its_own_day_and_its_units() -> None:
    later = msgspec.structs.replace(NUTRITION, service_on=dt.date(2026, 11, 17), units=Decimal(1))
    said = said_by(changed(SUPERBILL, visit__lines=(NUTRITION, later)))

    assert squeezed("11/03/2026 11 97802 95 GT Nutrition assessment, first visit A B 4") in said
    assert squeezed("11/17/2026 11 97802 95 GT Nutrition assessment, first visit A B 1 $") in said


def test_a_superbill_issued_before_these_rules_prints_as_it_was_issued() -> None:
    insured = InsuredPicture(name=PersonName(last="Núñez"), birth_date=dt.date(1981, 3, 4))
    own = (taxonomy("133N00000X"), taxonomy("133VN1004X"))
    before = words(changed(SUPERBILL, version=1, policy__insured=insured, clinician__other_ids=own))

    assert before["pay_to"] == ["PO Box 12", "Albany, NY 12207"]
    assert "Their birth date" not in dict(before["client"]["facts"])
    assert [said for label, said in before["clinician"]["facts"] if label == "Taxonomy"] == [
        "133N00000X",
        "133VN1004X",
    ]
    assert before["settled"] == "Paid in full"


def test_abroad_dates_money_and_paper_are_the_countrys() -> None:
    berlin = Address(line1="Torstraße 5", city="Berlin", postal_code="10119", country="DE")
    bill = changed(
        SUPERBILL, letterhead__practice__address=berlin, letterhead__practice__currency="EUR"
    )
    said = said_by(bill)
    for value in ("10119 Berlin", "26 November 2026", "3 Nov 2026", "1.150,00 €",
                  "Yonkers, NY 10701-0001 United States"):  # fmt: skip
        assert squeezed(value) in said
    assert pypdfium2.PdfDocument(superbill_pdf(bill))[0].get_size() == pytest.approx(
        (595.28, 841.89), abs=0.1
    )


def test_many_lines_go_on_under_the_same_header() -> None:
    pages = pages_of(superbill_pdf(changed(SUPERBILL, visit__lines=(NUTRITION,) * 60)))
    assert len(pages) >= 3
    assert all("Modifiers" in page for page in pages[:-1])
    assert all(f"Page {n} of {len(pages)}" in page for n, page in enumerate(pages, 1))
    assert sum(page.count("97802") for page in pages) == 60
    assert all("Riverside Nutrition" in page for page in pages)


def test_it_is_a_tagged_pdf_ua_titled_without_the_client() -> None:
    pdf = superbill_pdf(SUPERBILL, logo=logo())
    document = pypdfium2.PdfDocument(pdf)
    assert document.is_tagged()
    assert document.get_metadata_value("Title") == "Superbill SB-2026-0001"
    assert not any("Núñez" in value for value in document.get_metadata_dict().values())
    assert b"/Lang(en" in pdf.replace(b"/Lang (", b"/Lang(")
    for mark in (b"/StructTreeRoot", b"pdfuaid:part>1<", b"/DisplayDocTitle true"):
        assert mark in pdf
    assert kinds_of(document) >= {"H1", "H2", "Table", "THead", "TH", "TD", "Figure"}


def kinds_of(document: pypdfium2.PdfDocument) -> set[str]:
    """Give the types of all structure elements of the first page; figures must have words."""
    raw, kinds = pypdfium2.raw, set()
    tree = raw.FPDF_StructTree_GetForPage(document[0])
    todo = [
        raw.FPDF_StructTree_GetChildAtIndex(tree, n)
        for n in range(raw.FPDF_StructTree_CountChildren(tree))
    ]
    while todo:
        element = todo.pop()
        kind = string_of(raw.FPDF_StructElement_GetType, element)
        kinds.add(kind)
        if kind == "Figure":
            assert string_of(raw.FPDF_StructElement_GetAltText, element) == "Riverside Nutrition"
        children = range(raw.FPDF_StructElement_CountChildren(element))
        todo += filter(None, (raw.FPDF_StructElement_GetChildAtIndex(element, n) for n in children))
    raw.FPDF_StructTree_Close(tree)
    return kinds


def string_of(read: Any, element: Any) -> str:
    """Read one of an element's strings."""
    import ctypes

    buffer = ctypes.create_string_buffer(400)
    size = read(element, buffer, 400)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le")


def test_the_same_contents_give_the_same_bytes_in_every_thread() -> None:
    with ThreadPoolExecutor(4) as threads:
        printed = list(threads.map(lambda _: superbill_pdf(SUPERBILL, logo=logo()), range(12)))
    assert len(set(printed)) == 1


def test_the_document_is_dated_by_its_contents() -> None:
    made = pypdfium2.PdfDocument(superbill_pdf(SUPERBILL)).get_metadata_value("CreationDate")
    assert made.startswith("D:20261126")


@pytest.mark.parametrize("picture", [b"", b"no picture", b"<svg/>", logo()[:60]])
def test_what_is_no_picture_is_left_out(picture: bytes) -> None:
    assert superbill_pdf(SUPERBILL, logo=picture) == superbill_pdf(SUPERBILL)


HOSTILE = [
    '#read("/etc/passwd")', "$x$ *b* _i_ `c`", '#import "@preview/x:0.1.0": *', "\\n \\u{41} \\",
    "<label> @label = head", "// no comment", "W" * 100, "a-" * 50, "7-" * 50,
    "ab :" * 25, "( " * 50, "é" * 100,
    "{{ name }} & < > \" '", "#{1+1}", "fi ffi ½ µ μ", "e" + "\u0301\u0323" + "nd",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("spot", [
    "letterhead__practice__name", "letterhead__clinician__credentials", "client__name__last",
    "payer__name", "policy__member_id", "letterhead__clinician__npi_label",
    "client__address__line1", "visit__prior_authorization",
])  # fmt: skip
def test_typed_text_stays_text(typed: str, spot: str) -> None:
    bill = changed(SUPERBILL, **{spot: typed})
    assert missing_glyphs(bill) == ""
    pdf = superbill_pdf(bill)
    assert squeezed(typed) in squeezed("\n".join(pages_of(pdf)))
    assert strays(pdf) == []


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        ("דנה", "דנה"), ("محمد", "محمد"), ("李", "李"), ("😀", "😀"), ("a\u202eb", "\u202e"),
        ("a\u200bb", "\u200b"), ("a\u034fb", "\u034f"), ("a\nb", "\n"), ("a\x00b", "\x00"),
        ("１", "１"), ("\ue000", "\ue000"), ("z" + "\u0301" * 9, "\u0301"), ("\ud800", "\ud800"),
    ],
)  # fmt: skip
def test_what_our_fonts_lack_is_refused_by_name_but_a_draft_still_shows(
    typed: str, missing: str
) -> None:
    bill = changed(SUPERBILL, client__name__last=typed)
    assert set(missing_glyphs(bill)) == set(missing)
    (error,) = (problem for problem in superbill_problems(bill) if problem.severity == "error")
    assert (error.place, error.field) == (Place.CLIENT, "last_name")
    assert "□" in said_by(bill)


def test_a_complete_superbill_has_no_problem() -> None:
    assert superbill_problems(SUPERBILL) == ()


@pytest.mark.parametrize(
    ("changes", "severity", "place", "field"),
    [
        ({"client__name": PersonName(first=" ")}, "error", Place.CLIENT, "last_name"),
        ({"visit__lines": ()}, "error", Place.VISIT, "lines-0-code"),
        ({"letterhead__clinician__npi": ""}, "warning", Place.MY_DETAILS, "npi"),
        ({"letterhead__clinician__licenses": ()}, "warning", Place.MY_DETAILS, "licenses"),
        ({"client__address__state": "CT"}, "warning", Place.MY_DETAILS, "licenses-0-state"),
        ({"issued_on": dt.date(2028, 1, 1)}, "warning", Place.MY_DETAILS, "licenses-1-expires"),
        ({"letterhead__practice__tax_id": None}, "warning", Place.BILLING, "tax_id"),
        ({"visit__diagnoses": ()}, "warning", Place.VISIT, "diagnoses-0-code"),
    ],
)
def test_each_problem_names_the_field_where_it_is_fixed(
    changes: dict[str, Any], severity: str, place: Place, field: str
) -> None:
    (problem,) = superbill_problems(changed(SUPERBILL, **changes))
    assert (problem.severity, problem.place, problem.field) == (severity, place, field)


def test_every_printed_text_belongs_to_a_field() -> None:
    """No value can print and yet be refused without a word on where to fix it."""
    bill = changed(
        SUPERBILL,
        letterhead__clinician__other_ids=(OtherIdNumber(qualifier="G2", number="1"),),
        letterhead__clinician__tax_id_on_bills=True,
        letterhead__location__npi="2000000036",
        policy__insured=InsuredPicture(name=PersonName(last="Núñez")),
        visit__prior_authorization="PA-1",
    )
    spoiled = _spoiled(bill)
    assert "日" not in missing_glyphs(bill)
    named = {problem.item for problem in superbill_problems(spoiled) if problem.severity == "error"}
    lacking = [text for text in _texts(words(spoiled)) if "日" in text]
    typed = "".join(value.text for value in typed_values(spoiled))
    assert len(lacking) >= 20
    for text in lacking:
        assert all(part in typed for part in re.findall(r"\d*日", text))
    assert len(named) >= 20


def _spoiled(bill: Contents, counter: list[int] | None = None) -> Any:
    """Give a bill in which each free text is a number of its own and a character we lack."""
    kept = {"kind", "number", "country", "currency", "npi_type", "time_zone", "qualifier",
            "relationship", "sex", "signature", "place_of_service", "version"}  # fmt: skip
    counter = counter if counter is not None else [0]
    if isinstance(bill, tuple):
        return tuple(_spoiled(one, counter) for one in bill)
    if isinstance(bill, str):
        counter[0] += 1
        return f"{counter[0]}日"
    if not isinstance(bill, msgspec.Struct):
        return bill
    parts = {
        name: _spoiled(getattr(bill, name), counter)
        for name in bill.__struct_fields__
        if name not in kept or (name == "number" and not isinstance(bill, Contents))
    }
    return msgspec.structs.replace(bill, **parts)


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value
    return [text for one in inner for text in _texts(one)]


WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # it would take minutes


@settings(
    max_examples=200,
    deadline=None,
    phases=WITHOUT_SHRINKING,
    suppress_health_check=list(HealthCheck),
)
@given(superbills)
def test_any_superbill_prints_accessibly_and_reads_back(contents: Contents) -> None:
    pdf = superbill_pdf(contents)
    assert b"pdfuaid:part>1<" in pdf
    assert missing_glyphs(contents) == ""
    read = squeezed("\n".join(pages_of(pdf)))
    said = [text for name, value in words(contents).items()
            if name not in {"paper", "language", "labels", "layout", "columns"}
            for text in _texts(value)]  # fmt: skip
    assert [text for text in said if squeezed(text) not in read] == []
    assert strays(pdf) == []


def test_our_fonts_are_those_we_named() -> None:
    rows = [line.split() for line in (FONTS / "CHECKSUMS").read_text().splitlines()[1:]]
    assert {row[0] for row in rows} == {path.name for path in FONTS.iterdir()} - {"CHECKSUMS"}
    for name, _, _, sha256 in rows:
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == sha256


def test_the_words_of_the_template_itself_are_printable() -> None:
    template = TEMPLATE.read_text()
    assert unprintable(template.replace("\n", "")) == ""
    assert unprintable(Phone(label="Work", number="", formatted="").label) == ""
    assert TaxId(kind="EIN", number="1").kind in said_by(SUPERBILL)


def test_a_drawn_signature_prints_over_the_name_of_who_signed() -> None:
    drawn = from_strokes("[[[40, 80], [120, 30], [200, 120], [320, 60]]]")
    signed = changed(
        SUPERBILL,
        letterhead__clinician__paper_signature=PaperSignature(kind="drawn", sha256="0f" * 32),
    )

    pdf = superbill_pdf(signed, signature=drawn)

    text = squeezed("\n".join(pages_of(pdf)))
    assert squeezed("Signature of provider: Dana Maria Rivera, RDN, PhD") in text
    kinds = [each.type for each in pypdfium2.PdfDocument(pdf)[0].get_objects()]
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 1


def test_a_typed_signature_prints_as_it_was_typed() -> None:
    signed = changed(
        SUPERBILL, letterhead__clinician__paper_signature=PaperSignature(text="D. M. Rivera")
    )

    assert squeezed("D. M. Rivera") in said_by(signed)


@pytest.mark.parametrize("country", ["US", "AU"])
@pytest.mark.parametrize("modifiers", [("95", "GT", "KX", "59"), ("WM", "MW", "WW", "MM")])
def test_four_modifiers_are_on_one_line(country: str, modifiers: tuple[str, ...]) -> None:
    line = msgspec.structs.replace(NUTRITION, modifiers=modifiers)
    bill = changed(SUPERBILL, visit__lines=(line,), practice__address__country=country)

    said = [row for page in pages_of(superbill_pdf(bill)) for row in page.splitlines()]

    (row,) = [row for row in said if modifiers[0] in row and modifiers[1] in row]
    assert " ".join(modifiers) in row
    assert "Nutrition assessment" in row
