"""Every country of ISO 3166 prints a receipt: with its address, its money and its paper."""

import pytest

from letterhead.billing.superbill.checks import superbill_problems
from letterhead.billing.superbill.paper import superbill_pdf
from letterhead.billing.superbill.words import words
from letterhead.countries.money import money
from letterhead.countries.table import country_of
from letterhead.places.address_forms import address_form_of
from letterhead.places.countries import COUNTRIES
from letterhead.ui.languages import speaking
from tests.billing.receipts import RECEIPT
from tests.claims.samples import changed
from tests.pdf import page_size, pdf_text

SIZES = {"a4": (595, 842), "us-letter": (612, 792)}


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_receipt_of_each_country_prints(country: str) -> None:
    row, form = country_of(country), address_form_of(country)
    state = form.states[0][1] if form.states else ""
    at_home = {
        "country": country, "city": "Springfield", "state": state, "postal_code": form.example,
    }  # fmt: skip
    bill = changed(
        RECEIPT,
        language=row.language_of_new_paper or row.language,
        practice__currency=row.currency,
        **{f"practice__address__{part}": value for part, value in at_home.items()},
    )

    assert [each for each in superbill_problems(bill) if each.severity == "error"] == []
    paper = superbill_pdf(bill)
    assert page_size(paper) == pytest.approx(SIZES[row.paper], abs=1)
    said = " ".join(pdf_text(paper).split())
    with speaking(words(bill)["language"]):
        total = money(bill.total, row.currency, country=country)
        title = str(row.document.title)
    for shown in (title, "Springfield", form.example, " ".join(total.split())):
        assert shown in said
