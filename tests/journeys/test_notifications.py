"""A license about to expire, from the worker that `serve` runs to the link in the mail."""

import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE_WIDTH, Auditor, Tabs, sign_in
from tests.journeys.people import saves, sees_heading
from tests.served import Served

SECONDS_TO_WAIT = 20
PUT_A_JOB = (
    'INSERT INTO outbox_job (name, "values", key, created_at, due_at, attempts, leased_by, '
    "last_error) VALUES (%s, '{}', '', CURRENT_TIMESTAMP, '2026-01-01 00:00:00', 0, '', '')"
)


def mailed(server: Served, to: str, about: str = "") -> EmailMessage:
    """Wait for a mail to somebody, about something, among those the server keeps as files."""
    until = time.monotonic() + SECONDS_TO_WAIT
    while time.monotonic() < until:
        for file in sorted((server.data_dir / "mail").glob("*.eml")):
            mail = message_from_bytes(file.read_bytes(), policy=policy.default)
            assert isinstance(mail, EmailMessage)
            if mail["To"] == to and about in mail["Subject"]:
                return mail
        time.sleep(0.05)
    raise AssertionError(f"no mail came: {server.logged()}")


@pytest.mark.embedded
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_license_reminder_is_mailed_and_ended_by_its_link(
    server: Served, tabs: Tabs, axe: Auditor, scripts: bool
) -> None:
    server.run_sql(PUT_A_JOB, "license reminders")  # the demo's Sam has 45 days left

    mail = mailed(server, "sam@riverside.example")
    assert "Clinical social worker license (NY) expires in 45 days" in mail["Subject"]
    link = mail["List-Unsubscribe"].strip(" <>")
    assert link.startswith(f"{server.url}/notifications/unsubscribe/")

    stranger = tabs.open(scripts=scripts, width=PHONE_WIDTH)
    stranger.goto(urlsplit(link).path)
    sees_heading(stranger, "Unsubscribe?")
    if scripts:
        axe(stranger)
    stranger.get_by_role("button", name="Unsubscribe", exact=True).click()
    sees_heading(stranger, "Unsubscribed")
    if scripts:
        axe(stranger)

    sam = sign_in(tabs.open(scripts=scripts), "sam@riverside.example")
    sam.goto("/my-details/notifications/")
    expect(sam.get_by_role("link", name=mail["Subject"], exact=True)).to_be_visible()
    chooses(sam, was="Never", now="Weekly")


def chooses(page: Page, *, was: str, now: str) -> None:
    """See one choice, make another, and see it after the page is loaded again."""
    field = page.get_by_label("License expiring", exact=True)
    expect(field.locator("option:checked")).to_have_text(was)
    field.select_option(label=now)
    saves(page.get_by_role("main"), said="Notifications saved")
    page.reload()
    expect(field.locator("option:checked")).to_have_text(now)
