"""Two-factor authentication that a practice requires of everyone."""

from types import SimpleNamespace

import pytest
import time_machine

from letterhead.activity.models import Activity
from letterhead.details.joining.actions import join_practice
from letterhead.practices.models import Membership, Practice
from letterhead.practices.roles import Role
from tests.accounts.conftest import clock
from tests.accounts.two_factor.second_steps import SET_UP, first_step, second_step, with_app
from tests.factories import PASSWORD, Person, member
from tests.practices.office import SETTINGS, Office, Shown

__all__ = ["clock"]
pytestmark = pytest.mark.usefixtures("clock")

SECURITY = f"{SETTINGS}security/"
BOX = "Require two-factor authentication for all users"
DAYS = "Days to set it up"


def director(cast: SimpleNamespace) -> Office:
    app = with_app(cast.dana.user)
    dana = first_step(cast.dana)
    assert second_step(dana, app.code()).status == 302
    return dana


def require(dana: Office, days: str = "None: required now") -> Shown:
    page = dana.open(SECURITY)
    return dana.send(SECURITY, page, {DAYS: days}, require_two_factor="on")


def sees_my_details(person: Office) -> bool:
    return "Edit General Details" in person.open("/my-details/").buttons


def security_on(dana: Office) -> str:
    return dana.read(SETTINGS).split("Two-factor authentication", 1)[1]


def test_the_section_names_who_has_none_yet(cast: SimpleNamespace) -> None:
    section = security_on(director(cast))

    assert "Optional for each person" in section
    for email in ("lee@riverside.example", "noor@riverside.example", "sam@riverside.example"):
        assert email in section
    assert "dana@riverside.example" not in section


def test_who_has_none_is_led_to_the_set_up_from_every_page(cast: SimpleNamespace) -> None:
    sam = Office(cast.sam)
    assert require(director(cast)).location == SETTINGS

    addresses = ("/my-details/", "/clients/", "/billing/", "/logo/0.png", "/my-details/password/")
    for address in addresses:
        assert (sam.open(address).status, sam.open(address).location) == (302, SET_UP)
    sent = sam.browser.post("/my-details/preferences/", {"language": "de"})
    assert (sent.status_code, sent.headers["Location"]) == (302, SET_UP)


def test_a_pop_up_leads_there_too(cast: SimpleNamespace) -> None:
    sam = Office(cast.sam)
    require(director(cast))

    answer = sam.browser.get("/my-details/general/", headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == SET_UP
    assert answer.content == b""


def test_the_set_up_the_guide_and_log_out_stay_open(cast: SimpleNamespace) -> None:
    require(director(cast))
    sam = Office()
    landed = sam.save("/login/", {"Login email": cast.sam.user.email, "Password": PASSWORD})

    assert sam.open(landed.location).location == SET_UP
    assert "Riverside Nutrition requires two-factor authentication" in sam.read(SET_UP)
    assert "General Details" in sam.read("/guide/")
    assert sam.browser.get("/session/left/").json()["seconds"] > 0
    assert "Authenticator app" in sam.read("/my-details/two-factor/")
    assert sam.save("/logout/").location == "/login/"


def test_who_sets_it_up_goes_on(cast: SimpleNamespace) -> None:
    sam = Office(cast.sam)
    require(director(cast))

    with_app(cast.sam.user)

    assert sees_my_details(sam)


def test_nobody_can_turn_it_off_then(cast: SimpleNamespace) -> None:
    dana = director(cast)
    require(dana)

    refused = dana.browser.post("/my-details/two-factor/off/")

    assert refused.status_code == 422
    assert "Riverside Nutrition requires two-factor" in refused.content.decode()
    removed = dana.browser.post("/my-details/two-factor/app/remove/")
    assert "this is your only second step" in removed.content.decode()
    assert sees_my_details(dana)


def test_a_director_without_is_told_beside_the_box(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)

    answer = require(dana)

    assert answer.status == 422
    assert "Set up your own first" in answer.says_beside(BOX)
    assert sees_my_details(dana)


@pytest.mark.parametrize("who", ["noor", "sam", "lee"])
def test_only_directors_change_it(cast: SimpleNamespace, who: str) -> None:
    person: Person = getattr(cast, who)
    Membership.objects.filter(user=cast.noor.user).update(edit_account_settings=True)

    refused = Office(person).post(SECURITY, {"require_two_factor": "on"})

    assert refused.status == 403
    assert "Your role in this practice" in refused.text
    assert "Edit Security" not in Office(person).open(SETTINGS).buttons
    assert not Practice.objects.get(pk=cast.practice.pk).require_two_factor


def test_another_practice_requires_nothing_of_ours(cast: SimpleNamespace) -> None:
    require(director(cast))

    assert sees_my_details(Office(cast.stranger))


def test_days_of_grace_are_counted_down_and_then_over(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    require(director(cast), "2 days")
    hour = 60 * 60

    assert "You have 2 days left to set it up." in Office(cast.sam).read("/my-details/")
    clock.shift(25 * hour)
    assert "You have 1 day left to set it up." in Office(cast.sam).read("/my-details/")
    clock.shift(24 * hour)
    assert Office(cast.sam).open("/my-details/").location == SET_UP


def test_who_has_it_sees_no_note(cast: SimpleNamespace) -> None:
    dana = director(cast)
    require(dana, "14 days")

    page = dana.read("/my-details/")

    assert "General Details" in page
    assert "left to set it up" not in page


@pytest.mark.parametrize("days", ["15", "-1", "a week"])
def test_more_days_than_fourteen_are_refused(cast: SimpleNamespace, days: str) -> None:
    dana = director(cast)
    page = dana.open(SECURITY)

    refused = dana.send(SECURITY, page, {DAYS: days}, require_two_factor="on")

    assert refused.status == 422
    assert "Select a valid choice" in refused.wrong()[DAYS]
    assert "Optional for each person" in security_on(dana)


def test_it_is_recorded_with_what_was_before(cast: SimpleNamespace) -> None:
    require(director(cast), "7 days")

    row = Activity.objects.get(act="changed security")
    assert row.changes["require_two_factor"] == [False, True]
    assert row.changes["two_factor_grace_days"] == [0, 7]


def test_given_up_it_holds_nobody_up(cast: SimpleNamespace) -> None:
    dana = director(cast)
    require(dana)
    page = dana.open(SECURITY)

    dana.send(SECURITY, page, require_two_factor=False)  # type: ignore[arg-type]

    assert sees_my_details(Office(cast.sam))
    assert Practice.objects.get(pk=cast.practice.pk).two_factor_required_at is None


def test_a_new_member_is_held_up_from_the_first_page(cast: SimpleNamespace) -> None:
    require(director(cast))
    kim = Office(member(cast.practice, Role.CLINICAL, "Kim", "New"))

    assert kim.open("/").location == SET_UP
    assert kim.open("/my-details/").location == SET_UP


def test_a_practice_that_requires_nothing_stays_open_to_who_works_in_both(
    cast: SimpleNamespace,
) -> None:
    elsewhere = cast.stranger.practice
    join_practice(
        cast.sam.user, elsewhere, role=Role.CLINICAL, title="", first_name="Sam", last_name="Okafor"
    )
    require(director(cast))
    sam = Office(cast.sam)
    assert sam.open("/my-details/").location == SET_UP

    sam.browser.post("/switch/", {"practice": elsewhere.pk})

    assert f"You're now in {elsewhere}" in sam.read("/my-details/")
    assert sees_my_details(sam)
