"""Reads of clients and policies: only those that the person who asks may see."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from letterhead.clients.models import Client, Policy
from letterhead.details.queries import practitioners_in
from letterhead.practices.models import Membership
from letterhead.practices.queries import active
from letterhead.practices.roles import Act, may


def clients_seen_by(membership: Membership) -> QuerySet[Client]:
    """Give the practice's clients, or only those assigned to the member, by last name."""
    seen = Client.objects.filter(practice=membership.practice_id)
    if not may(membership, Act.SEE_ALL_CLIENTS):
        seen = seen.filter(clinician__membership=membership.pk)
    return seen.order_by(Lower("last_name"), Lower("first_name"), "pk")


def clients_listed(membership: Membership, *, called: str = "") -> QuerySet[Client]:
    """Give the clients that a list shows, with their clinicians' names and nothing secret.

    Each word of `called` must stand in a client's name or email; NUL and excess are ignored.
    """
    seen = clients_seen_by(membership).select_related("clinician")
    for word in called.replace("\0", "")[:100].split()[:5]:
        seen = seen.filter(
            Q(first_name__icontains=word)
            | Q(middle_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__icontains=word)
        )
    return seen.only(
        *("first_name", "middle_name", "last_name", "suffix", "birth_date", "phone"),
        *("clinician__first_name", "clinician__last_name"),
    )


def client_shown(membership: Membership) -> QuerySet[Client]:
    """Give clients for their page: with the clinician, without the clinician's secrets."""
    return clients_seen_by(membership).select_related("clinician").defer("clinician__tax_id")


def policies_of(client: Client) -> QuerySet[Policy]:
    """Give a client's policies with their payers, the first one made first."""
    return client.policies.select_related("payer").order_by("pk")


def policies_seen_by(membership: Membership) -> QuerySet[Policy]:
    """Give the policies of the clients that one may see."""
    return Policy.objects.filter(client__in=clients_seen_by(membership).order_by()).select_related(
        "payer", "client"
    )


def clinicians_for(membership: Membership, *, current: int | None = None) -> QuerySet:
    """Give the practitioners whom one may choose: all members, or only oneself.

    `current` is the practitioner who stands there now, a former member perhaps.
    """
    everybody = practitioners_in(membership.practice).defer("tax_id")
    if may(membership, Act.SEE_ALL_CLIENTS):
        members = Q(membership__isnull=False) & active("membership__")
        return everybody.filter(members | Q(pk=current))
    return everybody.filter(Q(membership=membership.pk) | Q(pk=current))
