"""The calendar's grid with 200 appointments, in Chromium: when it is there, and what is loaded."""

import datetime as dt
import os
from pathlib import Path
from statistics import median

from tests.bench.production import start, tell
from tests.bench.server import serving
from tests.browser import running, sign_in

DAY = dt.date(2031, 3, 3)  # beyond whatever the demo has, and the other measures add
APPOINTMENTS, ROUNDS, MINUTES = 200, 15, 8


def main() -> None:
    """Measure a day of three clinicians."""
    data_dir = Path(os.environ["LETTERHEAD_DATA_DIR"])
    start()
    _fill()
    with serving(data_dir, settings="letterhead.config.settings", workers=1) as server:
        with running() as browser:
            page = browser.new_context(base_url=server.url).new_page()
            page.set_viewport_size({"width": 1440, "height": 900})
            sign_in(page, "dana@riverside.example")
            wire = page.context.new_cdp_session(page)
            wire.send("Network.enable")
            loaded: list[float] = []
            wire.on(
                "Network.loadingFinished", lambda done: loaded.append(done["encodedDataLength"])
            )

            def drawn_after() -> int:
                loaded.clear()
                page.goto(f"/calendar/?view=day&day={DAY}")
                page.wait_for_selector("#drawn[data-drawn]")
                page.wait_for_load_state("networkidle")
                return int(page.get_attribute("#drawn", "data-drawn") or 0)

            wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
            first, weight = drawn_after(), sum(loaded)
            wire.send("Network.setCacheDisabled", {"cacheDisabled": False})
            again = [drawn_after() for _ in range(ROUNDS)]
            shown = page.locator(".ec-event:not(.ec-bg-event)").count()
    figures = {
        "appointments": shown,
        "interactive_ms": median(again),
        "fastest_ms": min(again),
        "first_ms": first,
        "weight_kb": round(weight / 1000, 1),
    }
    tell("calendar", figures)


def _fill() -> None:
    from letterhead.cli.demo import SLUG
    from letterhead.clients.models import Client
    from letterhead.practices.models import Location, Practice
    from letterhead.scheduling.models import Appointment, Attendee, Service
    from letterhead.scheduling.queries import clinicians_on_calendar

    practice = Practice.objects.get(slug=SLUG)
    clients = list(Client.objects.filter(practice=practice))[:12]
    who = list(clinicians_on_calendar(practice))[:3]
    service = Service.objects.filter(practice=practice, capacity=1)[0]
    office = Location.objects.filter(practice=practice)[0]
    rows = []
    for number in range(APPOINTMENTS):
        at = dt.datetime.combine(DAY, dt.time(13), dt.UTC)  # eight in the morning in New York
        at += dt.timedelta(minutes=MINUTES * (number // len(who)))
        until = at + dt.timedelta(minutes=MINUTES)
        span = {"starts_at": at, "ends_at": until, "busy_from": at, "busy_until": until}
        rows.append(
            Appointment(
                practice=practice,
                practitioner=who[number % len(who)],
                service=service,
                location=office,
                **span,
            )
        )
    rows = Appointment.objects.bulk_create(rows)
    Attendee.objects.bulk_create(
        Attendee(appointment=row, client=clients[number % len(clients)])
        for number, row in enumerate(rows)
    )


if __name__ == "__main__":
    main()
