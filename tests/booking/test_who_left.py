"""Booking links of someone who has left the practice."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from letterhead.details.models import Card
from letterhead.practices.models import Membership
from tests.scheduling.making import hours, service

pytestmark = pytest.mark.django_db


@pytest.fixture
def left(cast: SimpleNamespace) -> SimpleNamespace:
    """Sam, who took clients online and left an hour ago."""
    hours(cast.sam)
    cast.visit = service(cast.practice, cast.sam)
    hour_ago = timezone.now() - dt.timedelta(hours=1)
    Membership.objects.filter(user=cast.sam.user).update(ends_at=hour_ago)
    return cast


@pytest.mark.parametrize("rest", ["services/{service}/", "services/{service}/book/"])
def test_lead_to_the_practices_page(left: SimpleNamespace, client: Client, rest: str) -> None:
    answer = client.get("/book/riverside/sam-okafor/" + rest.format(service=left.visit.pk))

    assert (answer.status_code, answer.headers["Location"]) == (302, "/book/riverside/")


def test_lead_nowhere_if_the_card_was_hidden(left: SimpleNamespace, client: Client) -> None:
    Card.objects.filter(practitioner=left.sam.practitioner_id).update(is_shown=False)

    path = f"/book/riverside/sam-okafor/services/{left.visit.pk}/"
    assert client.get(path).status_code == 404


def test_are_of_that_practice_only(left: SimpleNamespace, client: Client) -> None:
    path = f"/book/elsewhere/sam-okafor/services/{left.visit.pk}/"
    assert client.get(path).status_code == 404


def test_the_card_itself_is_gone_and_names_the_practice(
    left: SimpleNamespace, client: Client
) -> None:
    answer = client.get("/book/riverside/sam-okafor/")

    assert answer.status_code == 404
    assert "See everyone at Riverside Nutrition" in answer.content.decode()
