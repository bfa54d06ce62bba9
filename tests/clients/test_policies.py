"""Policies: adding, changing, and what is needed where somebody else is insured."""

from types import SimpleNamespace
from typing import Any

import pytest

from letterhead.clients.models import Client, Policy
from letterhead.practices.models import Payer
from tests.clients.desk import Desk, client_of, policy_of, said_beside


@pytest.fixture
def dana(cast: SimpleNamespace) -> Desk:
    return Desk(cast.dana)


@pytest.fixture
def ada(cast: SimpleNamespace) -> Client:
    return client_of(cast.dana)


INSURED = {
    "relationship": "spouse",
    "insured_first_name": "Bo",
    "insured_last_name": "Moreno",
    "insured_birth_date": "1979-05-06",
    "insured_sex": "M",
    "insured_phone": "(212) 555-0143",
}


def test_a_policy_is_added_and_stands_on_the_clients_page(
    cast: SimpleNamespace, dana: Desk, ada: Client
) -> None:
    answer = dana.save(
        f"/clients/{ada.pk}/policies/add/", payer=str(cast.acme.pk), member_id="ZX81"
    )

    assert answer.headers["Location"] == f"/clients/{ada.pk}/"
    page = dana.read(f"/clients/{ada.pk}/")
    assert "Acme Health" in page
    assert "ZX81" in page
    assert "Edit policy Acme Health" in page


def test_somebody_else_may_be_insured(cast: SimpleNamespace, dana: Desk, ada: Client) -> None:
    add = f"/clients/{ada.pk}/policies/add/"

    dana.save(add, payer=str(cast.acme.pk), member_id="ZX81", **INSURED)

    policy = Policy.objects.get()
    assert (policy.insured_last_name, policy.insured_phone) == ("Moreno", "+12125550143")
    assert "(212) 555-0143" in dana.read(f"/clients/policies/{policy.pk}/edit/")


def test_the_insured_may_live_in_another_country(
    cast: SimpleNamespace, dana: Desk, ada: Client
) -> None:
    there = {"insured_country": "CA", "insured_state": "Québec", "insured_postal_code": "h2x1y4"}
    add = f"/clients/{ada.pk}/policies/add/"

    dana.save(add, payer=str(cast.acme.pk), member_id="ZX81", **INSURED, **there)

    policy = Policy.objects.get()
    assert (policy.insured_state, policy.insured_postal_code) == ("QC", "H2X 1Y4")
    page = dana.read(f"/clients/policies/{policy.pk}/edit/")
    assert "Province of the insured" in page
    assert "Postal code of the insured" in page


def test_a_new_policys_insured_lives_where_the_client_does(
    cast: SimpleNamespace, dana: Desk
) -> None:
    rory = client_of(cast.dana, country="IE")

    assert dana.opened(f"/clients/{rory.pk}/policies/add/")["insured_country"] == "IE"


def test_another_insured_is_named_or_the_relationship_is_self(
    cast: SimpleNamespace, dana: Desk, ada: Client
) -> None:
    beside = dana.refused(
        f"/clients/{ada.pk}/policies/add/",
        payer=str(cast.acme.pk),
        member_id="ZX81",
        relationship="child",
    )

    assert set(beside) == {"insured_last_name"}
    assert "choose Self" in beside["insured_last_name"][0]


def test_another_plan_needs_its_insured_number_and_name(
    cast: SimpleNamespace, dana: Desk, ada: Client
) -> None:
    edit = f"/clients/policies/{policy_of(cast, ada).pk}/edit/"

    beside = dana.refused(edit, another_plan="on")

    assert set(beside) == {
        "other_insured_last_name",
        "other_policy_number",
        "other_plan_name",
    }


def test_no_signature_is_on_file_until_someone_says_so(
    cast: SimpleNamespace, dana: Desk, ada: Client
) -> None:
    sent = dana.opened(f"/clients/{ada.pk}/policies/add/")
    assert (sent["client_signature_on_file"], sent["benefits_assigned"]) == (None, None)

    dana.send(
        f"/clients/{ada.pk}/policies/add/",
        {**sent, "payer": str(cast.acme.pk), "member_id": "ZX81"},
    )

    policy = Policy.objects.get()
    assert not policy.client_signature_on_file
    assert not policy.benefits_assigned


def test_a_signature_on_file_says_when_and_how_it_was_given(
    cast: SimpleNamespace, dana: Desk, ada: Client
) -> None:
    edit = f"/clients/policies/{policy_of(cast, ada).pk}/edit/"
    beside = dana.refused(edit, client_signature_on_file="on", benefits_assigned="on")
    assert set(beside) == {
        *("client_signed_on", "client_signed_how", "insured_signed_on", "insured_signed_how")
    }

    dana.save(
        edit,
        client_signature_on_file="on",
        client_signed_on="2026-11-02",
        client_signed_how="paper",
        insured_signed_on="2026-11-02",
    )

    policy = Policy.objects.get()
    assert policy.client_signature_on_file
    assert (str(policy.client_signed_on), policy.client_signed_how) == ("2026-11-02", "paper")
    assert policy.insured_signed_on is None


def test_a_stale_policy_is_refused_beside_what_changed(
    cast: SimpleNamespace, dana: Desk, ada: Client
) -> None:
    edit = f"/clients/policies/{policy_of(cast, ada).pk}/edit/"
    hers = dana.opened(edit)
    Desk(cast.noor).save(edit, payer=str(cast.medicare.pk))

    answer = dana.send(edit, {**hers, "member_id": "Z80"})

    assert answer.status_code == 422
    assert said_beside(answer)["payer"] == ["Someone else saved: Medicare"]
    assert Policy.objects.get().member_id == "ZX81"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("payer", "", "Fill this in"),
        ("payer", "9" * 30, "Select a valid choice"),
        ("payer", "x\0", "Null characters"),
        ("member_id", "1" * 30, "at most 29"),
        ("member_id", "x" * 1_000_000, "at most 29"),
        ("member_id", "a\tb", "can't be shown"),
        ("relationship", "cousin", "Select a valid choice"),
        ("insured_birth_date", "0001-01-01", "before 1900"),
        ("insured_birth_date", "2999-01-01", "Check the year"),
        ("insured_phone", "911", "a valid phone number"),
        ("insured_state", "Quebec", "two letters"),
        ("insured_postal_code", "１２３４５", "5 or 9 digits"),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(
    cast: SimpleNamespace, dana: Desk, ada: Client, field: str, typed: str, said: str
) -> None:
    whole = {"payer": str(cast.acme.pk), "member_id": "ZX81", **INSURED}

    beside = dana.refused(f"/clients/{ada.pk}/policies/add/", **{**whole, field: typed})

    assert list(beside) == [field]
    assert said in beside[field][0]


def test_a_payer_of_another_practice_is_refused_beside_the_field(
    cast: SimpleNamespace, dana: Desk, ada: Client
) -> None:
    theirs = Payer.objects.create(practice=cast.stranger.practice, name="Elsewhere Mutual")

    beside = dana.refused(
        f"/clients/{ada.pk}/policies/add/", payer=str(theirs.pk), member_id="ZX81"
    )

    assert "Select a valid choice" in beside["payer"][0]


def test_without_payers_the_form_says_where_they_are_added(cast: SimpleNamespace) -> None:
    theirs = client_of(cast.stranger)

    page = Desk(cast.stranger).read(f"/clients/{theirs.pk}/policies/add/")

    assert "There are no payers yet. A Director can add them." in page


@pytest.mark.parametrize("who", ["stranger", "sam"])
def test_strangers_and_colleagues_without_sight_get_404(
    cast: SimpleNamespace, ada: Client, who: str
) -> None:
    edit = f"/clients/policies/{policy_of(cast, ada).pk}/edit/"

    assert Desk(getattr(cast, who)).get(edit).status_code == 404
    assert Desk(getattr(cast, who)).send(edit, {"member_id": "X"}).status_code == 404


def test_a_supervisor_may_not_change_a_policy(cast: SimpleNamespace, ada: Client) -> None:
    edit = f"/clients/policies/{policy_of(cast, ada).pk}/edit/"

    assert Desk(cast.lee).get(edit).status_code == 403


def test_a_clients_page_costs_the_same_for_1_policy_and_for_50(
    cast: SimpleNamespace, dana: Desk, ada: Client, django_assert_num_queries: Any
) -> None:
    for count in (1, 49):
        for number in range(count):
            policy_of(cast, ada, member_id=f"{count}-{number}")
        with django_assert_num_queries(9):
            dana.read(f"/clients/{ada.pk}/")
