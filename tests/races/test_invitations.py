"""Invitations and Directors at one and the same moment."""

from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from letterhead.details.joining.actions import (
    LoginEmailTaken,
    Registration,
    accept_invitation,
    register_practice,
)
from letterhead.details.models import Practitioner
from letterhead.outbox.models import Job
from letterhead.practices.invitations import InvitationExpired
from letterhead.practices.models import Membership, Practice
from letterhead.practices.roles import Role
from letterhead.practices.team.actions import LastDirector, change_user, send_again
from tests.factories import Person
from tests.practices.team.team import (
    LONG,
    ROBIN,
    invitation,
    invited,
    links_to,
    membership_of,
    token_of,
)
from tests.races.test_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NAMES = {"first_name": "Robin", "last_name": "Vale", "contact_email": ROBIN}


def test_of_fifty_who_accept_one_invitation_at_once_one_joins(cast: SimpleNamespace) -> None:
    token = token_of(invited(cast.practice, cast.dana))

    came = at_once(*[lambda: accept_invitation(token, details=NAMES, password=LONG)] * 50)

    refused = Counter(type(each).__name__ for each in came)
    assert refused == {"User": 1, InvitationExpired.__name__: 49}, refused
    assert Membership.objects.filter(practice=cast.practice).count() == 5
    assert Practitioner.objects.filter(first_name="Robin").count() == 1


def test_of_two_log_ins_that_accept_one_invitation_one_joins(cast: SimpleNamespace) -> None:
    token = token_of(invited(cast.practice, cast.dana))
    sina = cast.stranger.user

    came = at_once(
        lambda: accept_invitation(token, details=NAMES, user=sina),
        lambda: accept_invitation(token, details=NAMES, password=LONG),
    )

    assert sum(isinstance(each, InvitationExpired) for each in came) == 1
    assert not any(isinstance(each, LoginEmailTaken) for each in came)
    assert Membership.objects.filter(practice=cast.practice).count() == 5


def test_a_link_that_is_accepted_while_it_is_sent_again_is_used_or_dead_never_both(
    cast: SimpleNamespace,
) -> None:
    token, asked = token_of(invited(cast.practice, cast.dana)), invitation()

    accepted, sent = at_once(
        lambda: accept_invitation(token, details=NAMES, password=LONG),
        lambda: send_again(asked, by=cast.dana.user),
    )

    dead, closed = isinstance(accepted, Exception), isinstance(sent, Exception)
    assert dead != closed, (accepted, sent)
    assert len(links_to(ROBIN)) == (2 if dead else 1)
    assert Membership.objects.filter(practice=cast.practice).count() == (4 if dead else 5)


def test_five_namesakes_who_join_at_once_all_join(cast: SimpleNamespace) -> None:
    emails = [f"robin{number}@newcomer.example" for number in range(5)]
    tokens = [token_of(invited(cast.practice, cast.dana, email)) for email in emails]

    def join(token: str) -> Callable[[], Any]:
        return lambda: accept_invitation(token, details=NAMES, password=LONG)

    came = at_once(*map(join, tokens))

    assert {type(each).__name__ for each in came} == {"User"}, came
    namesakes = Practitioner.objects.filter(practice=cast.practice, first_name="Robin")
    assert len(set(namesakes.values_list("slug", flat=True))) == 5


def test_one_log_in_that_accepts_two_invitations_at_once_joins_once(cast: SimpleNamespace) -> None:
    tokens = [token_of(invited(cast.practice, cast.dana, f"{n}@newcomer.example")) for n in "ab"]
    sina = cast.stranger.user

    def join(token: str) -> Callable[[], Any]:
        return lambda: accept_invitation(token, details=NAMES, user=sina)

    came = at_once(*map(join, tokens))

    assert sorted(type(each).__name__ for each in came) == ["MemberAlready", "User"]
    assert Membership.objects.filter(user=sina, practice=cast.practice).count() == 1


def test_of_two_directors_who_demote_each_other_one_stays(cast: SimpleNamespace) -> None:
    Membership.objects.filter(user=cast.lee.user).update(role=Role.DIRECTOR)
    dana, lee = membership_of(cast.dana), membership_of(cast.lee)

    def demote(whom: Membership, by: Person) -> Callable[[], Any]:
        columns = {"role": Role.CLINICAL}
        return lambda: change_user(whom, columns=columns, read_at_version=whom.version, by=by.user)

    came = at_once(demote(lee, cast.dana), demote(dana, cast.lee))

    assert Counter(type(each) for each in came) == {bool: 1, LastDirector: 1}
    directors = Membership.objects.filter(practice=cast.practice, role=Role.DIRECTOR)
    assert directors.count() == 1


def test_ten_invitations_of_one_email_at_once_are_one(cast: SimpleNamespace) -> None:
    came = at_once(*[lambda: invited(cast.practice, cast.dana)] * 10)

    assert sum(isinstance(each, str) for each in came) == 1
    assert Job.objects.filter(name="mail", values__to=[ROBIN]).count() == 1


def test_two_practices_of_one_name_registered_at_once_get_two_addresses(db: None) -> None:
    def register(email: str) -> Callable[[], Any]:
        new = Registration(
            practice_name="Lakeside",
            country="US",
            time_zone="America/New_York",
            first_name="Robin",
            last_name="Vale",
            login_email=email,
            password=LONG,
        )
        return lambda: register_practice(new)

    came = at_once(*(register(f"robin{n}@lakeside.example") for n in range(6)))

    assert {type(each).__name__ for each in came} == {"User"}, came
    slugs = Practice.objects.values_list("slug", flat=True)
    assert set(slugs) == {"lakeside", *(f"lakeside-{n}" for n in range(2, 7))}
