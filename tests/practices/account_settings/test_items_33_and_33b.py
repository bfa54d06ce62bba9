"""What item 33 of a claim calls the practice, and the number that a payer gave it, item 33b."""

from types import SimpleNamespace

import pytest

from letterhead.billing.models import Visit
from letterhead.billing.problems import Place
from letterhead.billing.queries import draft_contents
from letterhead.claims.readiness import refused
from letterhead.practices.models import Payer, Practice
from tests.billing.ready import NOW, draft
from tests.billing.visits.test_items_of_a_visit import printed, titles
from tests.clients.desk import client_of, policy_of, visit_of
from tests.practices.office import BILLING, SETTINGS, Office

NUMBER = "The practice’s number with this payer"
TAXONOMY = "133V00000X"


@pytest.fixture
def dana(cast: SimpleNamespace) -> Office:
    return Office(cast.dana)


@pytest.fixture
def visit(cast: SimpleNamespace) -> Visit:
    ada = client_of(cast.dana)
    return visit_of(cast, ada, policy_id=policy_of(cast, ada).pk)


@pytest.fixture
def acme(cast: SimpleNamespace) -> str:
    """The payer's page; it asks for the taxonomy."""
    Payer.objects.filter(pk=cast.acme.pk).update(other_id_in_24j="taxonomy")
    Practice.objects.filter(pk=cast.practice.pk).update(taxonomy=TAXONOMY)
    return f"/account-settings/payers/{cast.acme.pk}/"


def test_the_legal_name_prints_in_item_33(
    cast: SimpleNamespace, dana: Office, visit: Visit
) -> None:
    dana.save(BILLING, {"Legal name": "Rivera Nutrition, PLLC"})

    assert printed(cast, visit, "33")["billing name"] == "RIVERA NUTRITION PLLC"
    assert "Rivera Nutrition, PLLC" in dana.read(SETTINGS)


def test_a_name_too_long_for_item_33_leads_to_the_legal_name(
    cast: SimpleNamespace, dana: Office, visit: Visit
) -> None:
    Practice.objects.filter(pk=cast.practice.pk).update(name="Riverside Nutrition and Counseling")
    contents = draft_contents(draft(cast, visit, "cms1500"), now=NOW)

    problem = next(one for one in refused(contents) if one.item == "33")

    assert (problem.place, problem.field) == (Place.BILLING, "legal_name")
    assert problem.message.endswith(
        "has 34 characters. Only 29 fit. Enter the legal name, or a shorter form of it. "
        "See item 33."
    )


def test_a_legal_name_has_a_letter(dana: Office) -> None:
    answer = dana.save(BILLING, {"Legal name": "---"})

    assert list(answer.wrong()) == ["Legal name"]


def test_the_number_of_a_payer_takes_the_place_of_the_taxonomy(
    cast: SimpleNamespace, dana: Office, visit: Visit, acme: str
) -> None:
    assert printed(cast, visit, "33b") == {"billing other ID": f"ZZ{TAXONOMY}"}

    typed = {
        "Qualifier of the practice’s number": "G2 Provider Commercial Number",
        "The practice’s number": "H-99120",
    }
    dana.save(acme, typed)

    assert printed(cast, visit, "33b") == {"billing other ID": "G2H99120"}


def test_medicare_gets_no_number_in_33b(
    cast: SimpleNamespace, dana: Office, visit: Visit, acme: str
) -> None:
    saved = {"billing_other_id_qualifier": "G2", "billing_other_id": "H99120"}
    Payer.objects.filter(pk=cast.acme.pk).update(kind="medicare", **saved)

    assert printed(cast, visit, "33b") == {}


@pytest.mark.parametrize(
    "typed",
    [
        {"The practice’s number": "H99120"},
        {"Qualifier of the practice’s number": "0B State License Number"},
    ],
)
def test_a_number_and_its_qualifier_need_each_other(
    dana: Office, acme: str, typed: dict[str, str]
) -> None:
    answer = dana.save(acme, typed)

    assert answer.status == 422
    assert "Enter the number and its qualifier together." in answer.text


def test_the_number_is_folded_away_until_there_is_one(
    cast: SimpleNamespace, dana: Office, acme: str
) -> None:
    assert titles(dana.open(acme).html, opened=False) == [NUMBER]

    saved = {"billing_other_id_qualifier": "G2", "billing_other_id": "H99120"}
    Payer.objects.filter(pk=cast.acme.pk).update(**saved)

    assert titles(dana.open(acme).html, opened=True) == [NUMBER]
