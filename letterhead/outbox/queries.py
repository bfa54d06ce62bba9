"""Which jobs are waiting, and how many."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from letterhead.outbox.handlers import Hopeless
from letterhead.outbox.models import Job
from letterhead.statements import CompiledOnce


@dataclass(frozen=True)
class Standing:
    """How many jobs are due, will be tried again, are planned for later, and are parked.

    `late` ones have been due for so long that no worker seems to run.
    """

    due: int
    due_since: dt.datetime | None
    late: int
    failing: int
    planned: int
    parked: int
    newest_error: str


def jobs_to_do(now: dt.datetime) -> QuerySet[Job]:
    """Return the jobs that are due and not leased, longest due first."""
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    return Job.objects.filter(free, parked_at=None, due_at__lte=now).order_by("due_at", "pk")


@CompiledOnce
def _next(now: dt.datetime) -> QuerySet[Job]:
    return jobs_to_do(now)[:1]


def is_a_job_due(now: dt.datetime) -> bool:
    """Whether a job is due that nobody has leased."""
    return _next.finds_any(now=now)


class Undelivered(StrEnum):
    """How far an email got that wasn't delivered; only REFUSED is final."""

    TRYING = "the mail server hasn't taken it yet, and it will be tried again"
    GIVEN_UP = "the mail server didn't take it in all our tries"
    REFUSED = "the mail server will never take it"


def undelivered_to(practice: int) -> dict[str, Undelivered]:
    """Return the addresses to which an email of this practice failed, each with how it stands."""
    # Written as the index of failed jobs has it: SQLite knows it by the words.
    mails = Job.objects.filter(name="mail", practice=practice, last_error__gt="")
    jobs = mails.order_by("pk").values_list("values__to", "parked_at", "last_error")
    return {address: _how_far(parked_at, error) for to, parked_at, error in jobs for address in to}


def _how_far(parked_at: dt.datetime | None, error: str) -> Undelivered:
    if parked_at is None:
        return Undelivered.TRYING
    is_final = error.startswith(f"{Hopeless.__name__}:")
    return Undelivered.REFUSED if is_final else Undelivered.GIVEN_UP


def standing(now: dt.datetime, *, late_after: dt.timedelta) -> Standing:
    """Count the jobs as of `now`; one is late if it was due `late_after` ago and isn't leased."""
    waiting = Job.objects.filter(parked_at=None)
    due = waiting.filter(due_at__lte=now)
    later = waiting.filter(due_at__gt=now)
    parked = Job.objects.exclude(parked_at=None)
    newest = parked.order_by("-parked_at").first()
    return Standing(
        due=due.count(),
        due_since=due.order_by("due_at").values_list("due_at", flat=True).first(),
        late=jobs_to_do(now - late_after).count(),
        failing=later.filter(attempts__gt=0).count(),
        planned=later.filter(attempts=0).count(),
        parked=parked.count(),
        newest_error=f"{newest.name}: {newest.last_error}" if newest else "",
    )
