"""What few policies have: an employer as the insured, a claim number, another name on the card."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from letterhead.billing.models import Visit
from letterhead.clients.models import Client, Policy
from letterhead.practices.models import Payer
from tests.billing.visits.test_items_of_a_visit import printed, titles
from tests.clients.desk import Desk, client_of, policy_of, visit_of

CARD = "The client’s name on the card, if different"
CLAIM = "Claim number of an accident or injury"
EMPLOYER = "An employer as the insured"


@pytest.fixture
def dana(cast: SimpleNamespace) -> Desk:
    return Desk(cast.dana)


@pytest.fixture
def ada(cast: SimpleNamespace) -> Client:
    return client_of(cast.dana, sex="F")


@pytest.fixture
def policy(cast: SimpleNamespace, ada: Client) -> Policy:
    return policy_of(cast, ada)


@pytest.fixture
def visit(cast: SimpleNamespace, ada: Client, policy: Policy) -> Visit:
    return visit_of(cast, ada, policy_id=policy.pk)


def edit(policy: Policy) -> str:
    return f"/clients/policies/{policy.pk}/edit/"


def test_a_claim_number_prints_in_11b_with_its_qualifier(
    cast: SimpleNamespace, dana: Desk, policy: Policy, visit: Visit
) -> None:
    dana.save(edit(policy), other_claim_id="WC 2026-118")

    assert printed(cast, visit, "11b") == {
        "other claim ID qualifier": "Y4", "other claim ID": "WC 2026-118",
    }  # fmt: skip
    assert "WC 2026-118" in dana.read(f"/clients/{policy.client_id}/")


def test_an_employer_is_the_insured_without_sex_or_birth_date(
    cast: SimpleNamespace, dana: Desk, policy: Policy, visit: Visit
) -> None:
    employer = {"insured_organization": "Foundry Works, Inc.", "insured_birth_date": "1980-01-02"}

    dana.save(edit(policy), **employer, relationship="other", insured_sex="F")

    assert printed(cast, visit, "4") == {"insured name": "FOUNDRY WORKS INC"}
    assert printed(cast, visit, "6") == {"relationship other X": "X"}
    assert printed(cast, visit, "11a") == {}
    assert "Foundry Works, Inc." in dana.read(f"/clients/{policy.client_id}/")


@pytest.mark.parametrize(
    ("relationship", "typed", "field", "said"),
    [
        ("self", {}, "relationship", "Choose Other"),
        ("spouse", {}, "relationship", "Choose Other"),
        ("other", {"insured_last_name": "Moreno"}, "insured_organization", "either a person"),
        ("other", {"insured_organization": "..."}, "insured_organization", "letter or digit"),
    ],
)
def test_an_employer_insures_others_and_alone(
    dana: Desk, policy: Policy, relationship: str, typed: dict[str, str], field: str, said: str
) -> None:
    employer = {"insured_organization": "Foundry Works", **typed}

    beside = dana.refused(edit(policy), relationship=relationship, **employer)

    assert said in " ".join(beside[field])


def test_the_database_takes_no_employer_beside_a_person(policy: Policy) -> None:
    wrong = {"insured_organization": "Foundry Works", "insured_last_name": "Moreno"}

    with pytest.raises(IntegrityError), transaction.atomic():
        Policy.objects.filter(pk=policy.pk).update(relationship="other", **wrong)


def test_the_name_on_the_card_prints_in_2_and_4(
    cast: SimpleNamespace, dana: Desk, policy: Policy, visit: Visit
) -> None:
    dana.save(edit(policy), card_first_name="Adah", card_last_name="Moreno-Vale")

    assert printed(cast, visit, "2") == {"patient name": "MORENO-VALE, ADAH"}
    assert printed(cast, visit, "4") == {"insured name": "MORENO-VALE, ADAH"}


def test_the_name_on_the_card_is_not_the_insureds_where_that_is_somebody_else(
    cast: SimpleNamespace, dana: Desk, policy: Policy, visit: Visit
) -> None:
    spouse = {"relationship": "spouse", "insured_last_name": "Moreno"}

    dana.save(edit(policy), card_last_name="Vale", **spouse)

    assert printed(cast, visit, "2") == {"patient name": "VALE"}
    assert printed(cast, visit, "4") == {"insured name": "MORENO"}


def test_a_name_on_the_card_is_whole(dana: Desk, policy: Policy) -> None:
    beside = dana.refused(edit(policy), card_first_name="Adah")

    assert beside == {"card_last_name": ["Enter the last name on the card."]}


def test_the_other_insured_has_a_middle_name_and_a_suffix(
    cast: SimpleNamespace, dana: Desk, policy: Policy, visit: Visit
) -> None:
    dana.save(
        edit(policy),
        another_plan="on",
        other_insured_first_name="Ida",
        other_insured_middle_name="Ann",
        other_insured_last_name="Moreno",
        other_insured_suffix="Sr",
        other_policy_number="OP-1",
        other_plan_name="Bronze",
    )

    assert printed(cast, visit, "9") == {"other insured name": "MORENO SR, IDA, A"}


@pytest.mark.parametrize(
    ("kind", "opened"), [("group", []), ("other", [CLAIM]), ("feca", [CLAIM, EMPLOYER])]
)
def test_the_payers_kind_opens_what_can_matter(
    cast: SimpleNamespace, dana: Desk, policy: Policy, kind: str, opened: list[str]
) -> None:
    Payer.objects.filter(pk=cast.acme.pk).update(kind=kind)

    assert titles(dana.read(edit(policy)), opened=True) == opened
    assert CARD in titles(dana.read(edit(policy)), opened=False)


def test_the_form_asks_the_database_as_often_for_1_payer_as_for_9(
    cast: SimpleNamespace, dana: Desk, policy: Policy, django_assert_num_queries: Any
) -> None:
    for more in (0, 8):
        for n in range(more):
            Payer.objects.create(practice=cast.practice, name=f"Payer {n}")
        with django_assert_num_queries(10):
            dana.browser.get(edit(policy))
