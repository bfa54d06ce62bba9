"""Who gets the emails about a login, and in which language."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from letterhead.accounts.mails import addresses_of, email_user
from letterhead.details.models import Practitioner
from letterhead.outbox.models import Job
from letterhead.practices.models import Membership

CHANGED = "details/contact_email/mail/contact_email_changed"


def contact_email_of_dana(cast: SimpleNamespace, email: str) -> None:
    Practitioner.objects.filter(user=cast.dana.user).update(contact_email=email)


def test_login_email_and_contact_email_get_an_email(cast: SimpleNamespace) -> None:
    contact_email_of_dana(cast, "office@rivera.example")

    assert addresses_of(cast.dana.user) == ["dana@riverside.example", "office@rivera.example"]


def test_one_address_gets_one_email_however_it_is_written(cast: SimpleNamespace) -> None:
    contact_email_of_dana(cast, "Dana@Riverside.example")

    assert addresses_of(cast.dana.user) == ["dana@riverside.example"]


def test_the_contact_email_of_a_former_practice_gets_none(cast: SimpleNamespace) -> None:
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
            email_user(cast.dana.user, template=CHANGED, context={}, key="test-1")

    sent_to = [job.values["to"] for job in Job.objects.filter(name="mail").order_by("pk")]
    assert sent_to == [["dana@riverside.example"], ["office@rivera.example"]]


def test_they_are_in_the_language_the_person_reads_in_their_oldest_practice(
    cast: SimpleNamespace,
) -> None:
    Membership.objects.filter(user=cast.dana.user).update(language="en-GB")
    Membership.objects.create(
        user=cast.dana.user, practice=cast.stranger.practice, role="clinical", language="en-US"
    )

    for person in (cast.dana, cast.sam):
        email_user(person.user, template=CHANGED, context={})

    sent = Job.objects.filter(name="mail").order_by("pk")
    assert [job.values["language"] for job in sent] == ["en-gb", "en-us"]


def test_a_person_without_a_practice_gets_american_english(cast: SimpleNamespace) -> None:
    Membership.objects.filter(user=cast.dana.user).delete()

    email_user(cast.dana.user, template=CHANGED, context={})

    assert Job.objects.get(name="mail").values["language"] == "en-us"
