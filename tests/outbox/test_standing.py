"""What the doctor says of mail and of the outbox."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import Settings

from letterhead.cli import doctor
from letterhead.outbox.actions import enqueue
from letterhead.outbox.models import Job
from letterhead.outbox.worker import do_all_due
from tests.outbox.smtp import mail_server

HOUR = dt.timedelta(hours=1)


def test_the_doctor_says_how_many_jobs_wait(db: None) -> None:
    enqueue("paint")
    enqueue("paint", due=timezone.now() + HOUR)
    Job.objects.create(name="paint", due_at=timezone.now() + HOUR, attempts=2)

    line = doctor._outbox()

    assert line.startswith("1 waiting, since ")
    assert line.endswith("; 1 to try again; 1 planned")


def test_the_doctor_says_what_was_given_up_and_what_to_do(db: None) -> None:
    enqueue("sculpt")
    do_all_due()

    with pytest.raises(doctor.Wrong) as found:
        doctor._outbox()

    assert str(found.value) == (
        "1 given up, most recently because of sculpt: Unknown: nothing is registered for jobs "
        "called sculpt: fix that, then run `letterhead worker --retry-parked`"
    )


def test_the_doctor_notices_that_nobody_works(db: None) -> None:
    enqueue("paint", due=timezone.now() - HOUR)

    with pytest.raises(doctor.Wrong, match="no worker runs: start `letterhead worker`"):
        doctor._outbox()


def test_the_doctor_asks_the_mail_server(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mail_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        assert doctor._mail().startswith(f"sent through 127.0.0.1:{settings.EMAIL_PORT}, from ")

        server.answers = {"": "554 not you"}
        with pytest.raises(doctor.Wrong, match="not you.*check EMAIL_URL"):
            doctor._mail()
    with pytest.raises(doctor.Wrong, match="Connection refused"):
        doctor._mail()
