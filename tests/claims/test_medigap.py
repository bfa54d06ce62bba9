"""Items 9, 9a and 9d where Medicare pays first: a Medigap plan's, or nothing.

Source: Medicare Claims Processing Manual, chapter 26, section 10.2, items 9, 9a and 9d.
"""

from types import SimpleNamespace
from typing import Any

import pytest

from letterhead.billing.queries import draft_contents
from letterhead.claims.cms1500 import fill
from letterhead.clients.models import Policy
from letterhead.details.letterhead import PersonName
from letterhead.practices.models import Payer
from tests.billing.ready import NOW, draft, full_visit
from tests.claims.samples import CLAIM, changed
from tests.clients.desk import Desk, client_of, policy_of

NUMBER = ("9a", "other insured policy or group")
NAME, PLAN = ("9", "other insured name"), ("9d", "other insurance plan name")


def printed(**changes: Any) -> list[str]:
    """Items 9, 9a and 9d of a claim on which Medicare is first and there is another plan."""
    plan: dict[str, Any] = {
        "payer__kind": "medicare",
        "policy__group_number": "",
        "policy__another_plan": True,
        "policy__other_insured_name": PersonName(first="Pat", last="Núñez"),
        "policy__other_policy_number": "ZZ-99",
        "policy__other_plan_name": "Gold",
        "policy__other_coba_id": "55123",
    }
    (form,) = fill(changed(CLAIM, **{**plan, **changes}))
    return [form.get(key, "") for key in (NAME, NUMBER, PLAN)]


def test_a_medigap_plan_has_its_prefix_and_its_coba_id() -> None:
    assert printed() == ["NUNEZ, PAT", "MEDIGAP ZZ99", "55123"]


@pytest.mark.parametrize("name", [CLAIM.client.name, PersonName(), None])
def test_the_clients_own_name_is_same(name: PersonName | None) -> None:
    assert printed(policy__other_insured_name=name)[0] == "SAME"


def test_any_other_plan_prints_nothing() -> None:
    assert printed(policy__other_coba_id="") == ["", "", ""]


def test_who_pays_second_and_other_payers_have_the_plan_itself() -> None:
    itself = ["NUNEZ, PAT", "ZZ99", "GOLD"]

    assert printed(policy__group_number="G7") == itself
    assert printed(payer__kind="group") == itself
    assert printed(version=1, policy__other_coba_id="") == itself


def test_the_policys_form_takes_a_coba_id_and_a_claim_has_it(cast: SimpleNamespace) -> None:
    visit = full_visit(cast)
    Policy.objects.update(relationship="self", group_number="")
    Payer.objects.filter(pk=cast.acme.pk).update(kind="medicare")
    edit, desk = f"/clients/policies/{visit.policy_id}/edit/", Desk(cast.dana)

    desk.save(edit, other_coba_id="55123", member_id="1EG4-TE5-MK73")

    contents = draft_contents(draft(cast, visit, "cms1500"), now=NOW)
    assert fill(contents)[0][PLAN] == "55123"
    assert "COBA ID 55123" in desk.read(f"/clients/{visit.client_id}/")
    (said,) = desk.refused(edit, other_coba_id="12345")["other_coba_id"]
    assert said == "A COBA ID has five digits, the first a 5."


def test_a_policy_without_another_plan_has_none(cast: SimpleNamespace) -> None:
    policy = policy_of(cast, client_of(cast.dana))

    assert Policy.objects.get(pk=policy.pk).other_coba_id == ""
