"""`letterhead reset-two-factor`: for people who lost their phone, after checking who asks."""

from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail

from letterhead.activity.models import Activity, Kind
from letterhead.cli.main import run
from letterhead.outbox.worker import do_all_due
from tests.accounts.log_in.test_log_in import DANA
from tests.practices.office import Office

WHY = "Lost the phone; confirmed by video"
pytestmark = pytest.mark.django_db(transaction=True)


def test_dana_logs_in_with_only_the_password_and_gets_an_email(
    cast: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    TOTP.activate(cast.dana.user, generate_totp_secret())
    assert Office().save("/login/", DANA).location != "/my-details/"

    assert run(["reset-two-factor", "Dana@riverside.example", "--reason", f" {WHY} "]) == 0

    report = capsys.readouterr().out
    assert "\nDana@riverside.example now logs in with the password alone" in report
    assert not Authenticator.objects.exists()
    assert Office().save("/login/", DANA).location == "/my-details/"
    row = Activity.objects.get(kind=Kind.SUPPORT)
    assert row.person_name.endswith("(command line)")
    assert row.changes == {"reason": ["", WHY]}
    do_all_due()
    assert [WHY in str(each.body) for each in mail.outbox if "reset" in each.subject] == [True]


def test_an_unknown_email_is_refused_in_one_line(
    cast: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["reset-two-factor", "nobody@riverside.example", "--reason", WHY]) == 1

    told = capsys.readouterr()
    assert told.err == "No one logs in with nobody@riverside.example. Check the spelling.\n"


def test_without_a_second_step_it_is_refused_and_nothing_is_recorded(
    cast: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["reset-two-factor", "dana@riverside.example", "--reason", WHY]) == 1

    assert (
        capsys.readouterr().err
        == "dana@riverside.example already logs in with the password alone.\n"
    )
    assert not Activity.objects.filter(kind=Kind.SUPPORT).exists()
