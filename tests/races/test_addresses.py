"""Addresses of public pages, wanted by two at one and the same moment."""

from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from letterhead.accounts.models import User
from letterhead.details.card.actions import change_card_address
from letterhead.details.joining.actions import Registration, register_practice
from letterhead.details.queries import practitioner_of
from letterhead.practices.account_settings.actions import change_public_address
from letterhead.practices.models import Practice, PracticeSlug
from letterhead.texts.slugs import SlugTaken
from tests.factories import PASSWORD, Person
from tests.practices.team.team import membership_of
from tests.races.test_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def taking(slug: str, person: Person) -> Callable[[], Any]:
    """A practice's Director wants an address."""
    practice = Practice.objects.get(pk=person.practice.pk)
    return lambda: change_public_address(
        practice, slug=slug, read_at_version=practice.version, by=person.user
    )


def test_of_two_practices_that_want_one_address_one_gets_it(cast: SimpleNamespace) -> None:
    came = at_once(taking("lakeside", cast.dana), taking("lakeside", cast.stranger))

    assert Counter(type(each) for each in came) == {bool: 1, SlugTaken: 1}, came
    assert Practice.objects.filter(slug="lakeside").count() == 1


def test_an_address_left_at_this_moment_is_nobody_elses(cast: SimpleNamespace) -> None:
    came = at_once(taking("lakeside", cast.dana), *[taking("riverside", cast.stranger)] * 4)

    assert Counter(type(each) for each in came) == {bool: 1, SlugTaken: 4}, came
    assert PracticeSlug.objects.get(slug="riverside").owner == cast.practice


def registering(name: str, email: str) -> Callable[[], Any]:
    """A new practice registers."""
    new = Registration(
        practice_name=name,
        country="US",
        time_zone="America/New_York",
        first_name="Robin",
        last_name="Vale",
        login_email=email,
        password=PASSWORD,
    )
    return lambda: register_practice(new)


@pytest.mark.parametrize("once_more", range(6))
def test_a_practice_registered_meanwhile_gets_another(
    cast: SimpleNamespace, once_more: int
) -> None:
    came = at_once(taking("lakeside", cast.dana), registering("Lakeside", "robin@lakeside.example"))

    assert isinstance(came[0], bool | SlugTaken), came
    assert isinstance(came[1], User), came
    slugs = PracticeSlug.objects.filter(slug__startswith="lakeside")
    owners = dict(slugs.values_list("slug", "owner__slug"))
    assert len(set(owners.values())) == len(owners)  # never one slug with two owners
    assert Practice.objects.get(name="Lakeside").slug in {"lakeside", "lakeside-2"}


def test_of_two_colleagues_given_one_address_one_gets_it(cast: SimpleNamespace) -> None:
    def giving(person: Person) -> Callable[[], Any]:
        row = practitioner_of(membership_of(person))
        return lambda: change_card_address(
            row, slug="the-clinician", read_at_version=row.version, by=cast.dana.user
        )

    came = at_once(giving(cast.sam), giving(cast.lee))

    assert Counter(type(each) for each in came) == {bool: 1, SlugTaken: 1}, came
