"""A visitor finds a clinician, books, reads the email, moves and cancels; the clinician is told."""

import re
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
import vobject
from playwright.sync_api import Page, expect

from tests.browser import PHONE_WIDTH, Auditor, Tabs, sign_in
from tests.journeys.people import error_beside, opens, saves, sees_heading, types
from tests.journeys.test_notifications import mailed
from tests.served import Served, environment

OFFER = """
from letterhead.cli.database import start_django; start_django()
from letterhead.details.models import Practitioner
from letterhead.scheduling.diaries import practice_changed
from letterhead.scheduling.models import Hours, Offer, Service
dana = Practitioner.objects.get(user__email="dana@riverside.example")
Service.objects.all().update(bookable_online=False)
visit = Service.objects.create(
    practice=dana.practice, name="Kitchen visit", duration=30, bookable_online=True)
Offer.objects.create(service=visit, practitioner=dana)
Hours.objects.filter(practitioner=dana).delete()
for day in range(7):
    Hours.objects.create(practitioner=dana, weekday=day, starts="09:00", ends="17:00")
practice_changed(dana.practice_id)
"""
BOOK_WHAT_IS_HELD = (
    "UPDATE scheduling_attendee SET state = 'booked', held_until = NULL WHERE state = 'held'"
)
ANN = {
    "First name": "Ann",
    "Last name": "Lee",
    "Email": "ann@client.example",
    "Phone": "(212) 555-0123",
    "Reason (optional)": "Cooking for one",
}


def offers_a_visit(server: Served) -> None:
    """Let Dana see clients on any day from nine to five."""
    env = environment(server.database_url, server.data_dir)
    subprocess.run([sys.executable, "-c", OFFER], check=True, env=env)


def free_days(page: Page) -> list[str]:

    links = page.get_by_role("table").get_by_role("link")
    return [str(links.nth(n).get_attribute("href")) for n in range(links.count())]


def chooses_a_time(page: Page, words: str = "10:00 AM") -> None:
    """Go to a later day with times, and choose one of them."""
    page.get_by_role("table").get_by_role("link").nth(-1).click()
    page.get_by_role("link", name=words, exact=True).click()


def nothing(page: Page) -> None:
    """Look at nothing: axe needs scripts."""


def books(page: Page, looks: Callable[[Page], None]) -> None:
    """Find Dana on the practice's page and book a time, as Ann."""
    page.goto("/book/riverside/")
    expect(page.get_by_text("RDN, PhD, CDCES").first).to_be_visible()
    page.get_by_role("link", name="Dr Dana M. Rivera", exact=True).click()
    expect(page.get_by_role("img", name="Dr Dana M. Rivera")).to_be_visible()
    looks(page)
    page.get_by_role("link", name="Kitchen visit", exact=True).click()
    expect(page.get_by_text("RDN, PhD, CDCES")).to_be_visible()
    looks(page)
    if len(free_days(page)) < 2:
        page.get_by_role("link", name="Next month").click()
    chooses_a_time(page)
    looks(page)

    page.get_by_role("button", name="Book", exact=True).click()
    assert error_beside(page.get_by_label("Email"))
    types(page.get_by_role("main"), ANN)
    page.get_by_label("I agree").check()
    looks(page)
    page.get_by_role("button", name="Book", exact=True).click()
    sees_heading(page, "Booked")
    looks(page)


def moves_and_cancels(
    page: Page, looks: Callable[[Page], None], server: Served, links: dict[str, str]
) -> None:
    """Move the appointment by the link of the email, then cancel it."""
    page.goto(urlsplit(links["Reschedule"]).path)
    sees_heading(page, "Reschedule your appointment")
    looks(page)
    page.get_by_role("link", name="2:00 PM", exact=True).click()
    looks(page)
    page.get_by_role("button", name="Reschedule", exact=True).click()
    sees_heading(page, "Rescheduled")
    moved = mailed(server, "ann@client.example", about="Appointment rescheduled")
    assert "2:00 PM" in moved["Subject"]

    page.goto(urlsplit(links["Cancel"]).path)
    looks(page)
    page.get_by_role("button", name="Cancel appointment", exact=True).click()
    sees_heading(page, "Canceled")
    mailed(server, "ann@client.example", about="Appointment canceled")
    page.goto(urlsplit(links["Reschedule"]).path)
    sees_heading(page, "This link has expired")


@pytest.mark.embedded
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_visitor_books_reads_the_email_moves_and_cancels(
    server: Served, tabs: Tabs, axe: Auditor, scripts: bool
) -> None:
    offers_a_visit(server)
    dana = sign_in(tabs.open(), "dana@riverside.example")
    form = opens(dana, "Edit General Details")
    types(form, {"Credentials": "RDN, PhD, CDCES"})
    saves(form, said="General Details saved")

    looks = axe.in_all_looks if scripts else nothing
    page = tabs.open(scripts=scripts, width=PHONE_WIDTH)
    books(page, looks)

    mail = mailed(server, "ann@client.example", about="Appointment booked")
    html = mail.get_body(("html",))
    assert html is not None
    found = re.findall(r'<a href="([^"]+)">(Reschedule|Cancel)</a>', html.get_content())
    links = {name: address for address, name in found}
    file = next(
        each for each in mail.iter_attachments() if each.get_filename() == "appointment.ics"
    )
    event = vobject.readOne(file.get_content()).vevent
    assert event.dtstart.value.hour == 10
    assert mail["Reply-To"]

    moves_and_cancels(page, looks, server, links)

    to = str(mail["Reply-To"])
    for about in ("booked by AL", "AL rescheduled", "AL canceled"):
        told = mailed(server, to, about=about)
        assert "Ann" not in told.as_string()


def test_a_time_that_is_taken_while_the_form_is_open_loses_nothing(
    server: Served, tabs: Tabs, axe: Auditor
) -> None:
    offers_a_visit(server)
    page = tabs.open()
    page.goto("/book/riverside/")
    page.get_by_role("link", name="Kitchen visit", exact=True).click()
    if len(free_days(page)) < 2:
        page.get_by_role("link", name="Next month").click()
    chooses_a_time(page)
    types(page.get_by_role("main"), ANN)
    page.get_by_label("I agree").check()
    server.run_sql(BOOK_WHAT_IS_HELD)
    server.run_sql("UPDATE scheduling_appointment SET held_until = NULL")

    page.get_by_role("button", name="Book", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("isn’t free")
    expect(page.get_by_label("First name")).to_have_value("Ann")
    axe.in_all_looks(page)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Book", exact=True).click()
    sees_heading(page, "Booked")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_who_waits_for_a_full_day_is_offered_the_time_that_frees_up(
    server: Served, tabs: Tabs, axe: Auditor, scripts: bool
) -> None:
    offers_a_visit(server)
    server.run_sql("UPDATE scheduling_hours SET ends = '09:30:00' WHERE starts = '09:00:00'")
    server.run_sql("UPDATE scheduling_diary SET version = version + 1")
    looks = axe.in_all_looks if scripts else nothing
    page = tabs.open(scripts=scripts, width=PHONE_WIDTH)
    page.goto("/book/riverside/dana-rivera/")
    page.get_by_role("link", name="Kitchen visit", exact=True).click()
    day = free_days(page)[-1]
    page.goto(day)
    page.get_by_role("link", name="9:00 AM", exact=True).click()
    types(page.get_by_role("main"), ANN)
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Book", exact=True).click()
    sees_heading(page, "Booked")

    page.goto(day)
    looks(page)
    page.get_by_role("link", name="Join the waiting list", exact=True).click()
    looks(page)
    waits = {name: ANN[name] for name in ("First name", "Last name", "Phone")}
    types(page.get_by_role("main"), {**waits, "Email": "ben@client.example"})
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Join the waiting list", exact=True).click()
    sees_heading(page, "You’re on the waiting list")
    looks(page)
    mail = mailed(server, "ann@client.example", about="Appointment booked")
    found = re.search(r'<a href="([^"]+)">Cancel</a>', str(mail.get_body(("html",))))
    assert found
    waiting = page.url
    page.goto(urlsplit(found[1]).path)
    page.get_by_role("button", name="Cancel appointment", exact=True).click()

    mailed(server, "ben@client.example", about="A time is free")
    page.goto(waiting)
    sees_heading(page, "A time is free")
    looks(page)
    page.get_by_role("button", name="Book", exact=True).click()
    sees_heading(page, "Booked")
