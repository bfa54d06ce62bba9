"""The login email is changed by support, and only by support."""

from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from letterhead.accounts.login_email import CannotChange, change_login_email
from letterhead.accounts.models import User
from letterhead.activity.models import Activity, Kind
from letterhead.cli.main import run
from letterhead.outbox.worker import do_all_due
from letterhead.practices.models import Membership
from tests.accounts.log_in.test_log_in import DANA
from tests.practices.office import Office

OLD, NEW = "dana@riverside.example", "dana.rivera@elsewhere.example"
WHY = "Married; confirmed by phone"

pytestmark = pytest.mark.django_db(transaction=True)


def change(old: str = OLD, new: str = NEW, reason: str = WHY) -> None:
    change_login_email(old=old, new=new, reason=reason, by="ola at desk (command line)")


def test_dana_logs_in_with_the_new_email_and_no_longer_with_the_old(cast: SimpleNamespace) -> None:
    change()

    assert Office().save("/login/", DANA).status == 422
    assert Office().save("/login/", DANA | {"Login email": NEW}).location == "/my-details/"
    assert Office(cast.dana).open("/my-details/").status == 200


def test_her_contact_email_stays(cast: SimpleNamespace) -> None:
    change()

    assert cast.dana.practitioner.contact_email == OLD


def test_all_her_sessions_end_and_nobody_elses(cast: SimpleNamespace) -> None:
    hers, sams = Office(), Office()
    hers.save("/login/", DANA)
    sams.save("/login/", DANA | {"Login email": "sam@riverside.example"})
    assert hers.open("/my-details/").status == 200

    change()

    assert hers.open("/my-details/").location == "/login/?next=/my-details/"
    assert sams.open("/my-details/").status == 200


def test_both_addresses_get_an_email_and_neither_shows_the_other_inbox(
    cast: SimpleNamespace,
) -> None:
    change()
    do_all_due()

    assert sorted(each.to for each in mail.outbox) == sorted([[OLD], [NEW]])
    for each in mail.outbox:
        assert each.to == each.recipients()
        assert OLD in each.body
        assert NEW in each.body
        assert WHY in each.body


def test_each_of_her_practices_knows_who_did_it_and_why(cast: SimpleNamespace) -> None:
    elsewhere = cast.stranger.practice
    Membership.objects.create(user=cast.dana.user, practice=elsewhere, role="clinical")

    change()

    rows = Activity.objects.filter(kind=Kind.SUPPORT)
    assert len(rows) == 2
    assert {row.practice for row in rows} == {cast.practice.pk, elsewhere.pk}
    for row in rows:
        assert row.person_name == "ola at desk (command line)"
        assert row.changes == {"login_email": [OLD, NEW], "reason": WHY}
    assert "Married; confirmed by phone" in Office(cast.dana).read("/activity/?kind=support")


def test_allauths_own_row_follows(cast: SimpleNamespace) -> None:
    change()

    row = EmailAddress.objects.get(user=cast.dana.user)
    assert (row.email, row.primary, row.verified) == (NEW, True, True)


def test_the_writing_of_an_email_can_be_changed(cast: SimpleNamespace) -> None:
    change(new="Dana@Riverside.Example")

    assert User.objects.get(pk=cast.dana.user.pk).email == "Dana@Riverside.Example"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"old": "nobody@riverside.example"}, "No one logs in with nobody@riverside.example"),
        ({"new": "SAM@riverside.example"}, "SAM@riverside.example is already in use"),
        ({"new": "dana at riverside"}, "'dana at riverside' is not an email address"),
        ({"new": "dana@exam\u200fple.example"}, r"'dana@exam\\u200fple.example' is not an email"),
        ({"new": "d" * 65 + "@riverside.example"}, "longer than 64 characters"),
        ({"new": "d" * 250 + "@riverside.example"}, "email"),
        ({"new": OLD}, f"{OLD} is already their login email: nothing to change."),
        ({"reason": " \n "}, "Give a --reason"),
        ({"reason": "x" * 501}, "Give a --reason"),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    cast: SimpleNamespace, wrong: dict[str, str], error: str
) -> None:
    before = sorted(User.objects.values_list("email", flat=True))
    rows = Activity.objects.count()

    with pytest.raises(CannotChange, match=error):
        change(**wrong)

    assert sorted(User.objects.values_list("email", flat=True)) == before
    assert Activity.objects.count() == rows
    do_all_due()
    assert mail.outbox == []


def test_the_command_does_it_and_names_who_typed_it(
    cast: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["change-login-email", OLD, NEW, "--reason", WHY]) == 0

    told = capsys.readouterr()
    assert told.out.endswith(f"\n{OLD} now logs in as {NEW}. Both addresses will get an email.\n")
    assert "(command line)" in Activity.objects.filter(kind=Kind.SUPPORT)[0].person_name


def test_the_command_refuses_in_one_line(
    cast: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["change-login-email", "no@riverside.example", NEW, "--reason", WHY]) == 1

    printed = capsys.readouterr()
    assert printed.err == "No one logs in with no@riverside.example: check the spelling.\n"
    assert "now logs in as" not in printed.out


def test_a_reason_must_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(["change-login-email", OLD, NEW])

    assert left.value.code == 2
    assert "--reason" in capsys.readouterr().err


def test_no_page_changes_it(cast: SimpleNamespace) -> None:
    from tests.test_headers import addresses

    dana = Office(cast.dana).browser
    typed: dict[str, Any] = {name: NEW for name in ("email", "login", "login_email", "new")}
    for address in addresses().values():
        dana.post(address, typed)

    assert User.objects.filter(pk=cast.dana.user.pk, email=OLD).exists()
