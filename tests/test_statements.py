"""Statements that are compiled once give what their query set gives, value by value."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from letterhead.details.models import Practitioner
from letterhead.details.queries import practitioner_of, practitioners_in
from letterhead.practices.models import Membership
from letterhead.practices.queries import active, memberships_of

pytestmark = pytest.mark.django_db


def columns(row: Model) -> dict[str, Any]:
    """Give everything that was read into a row, without Django's own notes."""
    return {name: getattr(row, name) for name in vars(row) if not name.startswith("_")}


def test_a_member_is_read_with_the_practice(cast: SimpleNamespace) -> None:
    expected = Membership.objects.select_related("practice").get(user=cast.dana.user)
    (read,) = memberships_of(cast.dana.user)
    assert columns(read) == columns(expected)
    assert columns(read.practice) == columns(expected.practice)


def test_details_are_read_with_photo_card_and_rows(cast: SimpleNamespace) -> None:
    membership = Membership.objects.get(user=cast.dana.user)
    rows = practitioners_in(membership.practice).select_related("photo", "card")
    expected, read = rows.get(membership=membership), practitioner_of(membership)
    assert columns(read) == columns(expected)
    assert columns(read.photo) == columns(expected.photo)
    assert columns(read.card) == columns(expected.card)


def test_the_values_are_those_of_each_call(cast: SimpleNamespace) -> None:
    assert [each.user for each in memberships_of(cast.dana.user)] == [cast.dana.user]
    assert [each.user for each in memberships_of(cast.lee.user)] == [cast.lee.user]
    Membership.objects.filter(user=cast.lee.user).update(ends_at=timezone.now())
    assert memberships_of(cast.lee.user) == []
    later = timezone.now() + timedelta(minutes=1)
    Membership.objects.filter(user=cast.lee.user).update(ends_at=later)
    assert len(memberships_of(cast.lee.user)) == 1
    assert Membership.objects.filter(active(now=later), user=cast.lee.user).count() == 0


def test_who_has_no_details_is_told(cast: SimpleNamespace) -> None:
    membership = Membership.objects.get(user=cast.dana.user)
    membership.pk = 0
    with pytest.raises(Practitioner.DoesNotExist):
        practitioner_of(membership)


@pytest.mark.django_db(transaction=True)
def test_threads_read_through_their_own_connections(cast: SimpleNamespace) -> None:
    def read(person: Any) -> list[int]:
        try:
            return [each.user_id for each in memberships_of(person.user)]
        finally:
            connection.close()

    people = [cast.dana, cast.lee] * 10
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, people)) == [[person.user.pk] for person in people]
