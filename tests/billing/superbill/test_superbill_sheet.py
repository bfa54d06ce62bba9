"""The superbill on a page: what its paper says, what differs marked, and nothing but words."""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from letterhead.billing.contents import Contents
from letterhead.billing.superbill.appearance import superbill_sheet
from letterhead.billing.superbill.paper import superbill_pdf
from letterhead.billing.superbill.words import words
from letterhead.details.letterhead import License, PersonName, Phone, TaxId
from tests.billing.samples import SUPERBILL
from tests.billing.strategies import superbills
from tests.billing.superbill.test_superbill_paper import pages_of, squeezed
from tests.claims.samples import changed
from tests.work import calls_in

OWED = {"visit__amount_paid": Decimal(200), "visit__paid_on": dt.date(2026, 11, 3)}
NO_TAX_ID = changed(SUPERBILL, practice__tax_id=None, **OWED)
OUR_TAGS = re.compile(
    r"</?(div|p|b|small|span|dl|d[td]|table|thead|tbody|tr|t[hd]|mark)"
    r'( (class|scope|role|data-label|lang|translate)="[a-zA-Z0-9 -]+")*>'
)
FAX = Phone(label="Fax", number="+1", formatted="555", print_on_bills=True)
OTHER_EIN = TaxId(kind="EIN", number="993456789")


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


def read(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html))


def marks(html: str) -> list[str]:
    return [unescape(text) for text in re.findall("<mark>(.*?)</mark>", html, re.DOTALL)]


def test_every_word_of_the_sheet_stands_on_the_paper() -> None:
    paper = squeezed("\n".join(pages_of(superbill_pdf(NO_TAX_ID))))

    shown = read(superbill_sheet(NO_TAX_ID)).split()

    assert {"Riverside", "97802", "2000000044"} <= set(shown)
    assert [word for word in shown if squeezed(word) not in paper] == []


def test_the_sheet_is_in_the_papers_order() -> None:
    said = words(NO_TAX_ID)
    heads = ("superbill", "provider", "client", "diagnoses", "visit", "services", "pay_to")

    shown = read(superbill_sheet(NO_TAX_ID))

    places = [shown.index(said["labels"][head]) for head in heads]
    assert places == sorted(places)
    assert shown.index(said["settled"]) < shown.index(said["signer"]) < shown.index(said["receipt"])


def test_the_logo_stands_at_its_head_as_on_paper() -> None:
    with_logo = changed(SUPERBILL, practice__logo_sha256="a" * 64)

    assert f'<img src="/logo/{"a" * 64}.png"' in superbill_sheet(with_logo)
    assert "<img" not in superbill_sheet(changed(SUPERBILL, practice__logo_sha256=""))


def test_every_text_of_the_paper_stands_in_the_sheet() -> None:
    sheet = " ".join(read(superbill_sheet(NO_TAX_ID)).split())
    said = words(NO_TAX_ID)

    elsewhere = {"logo", "draft", "page"}  # a picture's, a draft's, the number of the page
    labels = [text for label, text in said["labels"].items() if label not in elsewhere]
    unsaid = {"paper": "", "language": "", "layout": "", "columns": []}
    on_paper = [*texts({**said, **unsaid, "labels": labels})]

    assert {"Riverside Nutrition", "97802"} <= set(on_paper)
    assert [text for text in on_paper if " ".join(text.split()) not in sheet] == []


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(superbills)
def test_whatever_is_typed_stays_text_and_what_is_the_same_is_not_marked(
    now: Contents,
) -> None:
    unchanged = superbill_sheet(now, now)
    assert words(now)["labels"]["provider"] in read(unchanged)
    assert "<mark>" not in unchanged
    assert not re.search("[<>]", OUR_TAGS.sub("", superbill_sheet(now, SUPERBILL)))


@pytest.mark.parametrize(
    ("changes", "marked"),
    [
        ({"clinician__credentials": "RDN, PhD, CDN"}, ["CDN"] * 2),
        ({"clinician__name": PersonName(first="Dana", last="Riviera")}, ["Riviera"] * 2),
        ({"clinician__npi": "2000000036"}, ["2000000036"]),
        ({"clinician__contact_email": "d@riverside.example"}, ["d@riverside.example"]),
        ({"clinician__phones": (FAX,)}, ["Fax", "555"]),
        ({"clinician__licenses": (License(state="NY", number="9"),)}, ["9"]),
        ({"practice__name": "Riverside & Sons"}, ["& Sons"]),
        ({"clinician__signature": "on file"}, []),
        ({"clinician__pronouns": "they"}, []),
        ({"clinician__tax_id": TaxId(kind="SSN", number="219099997")}, []),
        ({"practice__tax_id": OTHER_EIN}, ["Tax ID (EIN)", "••-•••6789"]),
    ],
)  # fmt: skip
def test_what_differs_is_marked_and_nothing_else(
    changes: dict[str, Any], marked: list[str]
) -> None:
    assert marks(superbill_sheet(changed(SUPERBILL, **changes), SUPERBILL)) == marked


def test_tax_ids_show_their_last_four_only() -> None:
    selected = changed(SUPERBILL, clinician__tax_id_on_bills=True)

    sheet = read(superbill_sheet(selected))

    assert "•••-••-9998" in sheet and "••-•••6789" in sheet
    assert "219" not in sheet and "12-3" not in sheet


def test_a_draft_says_that_it_is_one() -> None:
    draft = read(superbill_sheet(changed(SUPERBILL, number="")))
    issued = read(superbill_sheet(SUPERBILL))

    assert "Draft" in draft and "Signature of provider, once issued" in draft
    assert "Draft" not in issued and "once issued" not in issued
    assert draft.count("Dana Maria Rivera, RDN, PhD") == 2


def test_twice_the_services_take_at_most_twice_the_work() -> None:
    def work(times: int) -> int:
        saved = changed(SUPERBILL, visit__lines=SUPERBILL.visit.lines * times)
        typed = changed(saved, clinician__credentials="RDN")
        return calls_in(lambda: superbill_sheet(typed, saved))

    assert work(48) <= 2 * work(24)
