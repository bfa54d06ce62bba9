"""Who asks by number for what isn't theirs gets a 404, recorded in their own practice."""

from types import SimpleNamespace

import pytest

from letterhead.accounts.limits import LIMITS
from letterhead.activity.models import Activity, Kind
from letterhead.practices.models import Practice
from tests.clients.desk import client_of
from tests.practices.office import Office
from tests.practices.team.team import membership_of

TRIED = "tried to open something that isn't there for them"
MANY = "tried to open many more things that aren't there for them"


def refusals(practice: Practice) -> list[tuple[str, str, str]]:
    """Who tried what in a practice, the oldest first."""
    rows = Activity.objects.filter(practice=practice.pk, kind=Kind.REFUSED).order_by("place")
    return list(rows.values_list("person_name", "act", "about"))


def test_a_try_on_another_practices_client_stands_in_ones_own_record(
    cast: SimpleNamespace,
) -> None:
    client = client_of(cast.dana)
    sina, path = Office(cast.stranger), f"/clients/{client.pk}/"
    shown = sina.open("/clients/999999/")

    answer = sina.open(path)

    assert answer.status == 404
    assert answer.text.replace(path, "") == shown.text.replace("/clients/999999/", "")
    assert (cast.stranger.user.email, TRIED, path) in refusals(cast.stranger.practice)
    text = sina.read("/activity/?kind=refused")
    assert "tried to open something that isn't there for them" in text
    assert path in text
    assert "Whitlock" not in text  # the client's name
    assert refusals(cast.practice) == []


def test_nobody_learns_from_the_record_what_another_practice_has(cast: SimpleNamespace) -> None:
    client = client_of(cast.dana)
    sina = Office(cast.stranger)

    for number in (client.pk, 999_999):
        sina.open(f"/clients/{number}/")

    there, nowhere = refusals(cast.stranger.practice)
    assert there[:2] == nowhere[:2]
    assert nowhere[2] == there[2].replace(f"/{client.pk}/", "/999999/")


def test_changes_are_recorded_as_looks_are(cast: SimpleNamespace) -> None:
    client, sina = client_of(cast.dana), Office(cast.stranger)
    sams = membership_of(cast.sam).pk
    paths = [
        f"/clients/{client.pk}/edit/",
        f"/users/{sams}/",
        f"/users/{sams}/back/",
        f"/account-settings/locations/{cast.office.pk}/",
    ]

    for path in paths:
        assert sina.post(path, {"first_name": "Mine", "version": "1"}).status == 404
    assert sina.post("/switch/", {"practice": str(cast.practice.pk)}).status == 404

    assert [about for *_, about in refusals(cast.stranger.practice)] == [*paths, "/switch/"]


def test_a_clinicians_try_on_a_colleagues_client_is_recorded(cast: SimpleNamespace) -> None:
    client = client_of(cast.dana)

    assert Office(cast.sam).open(f"/clients/{client.pk}/").status == 404

    assert refusals(cast.practice) == [(cast.sam.user.email, TRIED, f"/clients/{client.pk}/")]


@pytest.mark.parametrize("path", ["/clients/", "/nowhere/", "/logo/abc.png", "/my-details/"])
def test_what_asks_for_nobodys_thing_is_not_recorded(cast: SimpleNamespace, path: str) -> None:
    Office(cast.dana).open(path)

    assert refusals(cast.practice) == []


def test_the_record_cant_be_flooded(cast: SimpleNamespace) -> None:
    sina, dana = Office(cast.stranger), Office(cast.dana)
    (limit,) = LIMITS["refused try"]

    for number in range(limit.tries + 10):
        assert sina.open(f"/clients/{number + 500}/").status == 404
    dana.open("/clients/999999/")

    acts = [act for _, act, _ in refusals(cast.stranger.practice)]
    assert acts == [TRIED] * limit.tries + [MANY]
    assert len(refusals(cast.practice)) == 1  # each person has their own
