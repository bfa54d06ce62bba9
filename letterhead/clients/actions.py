"""Adding and changing clients and their policies."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.changes import change_row
from letterhead.clients.models import Client, Policy
from letterhead.practices.models import Practice


@dataclass(frozen=True, kw_only=True)
class ClientFacts:
    """What the form of a client saves; `phone` is E.164, `clinician_id` a practitioner's."""

    first_name: str = ""
    middle_name: str = ""
    last_name: str
    suffix: str = ""
    birth_date: dt.date | None = None
    sex: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = "US"
    phone: str = ""
    email: str = ""
    language: str = ""  # of paper; "": the practice's
    clinician_id: int


@dataclass(frozen=True, kw_only=True)
class PolicyFacts:
    """What the form of a policy saves; phones are E.164."""

    payer_id: int
    member_id: str
    group_number: str = ""
    plan_name: str = ""
    other_claim_id: str = ""
    card_first_name: str = ""
    card_middle_name: str = ""
    card_last_name: str = ""
    card_suffix: str = ""
    relationship: str = Policy.Relationship.SELF
    insured_first_name: str = ""
    insured_middle_name: str = ""
    insured_last_name: str = ""
    insured_suffix: str = ""
    insured_organization: str = ""
    insured_birth_date: dt.date | None = None
    insured_sex: str = ""
    insured_line1: str = ""
    insured_line2: str = ""
    insured_city: str = ""
    insured_state: str = ""
    insured_postal_code: str = ""
    insured_country: str = "US"
    insured_phone: str = ""
    another_plan: bool = False
    other_insured_first_name: str = ""
    other_insured_middle_name: str = ""
    other_insured_last_name: str = ""
    other_insured_suffix: str = ""
    other_policy_number: str = ""
    other_plan_name: str = ""
    other_coba_id: str = ""
    client_signature_on_file: bool = False
    client_signed_on: dt.date | None = None
    client_signed_how: str = ""
    benefits_assigned: bool = False
    insured_signed_on: dt.date | None = None
    insured_signed_how: str = ""


@transaction.atomic(durable=True)
def add_client(practice: Practice, *, new: ClientFacts, by: User) -> Client:
    """Add a client to a practice."""
    client = Client.objects.create(practice=practice, **vars(new))
    _record(gettext_noop("added a client"), client, by)
    return client


@transaction.atomic(durable=True)
def change_client(client: Client, *, new: ClientFacts, read_at_version: int, by: User) -> bool:
    """Change a client's facts; return whether anything changed.

    Raises Stale, and writes nothing, if the client is no longer at `read_at_version`.
    """
    changes = change_row(client, columns=vars(new), read_at_version=read_at_version)
    if changes:
        _record(gettext_noop("changed a client"), client, by, changes)
    return bool(changes)


@transaction.atomic(durable=True)
def add_policy(client: Client, *, new: PolicyFacts, by: User) -> Policy:
    """Add a policy under which a client is insured."""
    policy = Policy.objects.create(client=client, **vars(new))
    _record(gettext_noop("added a policy"), client, by)
    return policy


@transaction.atomic(durable=True)
def change_policy(policy: Policy, *, new: PolicyFacts, read_at_version: int, by: User) -> bool:
    """Change a policy's facts; return whether anything changed.

    Raises Stale, and writes nothing, if the policy is no longer at `read_at_version`.
    """
    changes = change_row(policy, columns=vars(new), read_at_version=read_at_version)
    if changes:
        _record(gettext_noop("changed a policy"), policy.client, by, changes)
    return bool(changes)


def _record(act: str, client: Client, by: User, changes: dict[str, Any] | None = None) -> None:
    record(
        act,
        practice=client.practice_id,
        person=by.pk,
        person_name=by.email,
        about=f"client {client.pk}: {client}",
        changes=changes,
    )
