"""Several locations: adding, removing, and what visits are offered."""

import datetime as dt
from types import SimpleNamespace

import pytest

from letterhead.activity.models import Activity
from letterhead.billing.actions import make_bill
from letterhead.billing.models import Bill, ServiceLine, Visit
from letterhead.billing.queries import draft_contents
from letterhead.practices.models import Location, Practice
from tests.clients.desk import Desk, client_of, visit_of
from tests.practices.office import SETTINGS, Office

ADD = f"{SETTINGS}locations/add/"
NOW = dt.datetime(2026, 11, 3, 15, tzinfo=dt.UTC)
VIDEO = {"Location name": "Video", "Place of service": "10 Telehealth, client at home"}
VISIT = {
    "visited_on": "2026-11-02",
    "diagnoses-0-code": "E11.9",
    "lines-0-code": "97802",
    "lines-0-charge": "120",
}


@pytest.fixture
def dana(cast: SimpleNamespace) -> Office:
    return Office(cast.dana)


def removal_of(location: Location) -> str:
    return f"{SETTINGS}locations/{location.pk}/remove/"


def test_a_location_is_added_and_each_has_its_buttons(dana: Office) -> None:
    answer = dana.save(ADD, VIDEO)

    assert answer.location == SETTINGS
    page = dana.open(SETTINGS)
    assert "10 Telehealth, client at home" in page.text
    assert {"Add location", "Edit Location Video", "Remove Video"} < set(page.buttons)
    assert Activity.objects.latest("pk").act == "added a location"


def test_places_of_service_are_in_groups_by_kind(dana: Office) -> None:
    page = dana.open(ADD).html

    for kind in ("Office or other place", "Telehealth", "Client’s home"):
        assert f'<optgroup label="{kind}">' in page


def test_two_offered_locations_have_two_names(cast: SimpleNamespace, dana: Office) -> None:
    answer = dana.save(ADD, {"Location name": cast.office.name})

    assert answer.wrong() == {"Location name": "This name is already in use."}


def test_the_practices_address_is_followed_where_that_is_chosen(
    cast: SimpleNamespace, dana: Office
) -> None:
    dana.save(ADD, {"Location name": "Annex", "Same as the practice’s address": "on",
                    "Address": "1 Elm Street"})  # fmt: skip
    annex = Location.objects.get(name="Annex")
    Practice.objects.update(line1="9 Hill Road")

    visit = visit_of(cast, client_of(cast.dana), location_id=annex.pk)
    draft = make_bill(visit, kind=Bill.Kind.CMS1500, by=cast.dana.user)

    assert annex.line1 == ""
    location = draft_contents(draft, now=NOW).letterhead.location
    assert location and location.address.line1 == "9 Hill Road"
    assert "The practice’s address" in dana.read(SETTINGS)


def test_a_location_without_visits_is_deleted(cast: SimpleNamespace, dana: Office) -> None:
    dana.save(ADD, VIDEO)

    answer = dana.save(removal_of(Location.objects.get(name="Video")))

    assert answer.location == SETTINGS
    assert list(Location.objects.filter(practice=cast.practice)) == [cast.office]
    assert Activity.objects.latest("pk").act == "removed a location"


def test_a_location_with_visits_stays_with_them_and_is_no_longer_offered(
    cast: SimpleNamespace, dana: Office
) -> None:
    ada = client_of(cast.dana)
    visit = visit_of(cast, ada)
    dana.save(ADD, VIDEO)

    dana.save(removal_of(cast.office))

    desk, edit = Desk(cast.dana), f"/billing/visits/{visit.pk}/edit/"
    assert cast.office.name not in desk.read(f"/clients/{ada.pk}/visits/add/")
    assert cast.office.name not in dana.read(SETTINGS).split("Location", 1)[1].split("Payers")[0]
    assert desk.opened(edit)["location"] == str(cast.office.pk)
    assert desk.save(edit, amount_paid="5").status_code == 302
    assert dana.open(f"{SETTINGS}locations/{cast.office.pk}/").status == 200
    assert Activity.objects.filter(act="stopped offering a location").count() == 1
    assert dana.save(ADD, {"Location name": cast.office.name}).location == SETTINGS


def test_the_last_location_cannot_go(cast: SimpleNamespace, dana: Office) -> None:
    answer = dana.save(removal_of(cast.office))

    assert answer.status == 422
    assert "This is the practice’s only location. Add another one first." in answer.text
    assert f"Remove {cast.office.name}" not in dana.open(SETTINGS).buttons
    assert Location.objects.filter(pk=cast.office.pk, ended_at=None).exists()


def test_another_practices_location_is_not_found(cast: SimpleNamespace) -> None:
    assert Office(cast.stranger).open(removal_of(cast.office)).status == 404


def test_a_new_visit_is_where_the_clinicians_last_one_was(
    cast: SimpleNamespace, dana: Office
) -> None:
    dana.save(ADD, VIDEO)
    video = Location.objects.get(name="Video")
    desk, ada = Desk(cast.dana), client_of(cast.dana)
    add = f"/clients/{ada.pk}/visits/add/"
    assert desk.opened(add)["location"] == str(cast.office.pk)

    desk.save(add, **VISIT, location=str(video.pk))

    assert ServiceLine.objects.get().place_of_service == "10"
    assert desk.opened(add)["location"] == str(video.pk)
    dana.save(removal_of(video))
    assert desk.opened(add)["location"] == str(cast.office.pk)


def test_services_follow_a_visit_to_another_location(cast: SimpleNamespace, dana: Office) -> None:
    dana.save(ADD, VIDEO)
    visit = visit_of(cast, client_of(cast.dana))

    Desk(cast.dana).save(
        f"/billing/visits/{visit.pk}/edit/", location=str(Location.objects.get(name="Video").pk)
    )

    assert Visit.objects.get().location.name == "Video"
    assert ServiceLine.objects.get().place_of_service == "10"
