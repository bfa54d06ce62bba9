"""Receipts in French and German, and in two languages one after the other."""

from decimal import Decimal
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from babel.messages.pofile import read_po
from django.utils import dates
from msgspec.structs import replace

from letterhead.billing.superbill.checks import superbill_problems
from letterhead.billing.superbill.paper import missing_glyphs, superbill_pdf
from letterhead.billing.superbill.words import all_words, words
from letterhead.countries.country import Country
from letterhead.countries.table import DESCRIBED, country_of
from letterhead.details.letterhead import Address, Number
from letterhead.places.countries import COUNTRIES
from letterhead.ui.languages import languages, speaking
from tests.billing.papers import receipts_of, texts_of
from tests.billing.receipts import CONSULTATION, GST, RECEIPT
from tests.billing.samples import SUPERBILL
from tests.billing.superbill.test_superbill_paper import pages_of, said_by, squeezed, strays
from tests.claims.samples import changed

ROWS = [*(row for row in DESCRIBED.values() if not row.bills_us_payers), country_of("PT")]
LOCALE = Path(__file__).resolve().parents[3] / "letterhead" / "locale"
TPS = replace(GST, name="gst-5", label="TPS", percent=Decimal(5))
MONTREAL = Address(
    line1="12 rue Sherbrooke", city="Montréal", state="QC", postal_code="H2X 1X4", country="CA"
)
OURS = changed(
    RECEIPT,
    practice__address=MONTREAL,
    practice__currency="CAD",
    practice__numbers=(
        Number(kind="gst", label="N° de TPS/TVH", number="123456782 RT0001", is_tax=True),
        Number(label="Notre numéro", number="77"),
    ),
    client__address=MONTREAL,
    visit__lines=(
        replace(
            CONSULTATION,
            minutes=60,
            taxes=(replace(GST, name="gst-5", label="TPS", percent=Decimal(5)),),
        ),
    ),
)
IN_FRENCH = replace(OURS, language="fr")
IN_BOTH = replace(IN_FRENCH, second_language="en-GB")


@cache
def texts_in(language: str) -> dict[str, str]:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_every_text_of_paper_is_translated(row: Country) -> None:
    of_django = {str(each) for months in (dates.MONTHS, dates.MONTHS_3) for each in months.values()}
    texts = {text for text in texts_of(row) if "\x04" not in text} - of_django  # its own months

    assert len(texts) > 60
    for language in ("fr", "de"):
        assert sorted(texts - texts_in(language).keys()) == []


def test_the_name_of_every_country_is_translated() -> None:
    with speaking("en-US"):
        names = {str(name) for name in COUNTRIES.values()}

    assert all(names <= texts_in(language).keys() for language in ("fr", "de"))


@pytest.mark.parametrize(
    "value",
    [
        "Reçu R26-0001", "26 novembre 2026", "Professionnel", "N° de TPS/TVH 123456782 RT0001",
        "Adressé par Ruth Vale", "2026-11-03", "110,00 $", "dont TPS 5 %",
        "Payé en totalité le 2026-11-03, par carte", "Page 1 de 1",
    ],
)  # fmt: skip
def test_a_receipt_in_french(value: str) -> None:
    assert squeezed(value) in said_by(IN_FRENCH)


def test_an_invoice_in_german() -> None:
    berlin = Address(line1="Torstraße 5", city="Berlin", postal_code="10119", country="DE")
    bill = changed(
        RECEIPT, language="de", practice__address=berlin, practice__currency="EUR",
        visit__lines=(replace(CONSULTATION, code="870", factor=Decimal("2.3")),),
    )  # fmt: skip
    said = said_by(bill)

    for value in ("Rechnung R26-0001", "26. November 2026", "Ziffer", "Faktor", "2,3",
                  "Leistung", "Betrag dankend erhalten am 03.11.2026", "110,00 €"):  # fmt: skip
        assert squeezed(value) in said


def test_two_languages_are_two_papers_in_one_each_with_its_own_pages() -> None:
    lines = OURS.visit.lines * 30
    pdf = superbill_pdf(changed(IN_BOTH, visit__lines=lines))
    pages = pages_of(pdf)

    half = len(pages) // 2
    assert half > 1
    for n in range(half):
        assert f"Page {n + 1} de {half}" in pages[n]
        assert f"Page {n + 1} of {half}" in pages[half + n]
    assert all("Reçu" in page and "Receipt" not in page for page in pages[:half])
    assert all("Receipt" in page and "Reçu" not in page for page in pages[half:])
    assert strays(pdf) == []


def test_the_first_language_is_the_documents_and_each_part_says_its_own() -> None:
    pdf = superbill_pdf(IN_BOTH)

    assert b"pdfuaid:part>1<" in pdf
    assert b"/Lang(fr)" in pdf
    assert b"/Lang(en-GB)" in pdf
    assert pypdfium2.PdfDocument(pdf).get_metadata_value("Title") == "Reçu R26-0001"


def test_french_is_as_prominent_as_the_other_language() -> None:
    first, second = (page.get_size() for page in pypdfium2.PdfDocument(superbill_pdf(IN_BOTH)))

    assert first == second
    french, english = all_words(IN_BOTH)
    assert [*french["labels"]] == [*english["labels"]]


def test_labels_that_were_frozen_are_said_anew_and_ones_own_stay() -> None:
    _first, second = all_words(IN_BOTH)
    said = [*second["practice"]["facts"], *second["clinician"]["facts"]]

    assert ("GST/HST number", "123456782 RT0001") in said
    assert ("Notre numéro", "77") in said
    assert ("Work", "(08) 5550 1234") in said
    assert second["totals"][1][0].startswith("GST")


def test_each_part_prints_as_if_it_were_alone() -> None:
    french, english = all_words(IN_BOTH)

    assert french == words(IN_FRENCH)
    assert english["labels"] == words(replace(OURS, language="en-GB"))["labels"]


def test_paper_languages_are_no_languages_of_pages() -> None:
    assert [code for code, _name in languages()] == ["en-US", "en-GB"]


def test_what_can_be_said_can_be_printed() -> None:
    for receipt in receipts_of(country_of("DE")):
        for language in ("de", "fr"):
            assert missing_glyphs(replace(receipt, language=language)) == ""


def test_problems_of_a_bill_in_french_are_in_the_readers_language() -> None:
    nameless = changed(IN_FRENCH, client__name__first="", client__name__last="")

    assert superbill_problems(nameless)[0].message == "The client has no name. Enter it."


def test_a_bill_of_before_has_one_part() -> None:
    assert len(all_words(SUPERBILL)) == 1
