"""A job is a row that is committed, or rolled back, with its cause."""

import pytest
from django.db import transaction

from letterhead.outbox.actions import NoTransaction, enqueue
from letterhead.outbox.models import Job


def names() -> list[str]:
    return sorted(Job.objects.values_list("name", flat=True))


@pytest.mark.django_db(transaction=True)
def test_a_job_that_has_no_cause_in_the_same_transaction_is_refused() -> None:
    with pytest.raises(NoTransaction, match="in the transaction of its cause"):
        enqueue("paint", color="blue")

    assert names() == []


@pytest.mark.django_db(transaction=True)
def test_a_job_is_rolled_back_with_its_cause() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue("paint", color="blue")
        raise ZeroDivisionError

    assert names() == []


@pytest.mark.django_db(transaction=True)
def test_a_job_is_committed_with_its_cause_and_has_the_values_it_was_given() -> None:
    with transaction.atomic(durable=True):
        enqueue("paint", practice=7, color="blue", rooms=[1, 2])

    job = Job.objects.get()
    assert (job.name, job.practice, job.values) == ("paint", 7, {"color": "blue", "rooms": [1, 2]})
    assert (job.attempts, job.parked_at, job.leased_until) == (0, None, None)


def test_the_same_cause_twice_is_one_job(db: None) -> None:
    enqueue("paint", key="paint-12-v3", color="blue")
    enqueue("paint", key="paint-12-v3", color="red")
    enqueue("paint", key="paint-12-v4", color="red")

    assert names() == ["paint", "paint"]
    assert Job.objects.get(key="paint-12-v3").values == {"color": "blue"}


def test_jobs_without_a_key_are_as_many_as_were_asked_for(db: None) -> None:
    enqueue("paint")
    enqueue("paint")

    assert names() == ["paint", "paint"]


def test_what_json_can_not_hold_is_refused_where_it_is_given(db: None) -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        enqueue("paint", color=object())
