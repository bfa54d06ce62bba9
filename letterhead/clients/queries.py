"""Queries of clients and policies: only those that a member can see."""

from django.db.models import Q, QuerySet

from letterhead.clients.models import Client, Policy
from letterhead.details.queries import practitioners_in
from letterhead.practices.models import Membership
from letterhead.practices.queries import active
from letterhead.practices.roles import CLINICIANS, Act, may
from letterhead.texts.folded import words_of


def clients_seen_by(membership: Membership) -> QuerySet[Client]:
    """Return the practice's clients, or only those assigned to the member, by last name."""
    seen = Client.objects.filter(practice=membership.practice_id)
    if not may(membership, Act.SEE_ALL_CLIENTS):
        seen = seen.filter(clinician__membership=membership.pk)
    return seen.order_by("folded", "pk")


def clients_listed(membership: Membership, *, called: str = "") -> QuerySet[Client]:
    """Return the clients of a list, with their clinicians' names and nothing secret.

    Each word of `called` must be in a client's name or email, whatever its case and accents.
    """
    seen = clients_seen_by(membership).select_related("clinician")
    words = words_of(called)
    for word in words:
        seen = seen.filter(folded__contains=word)
    if called.strip() and not words:
        seen = seen.none()
    return seen.only(
        *("first_name", "middle_name", "last_name", "suffix", "birth_date", "phone"),
        *("clinician__first_name", "clinician__last_name"),
    )


def client_shown(membership: Membership) -> QuerySet[Client]:
    """Return clients for their page: with the clinician, without the clinician's secrets."""
    return clients_seen_by(membership).select_related("clinician").defer("clinician__tax_id")


def policies_of(client: Client) -> QuerySet[Policy]:
    """Return a client's policies with their payers, oldest first."""
    return client.policies.select_related("payer").order_by("pk")


def policies_seen_by(membership: Membership) -> QuerySet[Policy]:
    """Return the policies of the clients that a member can see."""
    return Policy.objects.filter(client__in=clients_seen_by(membership).order_by()).select_related(
        "payer", "client"
    )


def clinicians_for(membership: Membership, *, current: int | None = None) -> QuerySet:
    """Return the clinicians a member can choose: all who work here, or only themselves.

    None for someone who sees only assigned clients and is no clinician. `current` is the
    practitioner chosen now, maybe a former member.
    """
    members = Q(membership__role__in=CLINICIANS) & active("membership__")
    if not may(membership, Act.SEE_ALL_CLIENTS):
        members &= Q(membership=membership.pk)
    practitioners = practitioners_in(membership.practice).defer("tax_id")
    return practitioners.filter(members | Q(pk=current))
