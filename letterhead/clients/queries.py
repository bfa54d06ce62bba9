"""Queries of clients and policies: only those that a member can see."""

from typing import NamedTuple

from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from letterhead.clients.models import Client, ClientWord, Policy
from letterhead.details.queries import practitioners_in
from letterhead.numbers.counts import CountUpTo
from letterhead.practices.models import Membership, Practice
from letterhead.practices.queries import active
from letterhead.practices.roles import CLINICIANS, Act, may
from letterhead.texts.folded import beginning, words_of

# Up to so many clients are fetched and put in order; more are met soon on the way down the list.
_FEW = 1_000


def seen_by(
    membership: Membership, *, practice: str = "practice", clinician: str = "clinician"
) -> Q:
    """Return the condition that a member sees a client: of the practice, or assigned to them.

    `practice` and `clinician` lead to these of the client ("client__practice"). A condition and
    no subquery: what asks for one client's rows then reads no others.
    """
    seen = Q(**{practice: membership.practice_id})
    if may(membership, Act.SEE_ALL_CLIENTS):
        return seen
    mine = Membership.objects.filter(pk=membership.pk).values("practitioner")[:1]
    return seen & Q(**{clinician: Subquery(mine)})


def clients_seen_by(membership: Membership) -> QuerySet[Client]:
    """Return the practice's clients, or only those assigned to the member, by last name."""
    return Client.objects.filter(seen_by(membership)).order_by("folded", "pk")


def clients_listed(membership: Membership, *, called: str = "") -> QuerySet[Client]:
    """Return the clients of a list, with their clinicians' names and nothing secret.

    Each word of `called` must begin a word of a client's name or email, whatever its case and
    accents.
    """
    parts = clients_in_parts(membership, called=called)
    whole = _listed(clients_seen_by(membership), words_of(called))
    return (parts[0] if len(parts) == 1 else whole).order_by("folded", "pk")


def clients_in_parts(membership: Membership, *, called: str = "") -> list[QuerySet[Client]]:
    """Return queries whose rows together are `clients_listed`, each quick to give its first ones.

    A few are looked up by the index of words, and put in order. Many are met soon on the way down
    the list, unless they stand together, as all of one last name do: their place is entered
    directly, and the few who have the word elsewhere in their name are looked up.
    """
    words = words_of(called)
    listed = _listed(clients_seen_by(membership), words)
    if not words:
        return [listed.none() if called.strip() else listed]
    rarest = min(_counted(membership, words))
    if rarest.later > _FEW:
        return [listed]
    if not rarest.both:
        return [listed.none()]
    later = _with_later_word(membership, rarest.word).values("client")
    if rarest.first > _FEW:
        at_first = listed.filter(**beginning("folded", rarest.word))
        return [at_first, _listed(_looked_up(membership, later), words)]
    both = _with_first_word(membership, rarest.word).values("pk").union(later)
    return [_listed(_looked_up(membership, both), words)]


def _looked_up(membership: Membership, ids: QuerySet) -> QuerySet[Client]:
    """Return those of these clients that the member sees.

    Practice and clinician are compared in a way that no index serves: a database without
    statistics would walk all of theirs to save putting a few in order.
    """
    seen = {
        f"{name}_seen": Coalesce(f"{name}_id", f"{name}_id") for name in ("practice", "clinician")
    }
    rows = Client.objects.alias(**seen).filter(pk__in=ids)
    return rows.filter(seen_by(membership, practice="practice_seen", clinician="clinician_seen"))


def _listed(clients: QuerySet[Client], words: list[str]) -> QuerySet[Client]:
    for word in words:
        clients = clients.filter(folded__has_word=word)
    return clients.select_related("clinician").only(
        *("first_name", "middle_name", "last_name", "suffix", "birth_date", "phone", "folded"),
        *("clinician__first_name", "clinician__last_name"),
    )


class _Counted(NamedTuple):
    """How many clients' first and how many's later words begin with a word, up to _FEW and one."""

    is_common: bool
    both: int
    word: str
    first: int
    later: int


def _counted(membership: Membership, words: list[str]) -> list[_Counted]:
    """Count, in one statement, whom each word finds; the least of them is the one to begin with."""
    ways = (_with_first_word, _with_later_word)
    counts = [CountUpTo(way(membership, word), most=_FEW) for word in words for way in ways]
    found = Practice.objects.filter(pk=membership.practice_id).values_list(*counts).get()
    return [
        _Counted(later > _FEW, first + later, word, first, later)
        for first, later, word in zip(found[::2], found[1::2], words, strict=True)
    ]


def _with_first_word(membership: Membership, word: str) -> QuerySet[Client]:
    return Client.objects.filter(practice=membership.practice_id, **beginning("folded", word))


def _with_later_word(membership: Membership, word: str) -> QuerySet[ClientWord]:
    return ClientWord.objects.filter(practice=membership.practice_id, **beginning("word", word))


def client_shown(membership: Membership) -> QuerySet[Client]:
    """Return clients for their page: with the clinician, without the clinician's secrets."""
    return clients_seen_by(membership).select_related("clinician").defer("clinician__tax_id")


def policies_of(client: Client) -> QuerySet[Policy]:
    """Return a client's policies with their payers, oldest first."""
    return client.policies.select_related("payer").order_by("pk")


def policies_seen_by(membership: Membership) -> QuerySet[Policy]:
    """Return the policies of the clients that a member can see."""
    seen = seen_by(membership, practice="client__practice", clinician="client__clinician")
    return Policy.objects.filter(seen).select_related("payer", "client")


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
