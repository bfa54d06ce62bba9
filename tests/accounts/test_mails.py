"""Whom a mail about a log-in reaches."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from letterhead.accounts.mails import addresses_of, tell
from letterhead.details.models import Practitioner
from letterhead.outbox.models import Job

CHANGED = "details/contact_email/mail/contact_email_changed"


def contact_email_of_dana(cast: SimpleNamespace, email: str) -> None:
    Practitioner.objects.filter(user=cast.dana.user).update(contact_email=email)


def test_login_email_and_contact_email_are_told(cast: SimpleNamespace) -> None:
    contact_email_of_dana(cast, "office@rivera.example")

    assert addresses_of(cast.dana.user) == ["dana@riverside.example", "office@rivera.example"]


def test_one_address_however_it_is_written_is_told_once(cast: SimpleNamespace) -> None:
    contact_email_of_dana(cast, "Dana@Riverside.example")

    assert addresses_of(cast.dana.user) == ["dana@riverside.example"]


def test_a_practice_that_was_left_is_not_told(cast: SimpleNamespace) -> None:
    contact_email_of_dana(cast, "office@rivera.example")
    Practitioner.objects.filter(user=cast.dana.user).update(membership=None)

    assert addresses_of(cast.dana.user) == ["dana@riverside.example"]


@pytest.mark.parametrize("times", [1, 2])
def test_each_address_gets_a_mail_of_its_own_once_a_cause(
    cast: SimpleNamespace, times: int
) -> None:
    contact_email_of_dana(cast, "office@rivera.example")

    for _ in range(times):
        with transaction.atomic():
            tell(cast.dana.user, template=CHANGED, context={}, key="test-1")

    sent_to = [job.values["to"] for job in Job.objects.filter(name="mail").order_by("pk")]
    assert sent_to == [["dana@riverside.example"], ["office@rivera.example"]]
