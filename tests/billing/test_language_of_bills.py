"""A superbill is in its practice's language for good; a problem is in the reader's."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from pytest_django import Settings

from letterhead.billing.contents import Contents, from_json, to_json
from letterhead.billing.fixing import fix_label
from letterhead.billing.models import Bill
from letterhead.billing.problems import Place
from letterhead.billing.queries import draft_contents, issued_contents
from letterhead.billing.superbill.appearance import superbill_sheet
from letterhead.billing.superbill.checks import superbill_problems
from letterhead.billing.superbill.paper import superbill_pdf
from letterhead.claims.ahead import refusals
from letterhead.details.letterhead import PersonName
from letterhead.practices.models import Practice
from letterhead.ui.languages import speaking
from tests.billing.languages import write_spanish
from tests.billing.ready import NOW, draft, full_visit, issued
from tests.billing.samples import SUPERBILL
from tests.claims.samples import changed
from tests.pdf import pages_of, pdf_text

IN_SPANISH = changed(SUPERBILL, language="es")


@pytest.fixture(autouse=True)
def spanish(settings: Settings, tmp_path: Path) -> None:
    """An installation with a Spanish catalog."""
    write_spanish(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]


def text_of(contents: Contents) -> str:
    pdf = superbill_pdf(contents)
    return "\n".join(pdf_text(pdf, page) for page in range(pages_of(pdf)))


def test_a_superbill_prints_in_the_language_it_was_issued_in() -> None:
    text = text_of(IN_SPANISH)

    for words in ("Superfactura SB-2026-0001", "noviembre 26, 2026", "Pagado", "Página 1 de 1"):
        assert words in text
    assert b"/Lang(es)" in superbill_pdf(IN_SPANISH)


def test_a_superbill_prints_the_same_bytes_whatever_the_reader_speaks() -> None:
    in_english, in_spanish = superbill_pdf(SUPERBILL), superbill_pdf(IN_SPANISH)

    with speaking("es"):
        assert superbill_pdf(SUPERBILL) == in_english
        assert "Paid in full" in superbill_sheet(SUPERBILL)
        assert superbill_pdf(IN_SPANISH) == in_spanish


def test_a_bill_without_a_language_is_in_american_english() -> None:
    first = from_json(to_json(SUPERBILL))

    assert "language" not in to_json(SUPERBILL)
    assert superbill_pdf(first) == superbill_pdf(changed(first, language="en-US"))


@pytest.mark.django_db
@pytest.mark.parametrize(("country", "language"), [("US", "en-US"), ("GB", "en-GB")])
def test_a_bill_takes_its_practices_language_and_keeps_it(
    cast: SimpleNamespace, country: str, language: str
) -> None:
    visit = full_visit(cast)
    Practice.objects.filter(pk=cast.practice.pk).update(country=country)
    with speaking("es"):
        bill = issued(cast, visit, Bill.Kind.SUPERBILL)

    Practice.objects.filter(pk=cast.practice.pk).update(country="AU" if country == "US" else "US")

    assert issued_contents(bill).language == language
    later = draft_contents(draft(cast, visit, Bill.Kind.SUPERBILL), now=NOW)
    assert later.language != language


def test_problems_are_in_the_readers_language() -> None:
    nameless = msgspec.structs.replace(
        SUPERBILL, client=msgspec.structs.replace(SUPERBILL.client, name=PersonName())
    )

    assert superbill_problems(nameless)[0].message == "The client has no name. Enter it."
    assert fix_label(Place.MY_DETAILS) == "Fix it in My Details"
    with speaking("es"):
        assert superbill_problems(nameless)[0].message == "Falta el nombre del cliente."
        assert fix_label(Place.MY_DETAILS) == "Corríjalo en Mis datos"


def test_what_payers_refuse_is_in_each_readers_language() -> None:
    letterhead = changed(SUPERBILL, clinician__npi="").letterhead

    def said() -> str:
        today = dt.date(2026, 11, 26)
        (found,) = refusals(letterhead, payers=(), places={Place.MY_DETAILS}, today=today)
        return found.message

    assert said().endswith("Every claim would be rejected.")
    with speaking("es"):
        assert said().endswith("Se rechazaría cada reclamación.")
    assert said().endswith("Every claim would be rejected.")
