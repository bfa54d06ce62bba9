"""Fill PostgreSQL with 1,000 practices of five clinicians, each with two years of appointments."""
# ruff: noqa: S608 (SQL of our own, numbers of our own)

import time

from django.db import connection, models

from letterhead.accounts.models import User
from letterhead.cli.demo import SLUG
from letterhead.details.models import Card, Photo, Practitioner
from letterhead.practices.models import Location, Membership, Practice
from letterhead.scheduling.models import Appointment, Service
from tests.bench.growth_fill import copy, numbers
from tests.bench.production import tell

PRACTICES, CLINICIANS = 1_000, 5
A_DAY, WEEKS = 2, 104  # on working days; the last three weeks are still to come
_ONCE = "time_taken_once"
_EVERY = numbers(PRACTICES * CLINICIANS)


def main() -> None:
    """Copy the demo's Director into other practices, then give everyone appointments."""
    began = time.perf_counter()
    practice = Practice.objects.get(slug=SLUG)
    dana = Practitioner.objects.filter(practice=practice).order_by("pk")[0]
    at = _people(practice, dana)
    _calendars(practice, at)
    _appointments(at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    counted = {model.__name__: model._default_manager.count() for model in (Practice, Appointment)}
    tell("growth: filled", {**counted, "seconds": round(time.perf_counter() - began, 1)})


def _people(practice: Practice, dana: Practitioner) -> dict[str, int]:
    """Add practices and their clinicians; returns the newest ids before them, by table."""
    at = {
        model._meta.model_name or "": _newest(model)
        for model in (Practice, User, Membership, Practitioner, Location)
    }
    whose = f"{at['practice']} + 1 + (n.n - 1) / {CLINICIANS}"
    secret = {"tax_id": "''", "tax_id_kind": "''"}
    copy(Practice, practice.pk, {"slug": "'many-' || n.n", **secret}, numbers(PRACTICES))
    copy(User, dana.user_id, {"email": "'many' || n.n || '@riverside.example'"}, _EVERY)
    user = f"{at['user']} + n.n"
    copy(Membership, dana.membership_id, {"user_id": user, "practice_id": whose}, _EVERY)
    of_each = {
        "practice_id": whose,
        "user_id": user,
        "membership_id": f"{at['membership']} + n.n",
        "slug": "'many-' || n.n",
        "uid": "gen_random_uuid()",
        "npi": "''",
        **secret,
    }
    copy(Practitioner, dana.pk, of_each, _EVERY)
    for part in (Card, Photo):
        copy(part, dana.pk, {"practitioner_id": f"{at['practitioner']} + n.n"}, _EVERY)
    return at


def _calendars(practice: Practice, at: dict[str, int]) -> None:
    """Give each practice a location and a service, each clinician hours and a diary."""
    dana = at["practitioner"]
    office = Location.objects.filter(practice=practice).order_by("pk")[0]
    service = Service.objects.create(practice=practice, name="Copied", bookable_online=True)
    at["service"] = service.pk
    there = {"practice_id": f"{at['practice']} + n.n"}
    copy(Location, office.pk, there, numbers(PRACTICES))
    copy(Service, service.pk, there, numbers(PRACTICES))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO scheduling_offer (service_id, practitioner_id) "
            f"SELECT {service.pk} + 1 + (n.n - 1) / {CLINICIANS}, {dana} + n.n FROM {_EVERY}"
        )
        cursor.execute(
            f"INSERT INTO scheduling_diary (practitioner_id, version) "
            f"SELECT {dana} + n.n, 1 FROM {_EVERY}"
        )
        cursor.execute(
            f"INSERT INTO scheduling_hours (practitioner_id, weekday, starts, ends) "
            f"SELECT {dana} + n.n, d, '09:00', '17:00' FROM {_EVERY}, generate_series(0, 4) d"
        )


def _appointments(at: dict[str, int]) -> None:
    """Add appointments and who comes; the exclusion constraint is made again after them."""
    dana, office = at["practitioner"], at["location"]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # the rows belong together
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s",
                       [_ONCE])  # fmt: skip
        definition = cursor.fetchone()[0]
        cursor.execute(f"ALTER TABLE scheduling_appointment DROP CONSTRAINT {_ONCE}")
        cursor.execute(
            f"""
            INSERT INTO scheduling_appointment (practice_id, practitioner_id, service_id,
                location_id, starts_at, ends_at, busy_from, busy_until, capacity, takes_time,
                booked_anyway, note, apart, uid, made_at, version)
            SELECT {at["practice"]} + 1 + (n.n - 1) / {CLINICIANS}, {dana} + n.n,
                {at["service"]} + 1 + (n.n - 1) / {CLINICIANS},
                {office} + 1 + (n.n - 1) / {CLINICIANS},
                t, t + '50 minutes', t, t + '50 minutes', 1, true, false, '', false,
                gen_random_uuid(), t, 1
            FROM {_EVERY}, generate_series(0, {WEEKS * 7}) back, generate_series(1, {A_DAY}) hour,
                LATERAL (SELECT date_trunc('day', now()) + (21 - back) * interval '1 day'
                    + (12 + 3 * hour + n.n % 3) * interval '1 hour' AS t) at
            WHERE extract(isodow FROM t) < 6
            """
        )
        cursor.execute(
            """
            INSERT INTO scheduling_attendee (appointment_id, first_name, last_name, email, phone,
                reason, time_zone, language, state, canceled_online, booked_online, key, sequence,
                version)
            SELECT id, 'Copied', 'Client', '', '', '', '', '', 'booked', false, false,
                gen_random_uuid(), 0, 1
            FROM scheduling_appointment a
            WHERE NOT EXISTS (SELECT 1 FROM scheduling_attendee WHERE appointment_id = a.id)
            """
        )
        cursor.execute(f"ALTER TABLE scheduling_appointment ADD CONSTRAINT {_ONCE} {definition}")
        cursor.execute("RESET session_replication_role")


def _newest(model: type[models.Model]) -> int:
    return int(model._default_manager.order_by("-pk").values_list("pk", flat=True)[0])
