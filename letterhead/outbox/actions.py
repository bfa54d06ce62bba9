"""Adding jobs in the transaction of their cause."""

import datetime as dt

from django.db import connection, transaction
from django.utils import timezone

from letterhead.outbox.handlers import periods
from letterhead.outbox.models import Job


class NoTransaction(Exception):
    """A job was added outside a transaction, so it could stay although its cause is rolled back."""


def enqueue(
    name: str,
    *,
    key: str = "",
    due: dt.datetime | None = None,
    practice: int | None = None,
    **values: object,
) -> None:
    """Add one job in the transaction of its cause; a worker does it once that is committed.

    `name` is that of a handler, which gets `values` (what JSON can hold) as keyword arguments. The
    job is done at least once, not before `due`. While a job with this `key` is waiting, no second
    one is added: name the cause in it ("contact-email-12-v3"), so that one cause is one job.
    Raises NoTransaction outside a transaction.
    """
    if not connection.in_atomic_block:
        raise NoTransaction(f"{name}: call enqueue in the transaction of its cause")
    job = Job(
        name=name,
        key=key,
        practice=practice,
        values=values,
        due_at=due or timezone.now(),
    )
    Job.objects.bulk_create([job], ignore_conflicts=bool(key))


def plan(now: dt.datetime) -> None:
    """Add the next run of each scheduled job, once for all workers."""
    runs = {name: period.next_due(now) for name, period in periods().items()}
    keys = {name: f"{name}@{due.isoformat()}" for name, due in runs.items()}
    existing = set(Job.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    for name, key in keys.items():
        if key not in existing:
            with transaction.atomic():
                enqueue(name, key=key, due=runs[name])


@transaction.atomic(durable=True)
def retry_parked() -> int:
    """Put all parked jobs back in line with their attempts at 0; return how many."""
    return Job.objects.exclude(parked_at=None).update(
        parked_at=None, attempts=0, due_at=timezone.now()
    )
