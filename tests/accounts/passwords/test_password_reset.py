"""Password Reset: the same for everyone until the email is read; the link works once."""

import datetime as dt
import re
from types import SimpleNamespace

import pytest
import time_machine
from django.core import mail

from letterhead.accounts.models import User
from letterhead.accounts.passwords.actions import on_password_change, registering_for_now
from letterhead.accounts.passwords.reset import user_of_link
from letterhead.activity.models import Activity
from letterhead.outbox.models import Job
from letterhead.outbox.worker import do_all_due
from tests.factories import PASSWORD
from tests.practices.office import Office, Shown

ADDRESS, SENT, CHOOSE = "/password/reset/", "/password/reset/sent/", "/password/reset/new/"
DANA = "dana@riverside.example"
NEW = "four herons by the quiet lake"


def asks(email: str, visitor: Office | None = None) -> Shown:
    return (visitor or Office()).save(ADDRESS, {"Login email": email})


def links() -> list[str]:
    """The links that were mailed, sent by the worker."""
    do_all_due()
    texts = [str(each.body) for each in mail.outbox]
    found = [re.search(r"http://localhost:8000(/password/reset/\S+/\S+/)", text) for text in texts]
    return [match[1] for match in found if match]


def link_for_dana() -> str:
    asks(DANA)
    return links()[-1]


def uses(link: str, new: str = NEW, visitor: Office | None = None) -> Shown:
    visitor = visitor or Office()
    sent_to = visitor.open(link).location
    return visitor.save(sent_to, {"New password": new}) if sent_to else visitor.open(link)


def logs_in(password: str) -> bool:
    typed = {"Login email": DANA, "Password": password}
    return Office().save("/login/", typed).status == 302


def test_log_in_leads_to_it(db: None) -> None:
    assert f'href="{ADDRESS}">Forgot your password?</a>' in Office().open("/login/").html


def test_dana_sets_a_new_password_with_the_emailed_link(cast: SimpleNamespace) -> None:
    answer = uses(link_for_dana())

    assert (answer.status, answer.location) == (302, "/login/")
    assert logs_in(NEW)
    assert not logs_in(PASSWORD)


@pytest.mark.parametrize("email", [DANA, "nobody@riverside.example", "Dana@Riverside.EXAMPLE"])
def test_known_and_unknown_are_answered_alike(cast: SimpleNamespace, email: str) -> None:
    visitor = Office()

    answer = asks(email, visitor)

    assert (answer.status, answer.location) == (302, SENT)
    assert email not in visitor.open(SENT).html
    assert [job.name for job in Job.objects.all()] == ["password reset"]
    assert Job.objects.get().values == {"email": email}


def test_the_email_goes_to_the_login_email_as_it_is_stored(cast: SimpleNamespace) -> None:
    asks("Dana@Riverside.EXAMPLE")

    do_all_due()

    assert [each.to for each in mail.outbox] == [[DANA]]


@pytest.mark.parametrize(
    "email", ["nobody@riverside.example", "dana@rivers\u0131de.example", "DANA@riverside.example "]
)
def test_only_a_login_email_gets_a_mail(cast: SimpleNamespace, email: str) -> None:
    asks(email)

    do_all_due()

    assert [each.to for each in mail.outbox] == ([[DANA]] if email.strip().lower() == DANA else [])
    assert not Job.objects.filter(name__in=["mail", "password reset"]).exists()


def test_a_closed_login_gets_none(cast: SimpleNamespace) -> None:
    User.objects.filter(email=DANA).update(is_active=False)

    asks(DANA)

    assert links() == []


def test_a_link_works_once(cast: SimpleNamespace) -> None:
    link = link_for_dana()
    uses(link)

    again = uses(link, "another lake with more herons")

    assert again.status == 410
    assert "This link has expired" in again.text
    assert "If you already chose a new password with it, log in with that one." in again.text
    assert logs_in(NEW)


def test_a_newer_link_ends_the_older(cast: SimpleNamespace) -> None:
    first, second = link_for_dana(), link_for_dana()

    assert uses(first).status == 410
    assert uses(second).location == "/login/"


def test_a_page_left_open_has_expired_too(cast: SimpleNamespace) -> None:
    link, slow = link_for_dana(), Office()
    form = slow.open(slow.open(link).location)
    uses(link)

    answer = slow.send(CHOOSE, form, {"New password": "another lake with more herons"})

    assert answer.status == 410
    assert logs_in(NEW)


@pytest.mark.parametrize(("minutes", "status"), [(59, 302), (61, 410)])
def test_a_link_works_for_an_hour(cast: SimpleNamespace, minutes: int, status: int) -> None:
    link = link_for_dana()

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=minutes)):
        assert uses(link).status == status


def test_a_link_expires_with_the_next_log_in(cast: SimpleNamespace) -> None:
    link = link_for_dana()

    assert logs_in(PASSWORD)

    assert uses(link).status == 410


@pytest.mark.parametrize(
    "link",
    [
        f"{ADDRESS}MQ/no-token/",
        f"{ADDRESS}!/x/",
        f"{ADDRESS}{'9' * 60}/x-y/",
        f"{ADDRESS}4pyT/\u0664/",
        f"{ADDRESS}OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5/c-d/",
        CHOOSE,
    ],
)
def test_made_up_links_have_expired(cast: SimpleNamespace, link: str) -> None:
    assert Office().open(link).status == 410


def test_the_token_is_in_no_address_that_a_page_is_shown_at(cast: SimpleNamespace) -> None:
    visitor, link = Office(), link_for_dana()

    answer = visitor.browser.get(link)

    assert (answer.status_code, answer.headers["Location"]) == (302, CHOOSE)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    token = link.split("/")[-2]
    assert token not in visitor.open(CHOOSE).html


def test_every_session_ends_and_no_one_is_logged_in_by_it(cast: SimpleNamespace) -> None:
    elsewhere, visitor = Office(cast.dana), Office()

    uses(link_for_dana(), visitor=visitor)

    for each in (elsewhere, visitor):
        assert each.open("/my-details/").location == "/login/?next=/my-details/"
    assert "Your new password is set. Log in with it." in visitor.read("/login/")


def test_a_bad_password_shows_an_error_and_the_link_still_works(cast: SimpleNamespace) -> None:
    link, visitor = link_for_dana(), Office()

    answer = uses(link, "riverside-dana-1", visitor)

    assert answer.status == 422
    assert "made of your name" in answer.says_beside("New password")
    assert visitor.save(CHOOSE, {"New password": NEW}).status == 302


def test_dana_gets_an_email_and_it_is_recorded(cast: SimpleNamespace) -> None:
    uses(link_for_dana())

    do_all_due()

    assert mail.outbox[-1].subject == "Your Letterhead password was reset"
    row = Activity.objects.get(act="reset the password")
    assert (row.practice, row.changes) == (cast.practice.pk, {"password": "changed"})


def test_a_registered_hook_runs(cast: SimpleNamespace) -> None:
    called: list[str] = []
    link = link_for_dana()

    with registering_for_now():
        on_password_change(lambda user: called.append(user.email))
        uses(link)

    assert called == [DANA]


@pytest.mark.parametrize("email", [DANA, "nobody@riverside.example"])
def test_asking_is_limited_alike_and_a_link_sent_before_still_works(
    cast: SimpleNamespace, email: str
) -> None:
    link, visitor = link_for_dana(), Office()
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False):  # all within one hour
        answers = [asks(email, visitor).status for _ in range(4)]

    assert answers[-1] == 429
    assert answers[0] == 302
    assert uses(link).status == 302


def test_while_a_mail_waits_no_second_is_written(cast: SimpleNamespace) -> None:
    asks(DANA)
    asks("Dana@riverside.example")

    assert Job.objects.filter(name="password reset").count() == 1


def test_an_empty_or_wrong_email_shows_an_error(db: None) -> None:
    assert asks("").wrong() == {"Login email": "Fill this in."}
    assert list(asks("nonsense").wrong()) == ["Login email"]


def test_someone_elses_link_is_someone_elses(cast: SimpleNamespace) -> None:
    key, token = link_for_dana().split("/")[-3:-1]
    asks("sam@riverside.example")
    sams_key = links()[-1].split("/")[-3]

    assert user_of_link(sams_key, token) is None
    assert user_of_link(key, token) == cast.dana.user
