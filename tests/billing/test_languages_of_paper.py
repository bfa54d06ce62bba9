"""Which languages a receipt is in: the client's, else those of the practice's paper; frozen."""

from types import SimpleNamespace

import pytest
from msgspec import UNSET

from letterhead.billing.actions import read_issued_file
from letterhead.billing.contents import Contents
from letterhead.billing.models import Bill, IssuedFile
from letterhead.billing.queries import draft_contents, issued_contents
from letterhead.clients.models import Client
from letterhead.practices.models import Practice, PracticeNumber
from tests.billing.ready import NOW, draft, full_visit, issued
from tests.pdf import pages_of, pdf_text
from tests.practices.abroad import move_to

pytestmark = pytest.mark.django_db


def of_draft(cast: SimpleNamespace, kind: str = Bill.Kind.SUPERBILL) -> Contents:
    visit = full_visit(cast)
    if kind == Bill.Kind.SUPERBILL:
        move_to(cast, "CA")
    return draft_contents(draft(cast, visit, kind), now=NOW)


def languages(contents: Contents) -> tuple[object, object]:
    return contents.language, contents.second_language


@pytest.mark.parametrize(
    ("clients", "papers", "found"),
    [
        ("", "", ("en-GB", UNSET)),
        ("", "fr", ("fr", UNSET)),
        ("", "fr+en-GB", ("fr", "en-GB")),
        ("fr", "fr+en-GB", ("fr", UNSET)),
        ("fr+en-GB", "", ("fr", "en-GB")),
    ],
)
def test_the_clients_language_goes_before_that_of_the_paper(
    cast: SimpleNamespace, clients: str, papers: str, found: tuple[object, object]
) -> None:
    Practice.objects.filter(pk=cast.practice.pk).update(paper_language=papers)
    visit = full_visit(cast)
    move_to(cast, "CA")
    Client.objects.update(language=clients)

    contents = draft_contents(draft(cast, visit, Bill.Kind.SUPERBILL), now=NOW)

    assert languages(contents) == found


def test_claims_stay_in_english(cast: SimpleNamespace) -> None:
    Practice.objects.filter(pk=cast.practice.pk).update(paper_language="fr+en-GB")

    assert languages(of_draft(cast, Bill.Kind.CMS1500)) == ("en-US", UNSET)


def test_labels_of_numbers_and_phones_are_in_the_first_language(cast: SimpleNamespace) -> None:
    Practice.objects.filter(pk=cast.practice.pk).update(paper_language="fr+en-GB")
    PracticeNumber.objects.create(
        practice=cast.practice, position=0, kind="gst", number="123456782RT0001"
    )

    letterhead = of_draft(cast).letterhead

    assert letterhead.practice.numbers
    assert letterhead.practice.numbers[0].label == "N° de TPS/TVH"
    assert letterhead.clinician.phones[0].label == "Cellulaire"


def test_an_issued_receipt_keeps_its_languages(cast: SimpleNamespace) -> None:
    Practice.objects.filter(pk=cast.practice.pk).update(paper_language="fr+en-GB")
    visit = full_visit(cast)
    move_to(cast, "CA", paper_language="fr+en-GB")
    bill = issued(cast, visit, Bill.Kind.SUPERBILL)
    Practice.objects.filter(pk=cast.practice.pk).update(paper_language="", country="US")
    Client.objects.update(language="de")

    pdf = read_issued_file(IssuedFile.objects.get(issued=bill))

    assert languages(issued_contents(bill)) == ("fr", "en-GB")
    texts = [pdf_text(pdf, page) for page in range(pages_of(pdf))]
    assert "Reçu R26-0001" in texts[0]
    assert "Receipt R26-0001" in texts[-1]
