"""Away and Video link in Preferences: what is typed, refused and shown."""

from types import SimpleNamespace

import pytest

from letterhead.activity.models import Activity
from letterhead.details.models import Card
from letterhead.practices.models import Membership
from tests.practices.office import Office

DETAILS, EDIT = "/my-details/", "/my-details/preferences/"
AWAY = {"Away from": "2026-12-20", "Away until": "2027-01-03"}
LINK = "https://meet.example/dana"


@pytest.fixture
def dana(cast: SimpleNamespace) -> Office:
    return Office(cast.dana)


def test_being_away_is_saved_with_the_colleague_to_turn_to(
    cast: SimpleNamespace, dana: Office
) -> None:
    answer = dana.save(
        EDIT, AWAY | {"What clients read": "Back in January.", "Colleague to turn to": "Sam Okafor"}
    )

    assert answer.location == DETAILS
    page = dana.read(DETAILS)
    assert "Away December 20, 2026 to January 3, 2027 Back in January." in page
    assert "Colleague to turn to: Sam Okafor" in page
    mine = Membership.objects.get(user=cast.dana.user)
    assert (mine.away_colleague, mine.version) == (Membership.objects.get(user=cast.sam.user), 2)
    recorded = Activity.objects.latest("pk").changes
    assert recorded["away_until"] == [None, "2027-01-03"]
    assert dana.open(EDIT).field("Colleague to turn to").value == str(mine.away_colleague_id)


def test_a_colleague_is_one_with_a_public_card(cast: SimpleNamespace, dana: Office) -> None:
    Card.objects.filter(practitioner=cast.lee.practitioner_id).update(is_shown=False)

    offered = dana.open(EDIT).field("Colleague to turn to").options

    assert set(offered) == {"No one", "Sam Okafor"}


def test_a_colleague_who_hid_their_card_stays_chosen(cast: SimpleNamespace, dana: Office) -> None:
    dana.save(EDIT, AWAY | {"Colleague to turn to": "Sam Okafor"})
    Card.objects.filter(practitioner=cast.sam.practitioner_id).update(is_shown=False)

    dana.save(EDIT, {"Away until": "2027-01-10"})

    mine = Membership.objects.get(user=cast.dana.user)
    assert mine.away_colleague == Membership.objects.get(user=cast.sam.user)


def test_nobody_of_another_practice_can_be_named(cast: SimpleNamespace, dana: Office) -> None:
    theirs = Membership.objects.get(user=cast.stranger.user)
    form = dana.open(EDIT)

    answer = dana.post(EDIT, form.sends() | {"away_colleague": str(theirs.pk)})

    assert answer.status == 422
    assert "Colleague to turn to" in answer.wrong()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"Away from": "2026-12-20"}, {"Away until": "Enter the last day you are away."}),
        ({"Away until": "2026-12-20"}, {"Away from": "Enter the first day you are away."}),
        ({"Away from": "2026-12-20", "Away until": "2026-12-19"},
         {"Away until": "This is before the first day."}),
        ({"Video link": "http://meet.example/dana"},
         {"Video link": "Enter a link that starts with https://."}),
        ({"Video link": "ftp://meet.example/dana"},
         {"Video link": "Enter a link that starts with https://."}),
        ({"Video link": "javascript:alert(1)"}, {"Video link": "Enter a valid URL."}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(
    dana: Office, typed: dict[str, str], wrong: dict[str, str]
) -> None:
    answer = dana.save(EDIT, typed)

    assert answer.status == 422
    assert answer.wrong() == wrong


def test_the_video_link_is_shown_and_the_record_does_not_have_it(dana: Office) -> None:
    dana.save(EDIT, {"Video link": "meet.example/dana", "How to join": "The code is 1234."})

    page = dana.read(DETAILS)
    assert f"Video link {LINK} The code is 1234." in page
    recorded = Activity.objects.latest("pk").changes
    assert recorded == {"video_link": "changed", "video_how": "changed"}


def test_a_stale_save_names_the_colleague_that_is_saved(dana: Office) -> None:
    form = dana.open(EDIT)
    dana.save(EDIT, AWAY | {"Colleague to turn to": "Sam Okafor"})

    answer = dana.send(EDIT, form, AWAY | {"Colleague to turn to": "Lee Park"})

    assert answer.says_beside("Colleague to turn to") == "Someone else saved: Sam Okafor"
