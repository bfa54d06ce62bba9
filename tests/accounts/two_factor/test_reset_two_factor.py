"""`letterhead reset-two-factor`: for who lost their phone, after somebody made sure who asks."""

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


def test_dana_logs_in_by_password_alone_and_everyone_concerned_is_told(
    cast: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    TOTP.activate(cast.dana.user, generate_totp_secret())
    assert Office().save("/login/", DANA).location != "/my-details/"

    assert run(["reset-two-factor", "Dana@riverside.example", "--reason", f" {WHY} "]) == 0

    assert "\nDana@riverside.example logs in by password alone" in capsys.readouterr().out
    assert not Authenticator.objects.exists()
    assert Office().save("/login/", DANA).location == "/my-details/"
    row = Activity.objects.get(kind=Kind.SUPPORT)
    assert row.person_name.endswith("(command line)")
    assert row.changes == {"reason": ["", WHY]}
    do_all_due()
    assert [WHY in str(each.body) for each in mail.outbox if "reset" in each.subject] == [True]


def test_who_does_not_log_in_is_refused_in_one_line(
    cast: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["reset-two-factor", "nobody@riverside.example", "--reason", WHY]) == 1

    told = capsys.readouterr()
    assert told.err == "Nobody logs in with nobody@riverside.example: check the spelling.\n"


def test_who_logs_in_by_password_alone_is_told_so_and_nothing_is_recorded(
    cast: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["reset-two-factor", "dana@riverside.example", "--reason", WHY]) == 1

    assert capsys.readouterr().err == "dana@riverside.example logs in by password alone already.\n"
    assert not Activity.objects.filter(kind=Kind.SUPPORT).exists()
