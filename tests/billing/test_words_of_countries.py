"""CMS-1500s are only for who bills US payers; other paper is called what its country calls it."""

import re
from types import SimpleNamespace

import pytest

from letterhead.activity.models import Activity
from letterhead.billing.models import Bill
from letterhead.practices.models import Practice
from tests.billing.ready import draft, full_visit, issued
from tests.clients.desk import Desk
from tests.factories import Person

CLAIM_WORDS = re.compile(r"CMS-1500|[Ss]uperbill|24[IJ]|[Cc]laim readiness|[Pp]rinters?\b")


def moved(cast: SimpleNamespace, country: str, *, bills_us_payers: bool = False) -> Desk:
    """Dana at work in a practice that is in another country from now on."""
    Practice.objects.update(country=country, bills_us_payers=bills_us_payers)
    cast.practice.refresh_from_db()
    return Desk(cast.dana)


def words_on(dana: Desk, address: str) -> str:
    """What a page says, with the labels of what isn't seen."""
    html = re.sub(r"<(script|style).*?</\1>", "", dana.read(address), flags=re.DOTALL)
    labels = re.findall(r'(?:aria-label|title|alt)="([^"]*)"', html)
    return " ".join([*labels, *re.sub(r"<[^>]*>", " ", html).split()])


@pytest.mark.parametrize("country", ["AU", "KE"])
def test_elsewhere_no_page_of_bills_speaks_of_claims(cast: SimpleNamespace, country: str) -> None:
    visit = full_visit(cast)
    dana = moved(cast, country)
    client = words_on(dana, f"/clients/{visit.client_id}/")
    bill = draft(cast, visit, Bill.Kind.SUPERBILL)

    for page in (client, words_on(dana, "/billing/")):
        assert not CLAIM_WORDS.search(page)
    page = words_on(dana, f"/billing/bills/{bill.pk}/")
    assert "New receipt" in client
    assert "Draft Receipt" in page
    assert "CMS-1500" not in page


def test_elsewhere_the_settings_have_no_printers(cast: SimpleNamespace) -> None:
    dana = moved(cast, "AU")

    assert "Add printer" not in words_on(dana, "/account-settings/")
    assert dana.get("/account-settings/printers/add/").status_code == 404


def test_elsewhere_the_addresses_of_claims_answer_404(cast: SimpleNamespace) -> None:
    visit = full_visit(cast)
    made = draft(cast, visit, Bill.Kind.CMS1500)
    claim = issued(cast, visit, Bill.Kind.CMS1500)
    dana = moved(cast, "AU")

    for address in (
        f"/billing/visits/{visit.pk}/new-cms-1500/",
        f"/clients/{visit.client_id}/new-cms-1500/",
        f"/billing/bills/{made.pk}/issue/",
        f"/billing/bills/{claim.bill_id}/correct/",
    ):
        assert dana.send(address, {"visit": str(visit.pk)}).status_code == 404
    assert "Issue</button>" not in dana.read(f"/billing/bills/{made.pk}/")


def test_issued_claims_stay_readable_for_good(cast: SimpleNamespace) -> None:
    claim = issued(cast, full_visit(cast), Bill.Kind.CMS1500)
    dana = moved(cast, "AU")

    page = words_on(dana, f"/billing/bills/{claim.bill_id}/")
    assert f"CMS-1500 {claim.number}" in page
    assert "Correct this claim" not in page
    assert dana.get(f"/billing/bills/{claim.bill_id}/cms-1500.pdf").status_code == 200


def test_who_bills_us_payers_from_elsewhere_has_claims(cast: SimpleNamespace) -> None:
    visit = full_visit(cast)
    dana = moved(cast, "CA", bills_us_payers=True)

    page = words_on(dana, f"/clients/{visit.client_id}/")
    assert "New CMS-1500" in page
    assert "New receipt" in page
    assert dana.send(f"/billing/visits/{visit.pk}/new-cms-1500/", {}).status_code == 302


def test_what_was_issued_keeps_its_name_when_the_practice_moves(cast: SimpleNamespace) -> None:
    visit = full_visit(cast)
    first = issued(cast, visit, Bill.Kind.SUPERBILL)
    dana = moved(cast, "AU")
    second = issued(cast, visit, Bill.Kind.SUPERBILL)

    client = words_on(dana, f"/clients/{visit.client_id}/")
    for bill, name in ((first, "Superbill"), (second, "Receipt")):
        page = words_on(dana, f"/billing/bills/{bill.bill_id}/")
        assert f"{name} {bill.number}" in page
        assert f"{name} PDF" in page
        assert f"{name} {bill.number}" in client


def test_the_record_says_what_was_issued(cast: SimpleNamespace) -> None:
    visit = full_visit(cast)
    moved(cast, "AU")
    issued(cast, visit, Bill.Kind.SUPERBILL)

    acts = list(Activity.objects.order_by("-pk").values_list("act", flat=True)[:2])
    assert acts == ["issued a receipt", "drafted a receipt"]


def test_the_file_is_named_after_the_paper(cast: SimpleNamespace) -> None:
    visit = full_visit(cast)
    dana = moved(cast, "AU")
    bill = issued(cast, visit, Bill.Kind.SUPERBILL)

    answer = dana.get(f"/billing/bills/{bill.bill_id}/superbill.pdf")
    assert f'filename="{bill.number}-receipt.pdf"' in answer["Content-Disposition"]


def test_with_one_kind_of_bill_there_is_no_kind_to_choose(cast: SimpleNamespace) -> None:
    visit = full_visit(cast)
    dana = moved(cast, "AU")
    draft(cast, visit, Bill.Kind.SUPERBILL)

    page = dana.read("/billing/", kind="cms1500")
    assert 'name="kind"' not in page
    assert "Ada" in page


class TestReadiness:
    """Elsewhere the list of what is missing is about the receipt."""

    def test_it_is_about_the_receipt(self, cast: SimpleNamespace) -> None:
        page = words_on(moved(cast, "AU"), "/my-details/")

        assert "Receipt readiness" in page
        assert "Claim readiness" not in page

    def test_it_names_what_receipts_lack_of_the_practice(self, cast: SimpleNamespace) -> None:
        Practice.objects.update(name="Riverside \N{SNOWMAN WITHOUT SNOW}\U0001f600")
        dana = moved(cast, "AU")

        for address in ("/my-details/", "/account-settings/"):
            page = words_on(dana, address)
            assert "1 thing is missing before this can be issued." in page
            assert "Fix it in Practice Details" in page

    def test_who_has_nothing_to_do_with_bills_has_no_list(self, cast: SimpleNamespace) -> None:
        moved(cast, "AU")

        assert "readiness" not in words_on(Desk(_without_billing(cast)), "/my-details/")


def _without_billing(cast: SimpleNamespace) -> Person:
    noor: Person = cast.noor
    return noor


@pytest.mark.parametrize(
    ("country", "tabs"),
    [
        ("US", ["Superbill", "CMS-1500", "Online scheduler"]),
        ("AU", ["Receipt", "Online scheduler"]),
    ],
)
def test_the_panel_shows_the_places_of_the_country(
    cast: SimpleNamespace, country: str, tabs: list[str]
) -> None:
    dana = moved(cast, country)

    page = dana.read("/my-details/")
    shown = re.findall(r'name="place"[^>]*aria-label="([^"]*)"', page)
    assert sorted(shown) == sorted(tabs)
    assert ("CMS-1500 item" in page) == (country == "US")


def test_the_sample_elsewhere_has_no_codes_of_the_us(cast: SimpleNamespace) -> None:
    sheet = words_on(moved(cast, "AU"), "/my-details/where-it-appears/")

    assert "97803" not in sheet
    assert "N18.31" not in sheet
    assert "CMS-1500" not in sheet
