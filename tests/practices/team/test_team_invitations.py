"""Invitations: sent by Directors, accepted once by whoever holds the link, dead after a week."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from letterhead.activity.models import Activity
from letterhead.details.models import Practitioner
from letterhead.outbox.models import Job
from letterhead.practices.models import Invitation, Membership
from letterhead.practices.roles import Role
from tests.practices.office import Office
from tests.practices.team.team import (
    INVITE,
    LONG,
    NAMES,
    ROBIN,
    SWITCH,
    USERS,
    accepts,
    invitation,
    invited,
    joins,
    links_to,
    token_of,
)

pytestmark = pytest.mark.django_db
A_DAY = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _no_tries_counted() -> None:
    cache.clear()


def test_a_director_invites_and_the_mail_holds_the_link(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)

    dana.save(INVITE, {"Email": ROBIN, "Role": "Administrative", "Access Billing": "on"})

    page = dana.read(USERS)
    assert f"{ROBIN} Administrative Access Billing" in page
    assert "Invited until" in page
    assert len(links_to(ROBIN)) == 1
    mail = Job.objects.get(name="mail", values__to=[ROBIN]).values
    assert mail["subject"] == "Invitation to Riverside Nutrition"
    assert "dana@riverside.example invited you to join Riverside Nutrition" in mail["text"]
    told = Activity.objects.get(act="invited a user")
    assert (told.about, told.changes["role"]) == (ROBIN, ["", "administrative"])


def test_what_the_link_holds_is_kept_as_a_hash_only(cast: SimpleNamespace) -> None:
    token = token_of(invited(cast.practice, cast.dana))

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM practices_invitation")
        rows = cursor.fetchall()
    assert len(rows) == 1
    assert token not in repr(rows)


def test_who_holds_the_link_joins_with_names_and_a_password(cast: SimpleNamespace) -> None:
    path = invited(cast.practice, cast.dana, role=Role.SUPERVISOR, edit_templates=True)
    form = Office().open(path)
    assert form.field("Contact Email").value == ROBIN

    robin, answer = accepts(path)

    assert (answer.status, answer.location) == (302, "/my-details/")
    assert "Ms Robin Q. Vale III" in robin.read("/my-details/")
    membership = Membership.objects.get(user__email=ROBIN)
    assert (membership.role, membership.edit_templates) == ("supervisor", True)
    assert membership.user.check_password(LONG)
    assert "Robin Vale robin@newcomer.example Supervisor" in Office(cast.dana).read(USERS)
    assert Activity.objects.get(act="accepted an invitation").about == ROBIN


def test_opening_the_link_joins_nobody(cast: SimpleNamespace) -> None:
    path = invited(cast.practice, cast.dana)

    for _ in range(3):
        assert Office().open(path).status == 200
        Office().browser.head(path)

    assert invitation().accepted_at is None
    assert not Membership.objects.filter(user__email=ROBIN).exists()


def test_a_link_is_good_once(cast: SimpleNamespace) -> None:
    path = invited(cast.practice, cast.dana)
    robin, _ = accepts(path)

    late = Office()

    assert late.open(path).status == robin.open(path).status == 410
    assert "This invitation was already accepted" in late.open(path).text
    assert "You’ve already accepted this invitation" in robin.open(path).text
    assert "robin" not in late.open(path).text.lower()
    assert late.browser.post(path, {"first_name": "Eve", "last_name": "Late"}).status_code == 410
    assert Practitioner.objects.filter(practice=cast.practice).count() == 5


def test_after_a_week_the_link_is_dead_and_sending_again_makes_another(
    cast: SimpleNamespace,
) -> None:
    path = invited(cast.practice, cast.dana)
    dana = Office(cast.dana)

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=7, seconds=1)):
        assert Office().open(path).status == 410
        dana = Office(cast.dana)
        assert "Expired" in dana.read(USERS)
        dana.browser.post(f"/users/invitations/{invitation().pk}/again/")

        assert "Expired" not in dana.read(USERS)
        assert Office().open(links_to(ROBIN)[-1]).status == 200


def test_sending_again_kills_the_older_link(cast: SimpleNamespace) -> None:
    old = invited(cast.practice, cast.dana)

    Office(cast.dana).browser.post(f"/users/invitations/{invitation().pk}/again/")

    new = links_to(ROBIN)[-1]
    assert new != old
    assert Office().open(old).status == 410
    assert Office().open(new).status == 200


def test_a_revoked_invitation_is_dead_and_the_email_can_be_invited_anew(
    cast: SimpleNamespace,
) -> None:
    path = invited(cast.practice, cast.dana)
    dana = Office(cast.dana)

    dana.browser.post(f"/users/invitations/{invitation().pk}/revoke/")

    assert Office().open(path).status == 410
    assert ROBIN not in dana.read(USERS).replace(f"Invitation to {ROBIN} revoked", "")
    assert dana.save(INVITE, {"Email": ROBIN, "Role": "Clinical"}).status == 302


def test_one_email_is_invited_once_at_a_time_however_it_is_written(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)
    dana.save(INVITE, {"Email": ROBIN, "Role": "Clinical"})

    again = dana.save(INVITE, {"Email": ROBIN.upper(), "Role": "Clinical"})
    member = dana.save(INVITE, {"Email": "SAM@riverside.example", "Role": "Clinical"})

    assert again.status == 422
    assert again.wrong() == {"Email": "This email was already invited. Send it again instead."}
    assert member.wrong() == {"Email": "The person with this login email is already a user."}
    assert Invitation.objects.count() == 1


def test_a_practice_invites_only_so_many_in_an_hour(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)
    invited(cast.practice, cast.dana)
    again = f"/users/invitations/{invitation().pk}/again/"
    for _ in range(60):
        dana.browser.post(again)

    refused = dana.save(INVITE, {"Email": "one.more@newcomer.example", "Role": "Clinical"})

    assert refused.status == 422
    assert "Too many tries" in refused.text
    assert len(links_to(ROBIN)) == 61
    assert not links_to("one.more@newcomer.example")


@pytest.mark.parametrize(
    ("label", "typed", "said"),
    [
        ("Password", "short", "15 or more"),
        ("Password", "riverside-nutrition-1", "Choose other words"),
        ("First name", "", "Fill this in"),
        ("Last name", "Vale, RDN", "a comma"),
        ("Contact Email", "robin@", "email"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_stays(
    cast: SimpleNamespace, label: str, typed: str, said: str
) -> None:
    path = invited(cast.practice, cast.dana)

    _, answer = accepts(path, typed={label: typed})

    assert answer.status == 422
    assert said in answer.says_beside(label)
    kept = {name: answer.field(name).value for name in NAMES if name != label}
    assert kept == {name: text for name, text in NAMES.items() if name != label}
    assert invitation().accepted_at is None


def test_another_contact_email_is_used_once_it_is_confirmed(cast: SimpleNamespace) -> None:
    path = invited(cast.practice, cast.dana)

    accepts(path, typed={"Contact Email": "robin@private.example"})

    robin = Practitioner.objects.get(user__email=ROBIN)
    assert (robin.contact_email, robin.unconfirmed_email) == (ROBIN, "robin@private.example")
    assert Job.objects.filter(name="mail", values__to=["robin@private.example"]).count() == 1


def test_somebody_with_a_log_in_accepts_with_it(cast: SimpleNamespace) -> None:
    path = invited(cast.practice, cast.dana)
    choice = "Join with sina@elsewhere.example instead of robin@newcomer.example"
    sina = Office(cast.stranger)
    assert "With your existing login, sina@elsewhere.example" in sina.read(path)

    sina.browser.get("/my-details/")
    before = sina.browser.session.session_key
    answer = sina.save(path, {**NAMES, choice: "on"})

    assert answer.status == 302
    assert sina.browser.session.session_key != before  # who may more has another cookie
    assert "Riverside Nutrition" in sina.read("/my-details/")
    joined = Membership.objects.get(practice=cast.practice, user=cast.stranger.user)
    assert joined.role == "clinical"
    told = Activity.objects.get(act="accepted an invitation")
    assert (told.person_name, told.about) == ("sina@elsewhere.example", ROBIN)
    assert not Membership.objects.filter(user__email=ROBIN).exists()


def test_where_the_email_has_a_log_in_one_logs_in_first(cast: SimpleNamespace) -> None:
    path = invited(cast.practice, cast.dana, "sina@elsewhere.example")

    stranger = Office()
    page = stranger.open(path)

    assert f"/login/?next={path}" in page.html
    assert "Accept" not in page.buttons
    sent = {"first_name": "Eve", "last_name": "Vale", "contact_email": ROBIN, "password": LONG}
    answer = stranger.browser.post(path, sent)
    assert answer.status_code == 422
    assert cast.practice.memberships.count() == 4


def test_someone_else_who_is_logged_in_is_told_whom_it_was_sent_to_and_chooses(
    cast: SimpleNamespace,
) -> None:
    path = invited(cast.practice, cast.dana)
    sina = Office(cast.stranger)

    page = sina.open(path)
    unasked = sina.send(path, page, NAMES)

    told = "This invitation was sent to robin@newcomer.example. You’re logged in as sina@elsewhere"
    assert told in page.text
    assert "Log out and open the invitation again" in page.buttons
    assert unasked.status == 422
    choice = "Join with sina@elsewhere.example instead of robin@newcomer.example"
    assert "Select this to join with sina@elsewhere.example" in unasked.says_beside(choice)
    assert not Membership.objects.filter(user=cast.stranger.user, practice=cast.practice).exists()
    assert sina.send(path, page, {**NAMES, choice: "on"}).location == "/my-details/"


@pytest.mark.parametrize(
    "ended", [{"role": Role.SUPERVISOR}, {"ends_at": timezone.now() - dt.timedelta(hours=1)}]
)
def test_invitations_end_with_the_access_or_the_rank_of_the_director_who_sent_them(
    cast: SimpleNamespace, ended: dict[str, Any]
) -> None:
    sam = Membership.objects.filter(user=cast.sam.user)
    sam.update(role=Role.DIRECTOR)
    path = invited(cast.practice, cast.sam)
    assert Office().open(path).status == 200

    sam.update(**ended)

    assert Office().open(path).status == 410
    dana = Office(cast.dana)
    assert "Ended sam@riverside.example is no longer a Director" in dana.read(USERS)
    dana.browser.post(f"/users/invitations/{invitation().pk}/again/")
    assert Office().open(links_to(ROBIN)[-1]).status == 200


def test_a_member_cant_use_up_an_invitation_of_their_own_practice(cast: SimpleNamespace) -> None:
    path = invited(cast.practice, cast.dana, role=Role.DIRECTOR)
    choice = "Join with sam@riverside.example instead of robin@newcomer.example"

    _, answer = accepts(path, cast.sam, {choice: "on"})

    assert answer.status == 422
    assert "sam@riverside.example is, or was, a user" in answer.text
    assert Membership.objects.get(user=cast.sam.user).role == "clinical"
    assert invitation().accepted_at is None


def test_invitations_of_another_practice_are_not_found(cast: SimpleNamespace) -> None:
    invited(cast.practice, cast.dana)
    sina = Office(cast.stranger)

    for act in ("again", "revoke"):
        answer = sina.browser.post(f"/users/invitations/{invitation().pk}/{act}/")
        assert answer.status_code == 404

    assert len(links_to(ROBIN)) == 1
    assert invitation().revoked_at is None


def test_two_practices_know_nothing_of_each_other(cast: SimpleNamespace) -> None:
    joins(cast.practice, cast.dana, cast.stranger)

    page = Office(cast.dana).read(USERS)
    assert "Robin Vale" in page
    assert "Elsewhere" not in page
    sina = Office(cast.stranger)
    sina.post(SWITCH, {"practice": cast.stranger.practice.pk})
    assert "riverside.example" not in sina.read(USERS)


def test_an_invitation_to_an_address_with_a_hidden_character_is_refused(
    cast: SimpleNamespace,
) -> None:
    typed = {"Email": "robin@exam\u200fple.example", "Role": "Administrative"}

    answer = Office(cast.dana).save(INVITE, typed)

    assert answer.wrong() == {
        "Email": "This has a character that can't be seen. Type the address again."
    }
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("failed", "says"),
    [
        ({"attempts": 3, "last_error": "OSError: no route"}, "We keep trying for 18 hours"),
        (
            {
                "parked_at": dt.datetime(2026, 11, 30, tzinfo=dt.UTC),
                "last_error": "OSError: no route",
            },
            "Send it again",
        ),
    ],
)
def test_an_invitation_is_not_delivered_yet_until_the_server_refuses_it(
    cast: SimpleNamespace, failed: dict[str, Any], says: str
) -> None:
    dana = Office(cast.dana)
    dana.save(INVITE, {"Email": ROBIN, "Role": "Administrative"})
    mail = Job.objects.filter(values__to=[ROBIN])
    mail.update(**failed)

    page = dana.read(USERS)
    assert "Not delivered yet" in page and says in page
    assert "rejects this address" not in page
    mail.update(
        parked_at=timezone.now(), last_error="Hopeless: the mail server refuses the recipient (550)"
    )

    page = dana.read(USERS)
    assert "rejects this address" in page
    assert "Not delivered yet" not in page


def test_an_invitation_that_was_not_delivered_is_marked_until_it_is_sent_again(
    cast: SimpleNamespace,
) -> None:
    dana = Office(cast.dana)
    dana.save(INVITE, {"Email": ROBIN, "Role": "Administrative"})
    Job.objects.filter(values__to=[ROBIN]).update(
        parked_at=dt.datetime.now(dt.UTC), last_error="Hopeless: the mail server refuses it (550)"
    )

    assert "Not delivered" in dana.read(USERS)
    dana.browser.post(f"{USERS}invitations/{invitation().pk}/again/")

    page = dana.read(USERS)
    assert "Not delivered" not in page
    assert "Invited until" in page
