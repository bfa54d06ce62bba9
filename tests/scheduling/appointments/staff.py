"""What tests of the calendar share: a desk with services and clients, and forms filled in."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from letterhead.scheduling.models import Appointment
from tests.clients.desk import Answer, Desk

ADD = "/calendar/appointments/add/"


def typed(cast: SimpleNamespace, **more: Any) -> dict[str, str]:
    """What is typed for Ada's follow-up with Dana on Monday, December 7, at ten."""
    usual = {
        "client": cast.ada.pk,
        "practitioner": cast.dana.practitioner_id,
        "service": cast.visit.pk,
        "location": cast.office.pk,
        "day": "2026-12-07",
        "starts": "10:00 AM",
    }
    return {name: str(value) for name, value in {**usual, **more}.items()}


def added(cast: SimpleNamespace, desk: Desk, **more: Any) -> Appointment:
    """An appointment made through the page; the first one of a series."""
    answer = desk.save(ADD, **typed(cast, **more))
    assert answer.status_code == 302, words_in_the_way(answer)
    return Appointment.objects.get(pk=answer.headers["Location"].split("/")[-2])


def anyway(desk: Desk, address: str, answer: Answer, said: str = "anyway") -> Answer:
    """Press "Book anyway" on a page that asks, or "Skip these days"."""
    form = answer.context["form"]
    return desk.send(address, {**form.data.dict(), "answer": said})


def words_in_the_way(answer: Answer) -> list[str]:
    """What a page says is in the way."""
    found = (answer.context or {}).get("found")
    days = found.on.values() if found else ()
    return [*(found.always if found else ()), *(words for said in days for words in said)]


def page_of(appointment: Appointment, act: str = "") -> str:
    """The address of an appointment's page, or of one of its pop-ups."""
    return f"/calendar/appointments/{appointment.pk}/{act}{'/' if act else ''}"


def local(appointment: Appointment) -> str:
    """When it is by the practice's clock."""
    appointment.refresh_from_db()
    return f"{appointment.starts_at.astimezone(appointment.practice.zone):%Y-%m-%d %H:%M}"


def utc(text: str) -> dt.datetime:
    """An instant, written like 2026-12-07 15:00."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)
