"""Services on Account Settings: added, changed, no longer offered; who offers them and where."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letterhead.activity.models import Activity
from letterhead.practices.models import Location, Membership, Practice
from letterhead.scheduling.models import Appointment, Offer, PracticeRules, Service
from tests.practices.office import SETTINGS, Office

ADD = f"{SETTINGS}services/add/"
NOON = dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC)
CONSULT = {
    "Service name": "First consult",
    "Duration in minutes": "60",
    "Fee": "120",
    "Bookable online": "on",
}


@pytest.fixture
def dana(cast: SimpleNamespace) -> Office:
    return Office(cast.dana)


def consult(cast: SimpleNamespace, **columns: Any) -> Service:
    facts = {"name": "First consult", "duration": 60} | columns
    return Service.objects.create(practice=cast.practice, **facts)


def page_of(service: Service) -> str:
    return f"{SETTINGS}services/{service.pk}/"


def end_of(service: Service) -> str:
    return f"{page_of(service)}end/"


def appointment_for(cast: SimpleNamespace, service: Service) -> Appointment:
    hour = {"starts_at": NOON, "ends_at": NOON + dt.timedelta(hours=1)}
    return Appointment.objects.create(
        practice=cast.practice,
        practitioner_id=cast.dana.practitioner_id,
        service=service,
        location=cast.office,
        busy_from=hour["starts_at"],
        busy_until=hour["ends_at"],
        **hour,
    )


# adding


def test_name_duration_and_fee_are_enough(cast: SimpleNamespace, dana: Office) -> None:
    answer = dana.save(ADD, CONSULT)

    assert answer.location == SETTINGS
    service = Service.objects.get()
    assert (service.name, service.duration, service.fee) == ("First consult", 60, Decimal(120))
    assert (service.bookable_online, service.for_new_clients) == (True, True)
    assert (service.in_office, service.capacity, service.buffer_before) == (True, 1, 0)
    page = dana.read(SETTINGS)
    assert "First consult added" in page
    assert "First consult 60 minutes, $120.00 Bookable online" in page
    assert Activity.objects.latest("pk").act == "added a service"


def test_every_clinician_on_the_calendar_offers_a_new_service(
    cast: SimpleNamespace, dana: Office
) -> None:
    Membership.objects.filter(user=cast.lee.user).update(show_on_calendar=False)

    dana.save(ADD, CONSULT)

    offering = set(Offer.objects.values_list("practitioner", flat=True))
    assert offering == {cast.dana.practitioner_id, cast.sam.practitioner_id}
    assert f"{cast.office.name}, with Sam Okafor, Dana Rivera" in dana.read(SETTINGS)


def test_who_is_unchecked_does_not_offer_it(cast: SimpleNamespace, dana: Office) -> None:
    dana.save(ADD, CONSULT | {"Sam Okafor": False, "Lee Park": False})

    assert Offer.objects.get().practitioner_id == cast.dana.practitioner_id


def test_a_clinicians_own_duration_and_fee_are_kept_where_they_differ(
    cast: SimpleNamespace, dana: Office
) -> None:
    dana.save(ADD, CONSULT | {"Own minutes, Sam Okafor": "75", "Own price, Sam Okafor": "150",
                              "Own minutes, Dana Rivera": "60"})  # fmt: skip

    own = {each.practitioner_id: (each.duration, each.fee) for each in Offer.objects.all()}
    assert own[cast.sam.practitioner_id] == (75, Decimal(150))
    assert own[cast.dana.practitioner_id] == (None, None)


def test_a_code_and_modifiers_are_read_as_a_visits_are(dana: Office) -> None:
    dana.save(ADD, CONSULT | {"Code": "g0270", "Modifiers": "95,gt"})

    service = Service.objects.get()
    assert (service.code, service.modifiers) == ("G0270", "95 GT")


def test_in_another_country_a_code_is_as_it_is_typed(cast: SimpleNamespace, dana: Office) -> None:
    Practice.objects.filter(pk=cast.practice.pk).update(country="GB")

    dana.save(ADD, CONSULT | {"Code": "diet-1"})

    assert Service.objects.get().code == "diet-1"


@pytest.mark.parametrize(
    ("label", "typed", "said"),
    [
        ("Service name", "", "Fill this in."),
        ("Code", "9780", "Enter a code of 5 characters, like 97802 or G0270."),
        ("Modifiers", "9", "Enter up to four modifiers of two characters, like 95 GT."),
        ("Duration in minutes", "4", "Enter a whole number from 5 to 720."),
        ("Duration in minutes", "an hour", "Enter a whole number from 5 to 720."),
        ("Fee", "-1", "An amount can't be negative."),
        ("Buffer before", "241", "Enter a whole number from 0 to 240."),
        ("Buffer after", "-5", "Enter a whole number from 0 to 240."),
        ("Capacity", "0", "Enter a whole number from 1 to 500."),
        ("Own minutes, Sam Okafor", "1000", "Enter a whole number from 5 to 720."),
        ("Own price, Sam Okafor", "much", "Enter an amount like 1200.50."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    dana: Office, label: str, typed: str, said: str
) -> None:
    answer = dana.save(ADD, CONSULT | {label: typed})

    assert answer.status == 422
    assert answer.wrong() == {label: said}
    assert answer.field(label).value == typed
    assert not Service.objects.exists()


def test_two_offered_services_have_two_names(cast: SimpleNamespace, dana: Office) -> None:
    consult(cast)

    answer = dana.save(ADD, CONSULT)

    assert answer.wrong() == {"Service name": "Another service has this name."}


# where


def test_a_service_takes_place_somewhere(dana: Office) -> None:
    answer = dana.save(ADD, CONSULT | {"At a place of the practice": False})

    assert answer.wrong() == {"At a place of the practice": "Choose at least one place."}
    assert answer.text.count("Choose at least one place.") == 1


def test_a_place_without_a_location_is_said_beside_it(dana: Office) -> None:
    form = dana.open(ADD)
    assert "The practice has no telehealth location yet." in form.text
    assert "The practice has no office yet." not in form.text

    answer = dana.save(ADD, CONSULT | {"At a place of the practice": False, "Virtual": "on"})

    assert answer.wrong() == {"Virtual": "The practice has no telehealth location yet. Add one."}


def test_a_new_service_begins_where_the_practice_has_a_location(
    cast: SimpleNamespace, dana: Office
) -> None:
    Location.objects.update(place_of_service="10")

    dana.save(ADD, CONSULT)

    service = Service.objects.get()
    assert (service.in_office, service.virtual) == (False, True)


def test_the_page_says_why_nobody_can_have_a_service(cast: SimpleNamespace, dana: Office) -> None:
    video = consult(cast, in_office=False, virtual=True)
    assert "No clinician offers it" in dana.read(SETTINGS)

    Offer.objects.create(service=video, practitioner_id=cast.dana.practitioner_id)

    assert "No location fits it" in dana.read(SETTINGS)


# changing


def test_a_change_is_saved_recorded_and_told_to_the_calendar(
    cast: SimpleNamespace, dana: Office
) -> None:
    dana.save(ADD, CONSULT)
    service, version = Service.objects.get(), PracticeRules.objects.get().version

    answer = dana.save(page_of(service), {"Fee": "130", "Sam Okafor": False})

    assert answer.location == SETTINGS
    service.refresh_from_db()
    assert (service.fee, service.version, service.offers.count()) == (Decimal(130), 2, 2)
    assert PracticeRules.objects.get().version == version + 1
    recorded = Activity.objects.latest("pk")
    assert recorded.act == "changed a service"
    assert recorded.changes == {"fee": ["120.00", "130"], "clinicians": "changed"}


def test_saving_what_is_there_changes_nothing(cast: SimpleNamespace, dana: Office) -> None:
    dana.save(ADD, CONSULT | {"Own minutes, Sam Okafor": "75"})
    service, version = Service.objects.get(), PracticeRules.objects.get().version

    dana.save(page_of(service))

    assert "No changes to save" in dana.read(SETTINGS)
    service.refresh_from_db()
    assert (service.version, PracticeRules.objects.get().version) == (1, version)


def test_a_stale_save_shows_what_a_colleague_saved(cast: SimpleNamespace, dana: Office) -> None:
    service = consult(cast)
    form = dana.open(page_of(service))
    dana.save(page_of(service), {"Lee Park": "on"})

    answer = dana.send(page_of(service), form, {"Service name": "Follow-up"})

    assert answer.status == 422
    assert "Someone else saved this while you had it open." in answer.text
    assert answer.field("Service name").value == "Follow-up"


def test_a_clinician_who_left_keeps_what_they_offered(cast: SimpleNamespace, dana: Office) -> None:
    dana.save(ADD, CONSULT)
    Membership.objects.filter(user=cast.sam.user).update(show_on_calendar=False)

    dana.save(page_of(Service.objects.get()), {"Fee": "130"})

    assert Offer.objects.filter(practitioner=cast.sam.practitioner_id).exists()


# no longer offered


def test_a_service_without_appointments_is_deleted(cast: SimpleNamespace, dana: Office) -> None:
    service = consult(cast)

    answer = dana.save(end_of(service))

    assert answer.location == SETTINGS
    assert not Service.objects.exists()
    assert Activity.objects.latest("pk").act == "removed a service"


def test_a_service_with_appointments_stays_with_them_and_is_no_longer_offered(
    cast: SimpleNamespace, dana: Office
) -> None:
    service = consult(cast)
    appointment = appointment_for(cast, service)

    dana.save(end_of(service))

    service.refresh_from_db()
    assert service.ended_at is not None
    assert Appointment.objects.get(pk=appointment.pk).service == service
    assert "First consult no longer offered" in dana.read(SETTINGS)
    assert "No services yet" in dana.read(SETTINGS)
    assert dana.open(page_of(service)).status == 404
    assert Activity.objects.filter(act="stopped offering a service").count() == 1
    assert dana.save(ADD, CONSULT).location == SETTINGS


# who


def test_another_practices_service_is_not_found(cast: SimpleNamespace) -> None:
    service = consult(cast)

    for address in (page_of(service), end_of(service)):
        assert Office(cast.stranger).open(address).status == 404


def test_clinicians_do_not_change_services(cast: SimpleNamespace) -> None:
    service = consult(cast)

    for address in (ADD, page_of(service), end_of(service)):
        assert Office(cast.sam).open(address).status == 403


def test_account_settings_asks_as_often_for_1_service_as_for_50(
    cast: SimpleNamespace, dana: Office
) -> None:
    dana.save(ADD, CONSULT)
    dana.open(SETTINGS)
    with CaptureQueriesContext(connection) as few:
        dana.open(SETTINGS)
    services = [consult(cast, name=f"Service {n}") for n in range(50)]
    Offer.objects.bulk_create(
        Offer(service=each, practitioner_id=cast.dana.practitioner_id) for each in services
    )
    with CaptureQueriesContext(connection) as many:
        dana.open(SETTINGS)

    assert len(few) == len(many) <= 13
