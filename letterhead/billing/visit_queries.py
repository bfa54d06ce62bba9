"""Reads of visits, each within the clients that the person who asks may see."""

from django.db.models import F, Prefetch, QuerySet, Sum

from letterhead.billing.models import Bill, Diagnosis, ServiceLine, Visit
from letterhead.clients.models import Client
from letterhead.clients.queries import clients_seen_by
from letterhead.practices.models import Membership

_LINES = Prefetch("lines", ServiceLine.objects.order_by("position"))
_DIAGNOSES = Prefetch("diagnoses", Diagnosis.objects.order_by("position"))


def visits_listed(client: Client) -> QuerySet[Visit]:
    """Give a client's visits, the newest first: with `total`, lines, and bills with `number`.

    A bill's number is None as long as it is a draft.
    """
    bills = Bill.objects.annotate(number=F("issued__number")).order_by("pk")
    return (
        Visit.objects.filter(client=client)
        .select_related("practitioner")
        .defer("practitioner__tax_id")
        .annotate(total=Sum("lines__charge"))
        .prefetch_related(_LINES, Prefetch("bills", bills))
        .order_by("-visited_on", "-pk")
    )


def visits_seen_by(membership: Membership) -> QuerySet[Visit]:
    """Give the visits of the clients that one may see, with client, diagnoses and lines."""
    return (
        Visit.objects.filter(client__in=clients_seen_by(membership).order_by())
        .select_related("client", "location")
        .prefetch_related(_LINES, _DIAGNOSES)
    )
