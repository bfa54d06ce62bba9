"""A practice registered with an email that nobody proved: what it can do, and whose it becomes.

The attack: Mallory registers a look-alike of a practice with Vera's email and waits until the true
one invites her.
"""

import re
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from letterhead.accounts.models import Session, TrustedDevice, TypedText, User
from letterhead.accounts.recording import record_for
from letterhead.activity.models import Activity
from letterhead.activity.queries import broken_links
from letterhead.details.joining.actions import Registration, register_practice
from letterhead.details.models import Practitioner
from letterhead.outbox.models import Job
from letterhead.outbox.worker import do_all_due
from letterhead.practices.models import Membership, Practice
from tests.accounts.two_factor.second_steps import with_app, with_recovery_codes
from tests.practices.office import Office, Shown
from tests.practices.team.team import (
    INVITE,
    NAMES,
    SWITCH,
    USERS,
    accepts,
    invited,
    links_to,
    membership_of,
)

pytestmark = pytest.mark.django_db

VERA, MALLORY = "vera@victim.example", "mallory@evil.example"
THEIRS, HERS = "a tall ship and a star", "four herons by the quiet lake"
LOOK_ALIKE = "Riverside Nutritions"
AGAIN = "/my-details/login-email/again/"
WAITS = "Confirm your login email: open the link we emailed to vera@victim.example."
QUESTION = f"Did you register {LOOK_ALIKE}?"
MINE, NOT_MINE = "yes", "no"


@pytest.fixture(autouse=True)
def _no_tries_counted() -> None:
    cache.clear()


def registers(email: str = VERA) -> Office:
    visitor = Office()
    typed = {"Practice name": LOOK_ALIKE, "First name": "Vera", "Last name": "Moss"}
    answer = visitor.save("/signup/", {**typed, "Login email": email, "Password": THEIRS})
    assert (answer.status, answer.location) == (302, "/my-details/")
    return visitor


def mails_to(email: str) -> list[dict[str, Any]]:
    mails = Job.objects.filter(name="mail").order_by("pk")
    return [job.values for job in mails if job.values["to"] == [email]]


def proof_links(email: str = VERA) -> list[str]:
    texts = [each["text"] for each in mails_to(email)]
    found = [re.search(r"http://localhost:8000(/my-details/login-email/\S+/)", t) for t in texts]
    return [each[1] for each in found if each]


def resets(email: str = VERA, **typed: str) -> tuple[Office, Shown]:
    visitor = Office()
    visitor.save("/password/reset/", {"Login email": email})
    do_all_due()
    texts = [str(each.body) for each in mail.outbox if each.to == [email]]
    links = [re.search(r"http://localhost:8000(/password/reset/\S+/\S+/)", t) for t in texts]
    last = [each[1] for each in links if each][-1]
    form = visitor.open(visitor.open(last).location)
    sent = form.sends() | {"new_password": HERS} | typed
    return visitor, visitor.post("/password/reset/new/", sent)


def logs_in(email: str = VERA, password: str = HERS) -> tuple[Office, Shown]:
    visitor = Office()
    return visitor, visitor.save("/login/", {"Login email": email, "Password": password})


def vera() -> User:
    return User.objects.get(email=VERA)


def look_alike() -> Practice:
    return Practice.objects.get(name=LOOK_ALIKE)


# The attack, from its beginning to its end.


@pytest.mark.parametrize("way", ["reset", "invitation"])
def test_who_registers_with_vera_s_email_gains_nothing_by_it(
    cast: SimpleNamespace, way: str
) -> None:
    mallory = registers()
    refused = mallory.save(INVITE, {"Email": MALLORY, "Role": "Director"})
    assert refused.status == 422
    assert "isn't confirmed yet" in refused.text
    mallory.save("/my-details/general/", {"Contact Email": MALLORY})
    assert mails_to(MALLORY) == []
    with_app(vera())
    with_recovery_codes(vera())

    link = invited(cast.practice, cast.dana, VERA)
    if way == "reset":
        _, answer = resets(keeps=NOT_MINE)
        assert (answer.status, answer.location) == (302, "/login/")
        visitor, answer = logs_in()
        assert (answer.status, answer.location) == (302, "/my-details/")  # no second step
        assert visitor.save(link, NAMES).status == 302
    else:
        visitor = Office()
        assert QUESTION in visitor.read(link)
        typed = {**NAMES, "Password": HERS}
        form = visitor.open(link)
        assert visitor.send(link, form, typed, keeps=NOT_MINE).status == 302

    assert "Riverside Nutrition" in visitor.read("/my-details/")
    again, answer = logs_in()
    assert answer.location == "/my-details/"
    page = again.read("/my-details/")
    assert "Riverside Nutrition" in page
    assert LOOK_ALIKE not in page
    assert [each.practice for each in Membership.objects.filter(user=vera())] == [cast.practice]
    assert mallory.open("/my-details/").location.startswith("/login/")
    assert logs_in(password=THEIRS)[1].status != 302
    again.save(
        "/my-details/password/", {"Current password": HERS, "New password": "nine otters at dusk"}
    )
    assert mails_to(MALLORY) == []
    assert list(broken_links(Practice.objects.values_list("pk", flat=True))) == []


def test_one_lands_in_the_practice_last_used_and_not_in_the_oldest(cast: SimpleNamespace) -> None:
    """Even where the older practice was kept."""
    registers()
    link = invited(cast.practice, cast.dana, VERA)
    visitor = Office()
    form = visitor.open(link)
    visitor.send(link, form, {**NAMES, "Password": HERS}, keeps=MINE)

    first, _ = logs_in()
    assert "Switch to Riverside Nutritions" in first.read("/my-details/")
    first.post(SWITCH, {"practice": look_alike().pk})
    second, _ = logs_in()
    assert "Switch to Riverside Nutrition " in second.read("/my-details/") + " "


# What waits, and what doesn't.


def test_who_registers_goes_on_at_once_and_is_told_what_waits(db: None) -> None:
    robin = registers()

    page = robin.open("/my-details/")
    assert WAITS in " ".join(page.text.split())
    assert "Send the link again" in page.buttons
    assert WAITS in robin.read(USERS)
    (sent,) = mails_to(VERA)
    assert sent["subject"] == "Confirm your login email"
    assert f"{LOOK_ALIKE} was registered with this address" in sent["text"]


def test_the_link_proves_it_and_what_waited_goes_on(db: None) -> None:
    robin = registers()
    robin.save("/my-details/general/", {"Contact Email": "front@moss.example"})
    assert "Once the login email is confirmed" in robin.read("/my-details/")
    (link,) = proof_links()

    assert f"Did you register {LOOK_ALIKE}" in robin.read(link)
    assert vera().proven_at is None  # mail programs open links
    assert robin.post(link, {}).location == "/my-details/"

    assert "Login email confirmed" in robin.read("/my-details/")
    assert WAITS not in robin.read("/my-details/")
    assert EmailAddress.objects.get(user=vera()).verified
    (asked,) = mails_to("front@moss.example")
    contact = re.search(r"http://localhost:8000(/my-details/contact-email/\S+/)", asked["text"])
    assert contact
    assert Office().post(contact[1], {}).status == 200
    assert Practitioner.objects.get(user=vera()).contact_email == "front@moss.example"
    assert robin.save(INVITE, {"Email": "lee@new.example", "Role": "Clinical"}).status == 302
    assert len(links_to("lee@new.example")) == 1
    acts = Activity.objects.filter(chain=look_alike().pk).values_list("act", flat=True)
    assert "confirmed the login email" in acts


def test_the_link_needs_the_password_too(cast: SimpleNamespace) -> None:
    """Vera alone can't make Mallory's practice look true, by opening what came unasked."""
    registers()
    (link,) = proof_links()

    assert Office().open(link).location.startswith("/login/?next=/my-details/login-email/")
    assert Office().post(link, {}).location.startswith("/login/")
    assert Office(cast.dana).open(link).status == 410
    assert Office(cast.dana).post(link, {}).status == 410
    assert vera().proven_at is None


def test_the_link_ends_after_a_week_and_with_another_email(db: None) -> None:
    robin = registers()
    (link,) = proof_links()
    assert robin.open(f"{link[:-4]}/").status == 410
    User.objects.filter(email=VERA).update(email="other@moss.example")
    assert robin.open(link).status == 410
    User.objects.update(email=VERA)
    with time_machine.travel(timezone.now().timestamp() + 8 * 24 * 3600, tick=False):
        assert logs_in(password=THEIRS)[0].open(link).status == 410


def test_it_is_sent_again_a_few_times(db: None) -> None:
    robin = registers()

    for _ in range(3):
        robin.post(AGAIN, {})
        assert f"We emailed a new link to {VERA}" in robin.read("/my-details/")
    robin.post(AGAIN, {})

    assert "try again in 1 hour" in robin.read("/my-details/")
    assert len(proof_links()) == 4
    robin.post(proof_links()[-1], {})
    robin.post(AGAIN, {})
    assert "Your login email is already confirmed" in robin.read("/my-details/")


def test_a_contact_email_asked_for_before_is_confirmed_by_no_one_until_then(
    cast: SimpleNamespace,
) -> None:
    """Links from before this rule rest too, and so do invitations."""
    dana, link = Office(cast.dana), invited(cast.practice, cast.dana)
    dana.save("/my-details/general/", {"Contact Email": MALLORY})
    found = re.search(r"http://localhost:8000(/my-details/contact-email/\S+/)", text_to(MALLORY))
    assert found
    User.objects.filter(pk=cast.dana.user.pk).update(proven_at=None)

    assert Office().post(found[1], {}).status == 410
    assert Office().open(link).status == 410
    dana.post("/my-details/contact-email/again/", {})
    assert "Confirm your login email first" in dana.read("/my-details/")
    (waiting,) = Practice.objects.get(pk=cast.practice.pk).invitations.all()
    dana.post(f"/users/invitations/{waiting.pk}/again/", {})
    assert "isn't confirmed yet" in dana.read(USERS)
    assert "who registered Riverside Nutrition, hasn’t confirmed" in Office(
        SimpleNamespace(user=member_as_director(cast))  # type: ignore[arg-type]
    ).read(USERS)

    User.objects.filter(pk=cast.dana.user.pk).update(proven_at=timezone.now())
    assert Office().post(found[1], {}).status == 200
    assert accepts(link)[1].status == 302


def text_to(email: str) -> str:
    return str(mails_to(email)[-1]["text"])


def member_as_director(cast: SimpleNamespace) -> User:
    Membership.objects.filter(user=cast.lee.user).update(role="director")
    user: User = cast.lee.user
    return user


# What the owner of the email does.


def test_a_reset_ends_what_was_set_up_before_even_if_the_practice_is_hers(db: None) -> None:
    registers()
    user = vera()
    with_app(user)
    with_recovery_codes(user)
    now = timezone.now()
    TrustedDevice.objects.create(
        user=user, token_sha256="0" * 64, created_at=now, last_used_at=now, expires_at=now
    )
    TypedText.objects.create(user=user, path="/", fields="[]", held_at=now)
    EmailAddress.objects.create(user=user, email=MALLORY, verified=True)
    Practitioner.objects.filter(user=user).update(
        contact_email=MALLORY, unconfirmed_email="m2@evil.example"
    )

    _, asked = resets(keeps="")
    assert asked.status == 422
    assert "Choose whether the practice is yours." in asked.text
    _, answer = resets(keeps=MINE)

    assert answer.location == "/login/"
    visitor, answer = logs_in()
    assert answer.location == "/my-details/"
    page = visitor.read("/my-details/")
    assert LOOK_ALIKE in page
    assert WAITS not in page
    assert vera().pk == user.pk
    assert not Authenticator.objects.filter(user=user).exists()
    assert not TrustedDevice.objects.filter(user=user).exists()
    assert not TypedText.objects.filter(user=user).exists()
    assert Session.objects.filter(user=user).count() == 1  # hers
    assert [each.email for each in EmailAddress.objects.filter(user=user)] == [VERA]
    mine = Practitioner.objects.get(user=user)
    assert (mine.contact_email, mine.unconfirmed_email) == (VERA, "")
    assert mails_to(MALLORY) == []


def test_what_is_not_hers_stays_behind_with_a_login_that_nobody_can_use(db: None) -> None:
    mallory = registers()
    before = vera()

    resets(keeps=NOT_MINE)

    assert vera().pk != before.pk
    shut = User.objects.get(pk=before.pk)
    assert (shut.email, shut.is_active, shut.has_usable_password()) == (
        f"nobody-{before.pk}@letterhead.invalid",
        False,
        False,
    )
    assert mallory.open("/my-details/").location.startswith("/login/")
    assert membership_of(SimpleNamespace(user=shut, practice=look_alike())).has_ended  # type: ignore[arg-type]
    row = Activity.objects.get(act="lost the login email to its owner")
    assert (row.chain, row.about) == (look_alike().pk, VERA)
    visitor, _ = logs_in()
    assert visitor.open("/my-details/").status == 403  # no practice yet: she can be invited


def test_who_proved_the_email_keeps_second_steps_at_a_reset(cast: SimpleNamespace) -> None:
    with_app(cast.dana.user)

    _, answer = resets(cast.dana.user.email)

    assert answer.location == "/login/"
    assert Authenticator.objects.filter(user=cast.dana.user).exists()
    assert logs_in(cast.dana.user.email)[1].location == "/login/two-factor/"


def test_an_invitation_opened_while_logged_in_with_its_email_proves_it(
    cast: SimpleNamespace,
) -> None:
    robin = registers()

    assert robin.save(invited(cast.practice, cast.dana, VERA), NAMES).status == 302

    assert vera().is_proven
    assert "Switch to Riverside Nutritions" in robin.read("/my-details/")


def test_an_invitation_taken_with_another_login_proves_nothing(cast: SimpleNamespace) -> None:
    registers()
    link = invited(cast.practice, cast.dana, VERA)

    office, answer = accepts(
        link, cast.stranger, {f"Join with {cast.stranger.user.email} instead of {VERA}": "on"}
    )

    assert answer.status == 302
    assert not vera().is_proven


def test_mallory_can_t_bring_vera_s_login_into_a_practice_of_her_own(
    cast: SimpleNamespace,
) -> None:
    mallory = registers()
    link = invited(cast.stranger.practice, cast.stranger, MALLORY)

    answer = mallory.save(link, {**NAMES, f"Join with {VERA} instead of {MALLORY}": "on"})

    assert answer.status == 422
    assert f"Confirm your login email first: open the link we emailed to {VERA}." in answer.text
    assert Membership.objects.filter(user=vera()).count() == 1


def test_a_page_asks_the_database_no_more_for_it(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)
    dana.open("/my-details/")
    with CaptureQueriesContext(
        connection,
    ) as proven:
        dana.open("/my-details/")
    User.objects.filter(pk=cast.dana.user.pk).update(proven_at=None)
    with CaptureQueriesContext(connection) as unproven:
        dana.open("/my-details/")

    assert len(unproven) == len(proven)


# What was there before there was this rule.


def test_practices_from_before_are_asked_unless_their_email_was_opened(
    cast: SimpleNamespace,
) -> None:
    users = [registered_before(f"{name}@moss.test") for name in ("asked", "invited", "reset")]
    registered_before("demo@moss.example")
    EmailAddress.objects.filter(user=users[1]).update(verified=True)
    record_for(users[2], "reset the password")
    Practice.objects.update(registered_by=None)
    User.objects.update(proven_at=None)

    accounts = import_module("letterhead.accounts.migrations.0007_secrets_bound_and_emails_proven")
    practices = import_module(
        "letterhead.practices.migrations.0015_secrets_bound_and_who_registered"
    )
    accounts.prove(apps, None)
    practices.say_who_registered(apps, None)

    assert [User.objects.get(pk=each.pk).is_proven for each in users] == [False, True, True]
    assert User.objects.get(email="demo@moss.example").is_proven
    assert Practice.objects.get(pk=cast.practice.pk).registered_by == cast.dana.user
    for each in users:
        registered_by = Practice.objects.get(memberships__user=each).registered_by
        assert registered_by == each


def registered_before(email: str) -> User:
    return register_practice(
        Registration(
            practice_name="Moss",
            country="US",
            time_zone="America/New_York",
            first_name="Vera",
            last_name="Moss",
            login_email=email,
            password=THEIRS,
        )
    )


def test_who_proved_the_email_can_confirm_who_they_are(cast: SimpleNamespace) -> None:
    app = with_app(cast.dana.user)
    assert EmailAddress.objects.get(user=cast.dana.user).verified

    answer = Office(cast.dana).save("/confirm/code/", {"Code": app.code()})

    assert answer.status == 302
