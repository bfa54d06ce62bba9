"""Fill the demo practice: 100,000 clients, 300,000 visits and drafts, and as much activity.

The clients are saved as the product saves many at once; what belongs to them is copied from the
demo's rows inside the database.
"""

import datetime as dt
import itertools
import time
from typing import Any

from django.db import connection, models
from django.utils import timezone

from letterhead.accounts.models import User
from letterhead.activity.models import Activity, ChainHead
from letterhead.billing.models import Bill, Diagnosis, ServiceLine, Visit
from letterhead.cli.demo import SLUG
from letterhead.clients.models import Client, Policy
from letterhead.details.joining.actions import join_practice
from letterhead.details.models import Practitioner
from letterhead.outbox.models import Job
from letterhead.practices.models import Membership, Practice
from letterhead.practices.roles import Role
from tests.bench.production import tell

CLIENTS, VISITS_EACH, ACTS = 100_000, 3, 300_000
PARKED, WAITING = 50, 20_000
RARE = "Zachariasen"  # some have it as their first name; nobody as their last

_BEGIN = (
    "Al Be Ca Do El Fa Go Ha In Ja Kra Lu Mo Nie Ol Pe Qui Ro San Sch Tra Ul Vo Wa Ye Zu".split()
)
_MIDDLE = "ra ne li to mu be da ko si va".split()
_END = "s n sen son berg man ez ski ton ard".split()
_LAST = ["O'Brien", "Sørensen", "Novák", "Smith-Jones", "van Dyk", "de la Cruz", "Nguyen", "Smith"]
_FIRST_ENDS = "a o ian elle ina us ett ise".split()


def main() -> None:
    """Fill, let PostgreSQL count its rows as it does by itself soon, and tell how long it took."""
    began = time.perf_counter()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")  # thrown away anyway: no need of the disk
    practice = Practice.objects.get(slug=SLUG)
    practitioners = [*practice.practitioners.order_by("pk")[:2], _who_left(practice)]
    _clients(practice, practitioners)
    _visits(practice)
    _activity(practice)
    _jobs(practice)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    counted = {model.__name__: model._default_manager.count() for model in (Client, Visit, Bill)}
    took = {
        "seconds": round(time.perf_counter() - began, 1),
        "cpu_seconds": round(time.process_time(), 1),  # on PostgreSQL without the server's
    }
    tell("growth: filled", {"database": connection.vendor, **counted, **took})


def _who_left(practice: Practice) -> Practitioner:
    """Someone who left a day ago and whose clients nobody took over yet."""
    user = User(email="robin@riverside.example")
    user.set_unusable_password()
    user.save()
    left = join_practice(
        user, practice, role=Role.CLINICAL, title="", first_name="Robin", last_name="Vale"
    )
    Membership.objects.filter(user=user).update(ends_at=timezone.now() - dt.timedelta(days=1))
    return left


def _clients(practice: Practice, practitioners: list[Practitioner]) -> None:
    """As many in each place of the alphabet as syllables make; a fifth belongs to who left."""
    whose = itertools.cycle([practitioners[n] for n in (0, 1, 0, 1, 2)])
    last = itertools.cycle(
        [*map("".join, itertools.product(_BEGIN, _MIDDLE, _MIDDLE, _END)), *_LAST * 40]
    )
    first = itertools.cycle([*map("".join, itertools.product(_BEGIN, _MIDDLE, _FIRST_ENDS)), "Ana"])
    born = itertools.cycle([dt.date(1930, 1, 1) + dt.timedelta(days=9 * n) for n in range(3_000)])
    wanted = CLIENTS - Client.objects.filter(practice=practice).count()
    Client.objects.bulk_create(
        (
            Client(
                practice=practice,
                clinician=next(whose),
                first_name=next(first) if n % 10_000 else RARE,
                middle_name="JKLM"[n % 4] if n % 2 else "",
                last_name=next(last),
                birth_date=next(born),
                sex="FM"[n % 2],
                line1=f"{n} Orchard Lane",
                city="New York",
                state="NY",
                postal_code="10011",
                phone=f"+1212555{100 + n % 100:04}",
                email=f"client.{n}@mail.example" if n % 3 else "",
            )
            for n in range(wanted)
        ),
        batch_size=2_000,
    )


def _visits(practice: Practice) -> None:
    """Each new client has the demo's first policy, and its first visit again and again."""
    visit = Visit.objects.filter(practice=practice).exclude(policy=None).order_by("pk").first()
    assert visit is not None
    known, newest = Client.objects.filter(policies=None), Visit.objects.order_by("-pk")[0].pk
    at_first = known.order_by("pk")[0].pk
    copy(Policy, visit.policy_id, {"client_id": "c.id"}, "clients_client c", f"c.id >= {at_first}")
    earlier = "s.visited_on - (n.n + c.id % 1000)::int"
    if connection.vendor == "sqlite":
        earlier = "date(s.visited_on, '-' || (n.n + c.id % 1000) || ' days')"
    of_each = {
        "client_id": "c.id",
        "policy_id": "p.id",
        "practitioner_id": "c.clinician_id",
        "visited_on": earlier,
    }
    belongs = "clients_client c JOIN clients_policy p ON p.client_id = c.id"
    source = f"{belongs} CROSS JOIN {numbers(VISITS_EACH)}"
    copy(Visit, visit.pk, of_each, source, f"c.id >= {at_first}")
    new = "billing_visit v", f"v.id > {newest}"
    for part in (Diagnosis, ServiceLine):
        for row in part._default_manager.filter(visit=visit):
            copy(part, row.pk, {"visit_id": "v.id"}, *new)
    draft = Bill.objects.filter(practice=practice, issued=None)[0]
    of_visit = ("client_id", "practitioner_id", "visited_on")
    copy(Bill, draft.pk, {"visit_id": "v.id", **{name: f"v.{name}" for name in of_visit}}, *new)


def _activity(practice: Practice) -> None:
    """Two minutes lie between the acts; one in fifty is a login, one in 10,000 a look."""
    newest = Activity.objects.filter(chain=practice.pk).order_by("-place")[0]
    at = "s.at + n.n * interval '2 minutes'"
    if connection.vendor == "sqlite":
        at = "strftime('%Y-%m-%d %H:%M:%f', s.at, '+' || (n.n * 2) || ' minutes')"
    kind = (
        "CASE WHEN n.n % 10000 = 0 THEN 'reveal' WHEN n.n % 50 = 0 THEN 'log-in' ELSE 'change' END"
    )
    of_each = {
        "place": f"{newest.place} + n.n",
        "at": at,
        "kind": kind,
        "hash": "'filled ' || n.n",
    }
    copy(Activity, newest.pk, of_each, numbers(ACTS))
    ChainHead.objects.filter(pk=practice.pk).update(place=newest.place + ACTS)


def _jobs(practice: Practice) -> None:
    now = timezone.now()
    parked = (
        Job(name="mail", values={"to": [f"gone{n}@mail.example"]}, practice=practice.pk,
            due_at=now, parked_at=now)
        for n in range(PARKED)
    )  # fmt: skip
    later = now + dt.timedelta(days=90)
    waiting = (
        Job(name="mail", values={"to": [f"{n}@mail.example"]}, practice=practice.pk, due_at=later)
        for n in range(WAITING)
    )
    Job.objects.bulk_create([*parked, *waiting], batch_size=2_000)


def numbers(last: int) -> str:
    counted = f"SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {last}"  # noqa: S608
    return f"(WITH RECURSIVE n(n) AS ({counted}) SELECT n FROM n) n"  # noqa: S608


def copy(
    model: type[models.Model], sample: Any, values: dict[str, str], source: str, where: str = "true"
) -> None:
    """Copy the sample's row for each row of `source`, with SQL for the columns that differ."""
    columns = [field.column for field in model._meta.concrete_fields if field.column != "id"]
    taken = ", ".join(values.get(str(column), f's."{column}"') for column in columns)
    names, table = ", ".join(f'"{column}"' for column in columns), model._meta.db_table
    key = model._meta.pk.column if model._meta.pk else "id"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # the rows copied have been checked
            cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {taken} '  # noqa: S608 (SQL of our own)
            f'FROM "{table}" s CROSS JOIN {source} WHERE s."{key}" = {int(sample)} AND {where}'
        )
        if connection.vendor == "postgresql":
            cursor.execute("RESET session_replication_role")
