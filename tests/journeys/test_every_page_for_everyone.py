"""axe-core on every page and pop-up, light and dark, on a phone and on a desk.

The same walk fails on any warning or error on the browser's console (`Tabs.close`).
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page, expect

from tests.browser import Auditor, Tabs, sign_in
from tests.served import Served

# address names without a page of their own: files, redirects, what only a POST reaches
NO_PAGE = {
    *("healthz", "readyz", "home", "logo", "book-embed"),
    *("end-session", "session-left", "session-stay", "keep-typed"),
    *("photo", "photo-original", "photo-preview"),
    *(
        "draft-file",
        "issued-file",
        "bill-sheet",
        "file-for-printer",
        "printer-test-page",
        "activity-csv",
    ),
    *("new-superbill", "new-cms1500", "issue-bill", "discard-draft"),
    *("new-superbill-of-visits", "new-cms1500-of-visits"),
    *("new-superbill-of-attendee", "new-cms1500-of-attendee"),
    *("give-access-back", "send-invitation-again", "revoke-invitation", "switch"),
    "hand-clients-over",  # of who left: test_team
    "mark-appointment",
    *(
        "own-signature",
        "send-confirmation-again",
        "send-login-email-link-again",
        "preview-details",
        "password-strength",
    ),
    # what a second step, or a proof of it, is needed for: test_two_factor
    *("mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate"),
    *("mfa_reauthenticate_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn"),
    *(
        "replace-authenticator-app",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "forget-device",
    ),
    *("calendar-feed-file", "calendar-drawn"),
    # on the way to an appointment, and behind its emails' links: test_booking
    *("book-service", "book-clinician-service", "book-form", "book-clinician-form"),
    *("book-wait", "book-clinician-wait", "book-waiting-list"),
    *("book-booked", "book-prove", "book-reschedule", "book-cancel"),
    *("robots", "book-vcard", "book-preview", "book-clinician-preview", "book-logo"),
}
# of names with ids, an address of the demo practice
ADDRESSES = {
    "account_login": "/login/",
    "account_logout": "/logout/",
    "sign-up": "/signup/",
    "password-reset": "/password/reset/",
    "password-reset-sent": "/password/reset/sent/",
    "password-reset-new": "/password/reset/new/",  # with a live link: test_passwords
    "password-reset-link": "/password/reset/no-key/no-token/",
    "book": "/book/riverside/",
    "book-clinician": "/book/riverside/dana-rivera/",
    "my-details": "/my-details/",
    "online-scheduler": "/account-settings/online-scheduler/",
    "edit-scheduler-sites": "/account-settings/online-scheduler/sites/",
    "edit-general-details": "/my-details/general/",
    "edit-provider-description": "/my-details/description/",
    "edit-about-me": "/my-details/about-me/",
    "publish-card": "/my-details/publish-card/",
    "show-tax-id": "/my-details/tax-id/",
    "edit-profile-photo": "/my-details/photo/",
    "edit-preferences": "/my-details/preferences/",
    "edit-signature": "/my-details/signature/",
    "calendar-feed": "/my-details/calendar-feed/",
    "account_reauthenticate": "/confirm/password/",
    "mfa_index": "/my-details/two-factor/",
    "mfa_activate_totp": "/my-details/two-factor/app/",
    "mfa_add_webauthn": "/my-details/two-factor/passkeys/add/",
    "mfa_generate_recovery_codes": "/my-details/two-factor/recovery-codes/new/",
    "turn-off-two-factor": "/my-details/two-factor/off/",
    "change-password": "/my-details/password/",
    "confirm-contact-email": "/my-details/contact-email/dead/",
    "confirm-login-email": "/my-details/login-email/dead/",  # a live one: test_proof
    "where-it-appears": "/my-details/where-it-appears/",
    "where-logged-in": "/my-details/sessions/",
    "typed-again": "/typed-again/",
    "notifications": "/my-details/notifications/",
    "unsubscribe": "/notifications/unsubscribe/no-token/",  # a live one: test_notifications
    "account-settings": "/account-settings/",
    "edit-practice-details": "/account-settings/practice/",
    "edit-billing-details": "/account-settings/billing/",
    "edit-security": "/account-settings/security/",
    "edit-logo": "/account-settings/logo/",
    "add-location": "/account-settings/locations/add/",
    "edit-location": "/account-settings/locations/1/",
    "remove-location": "/account-settings/locations/1/remove/",
    "add-payer": "/account-settings/payers/add/",
    "edit-payer": "/account-settings/payers/1/",
    "add-printer": "/account-settings/printers/add/",
    "add-service": "/account-settings/services/add/",
    "edit-booking-rules": "/account-settings/booking-rules/",
    "availability": "/calendar/availability/",
    "add-hours": "/calendar/availability/1/hours/add/",
    "add-exception": "/calendar/availability/1/exceptions/add/",
    "add-time-off": "/calendar/availability/1/time-off/add/",
    "edit-own-booking-rules": "/calendar/availability/1/booking-rules/",
    "users": "/users/",
    "invite-user": "/users/invite/",
    "edit-user": "/users/2/",
    "edit-card-address": "/users/2/card-address/",
    "edit-public-address": "/account-settings/public-address/",
    "end-access": "/users/2/end/",
    "accept-invitation": "/invitation/dead/",  # a live one: test_team
    "calendar": "/calendar/",
    "add-appointment": "/calendar/appointments/add/",
    "clients": "/clients/",
    "add-client": "/clients/add/",
    "client": "/clients/1/",
    "edit-client": "/clients/1/edit/",
    "add-policy": "/clients/1/policies/add/",
    "edit-policy": "/clients/policies/1/edit/",
    "add-visit": "/clients/1/visits/add/",
    "edit-visit": "/billing/visits/1/edit/",
    "bills": "/billing/",
    "bill": "/billing/bills/1/",
    "correct-claim": "/billing/bills/3/correct/",
    "activity": "/activity/",
    "guide": "/guide/",
    "guide-page": "/guide/cms-1500/",
}
BEFORE_SIGN_IN = {
    *("account_login", "sign-up", "guide", "guide-page", "book", "book-clinician"),
    *("password-reset", "password-reset-sent", "password-reset-new", "password-reset-link"),
}
DRAFT, NOT_THERE = "/billing/bills/6/", "/clients/999999/"
# Pages that say why there is nothing; all others answer 200.
ANSWERS = {
    "/password/reset/new/": 410,
    "/password/reset/no-key/no-token/": 410,
    "/my-details/contact-email/dead/": 410,
    "/my-details/login-email/dead/": 410,
    "/invitation/dead/": 410,
    "/notifications/unsubscribe/no-token/": 404,
    NOT_THERE: 404,
}
POP_UPS = {
    "/my-details/": (
        *("Edit General Details", "Show Individual Tax ID"),
        *("Edit Provider Description", "Edit About me", "Edit Signature"),
        *("Edit Preferences", "Modify", "Change address"),
    ),
    "/account-settings/": (
        *("Edit Practice Details", "Change address", "Edit Billing Details", "Edit Location"),
        *("Add location", "Add service", "Edit Booking Rules"),
    ),
    "/calendar/availability/": (
        *("Add hours", "Add exception", "Add time off", "Edit Booking Rules"),
    ),
    "/calendar/": ("Add appointment",),
    "/clients/1/": ("Edit client", "Add policy"),
    "/users/": ("Invite user", "Edit user Sam Okafor", "End access Sam Okafor"),
}
SHARES = 4  # of the pages, so that processes can share them


def names_of(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of all addresses."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names_of(pattern.url_patterns)
        else:
            yield str(pattern.name)


def comes_to(page: Page, address: str) -> None:
    """Open a page, and see that it is this one: not a login or an error in its place."""
    answer = page.goto(address)
    assert answer is not None
    assert (urlsplit(page.url).path, answer.status) == (address, ANSWERS.get(address, 200))


def test_every_address_is_looked_at_here() -> None:

    known = set(ADDRESSES) | NO_PAGE | {"edit-printer"}  # the demo has no printer yet
    none_yet = {  # in the demo
        "follow-country",  # test_abroad
        *("edit-printer", "edit-service", "end-service"),
        *("edit-hours", "remove-hours", "remove-time-off"),
        # test_calendar
        *("appointment", "move-appointment", "cancel-appointment", "appointment-note"),
        "add-client-to-appointment",
    }
    known = set(ADDRESSES) | NO_PAGE | none_yet

    assert set(names_of(get_resolver().url_patterns)) == known


@pytest.mark.parametrize("said", ["warn", "error"])
def test_a_walk_fails_on_what_a_page_writes_to_the_console(
    shared_server: Served, tabs: Tabs, said: str
) -> None:

    page = tabs.open()
    comes_to(page, "/login/")
    assert tabs.complaints == []

    page.evaluate("said => console[said]('Unrecognized feature: bluetooth')", said)

    heard, tabs.complaints = tabs.complaints, []
    assert len(heard) == 1
    assert heard[0].startswith(page.url) and heard[0].endswith("Unrecognized feature: bluetooth")


@pytest.mark.parametrize("share", range(SHARES))
def test_axe_finds_nothing_on_any_page(
    shared_server: Served, tabs: Tabs, axe: Auditor, share: int
) -> None:

    page = tabs.open()
    for name in sorted(BEFORE_SIGN_IN)[share::SHARES]:
        comes_to(page, ADDRESSES[name])
        axe.in_all_looks(page)
    sign_in(page, "dana@riverside.example")

    signed_in = [ADDRESSES[name] for name in ADDRESSES if name not in BEFORE_SIGN_IN]
    for address in [*signed_in, DRAFT, NOT_THERE][share::SHARES]:
        comes_to(page, address)
        axe.in_all_looks(page)


@pytest.mark.parametrize("address", POP_UPS)
def test_axe_finds_nothing_on_pop_ups(
    shared_server: Served, tabs: Tabs, axe: Auditor, address: str
) -> None:

    page = sign_in(tabs.open(), "dana@riverside.example")
    for button in POP_UPS[address]:
        page.goto(address)
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        axe.in_all_looks(page)


def test_axe_finds_nothing_on_a_wrong_save(shared_server: Served, tabs: Tabs, axe: Auditor) -> None:

    page = sign_in(tabs.open(), "dana@riverside.example")
    page.get_by_role("button", name="Edit General Details", exact=True).click()
    page.get_by_label("Individual NPI", exact=True).fill("1")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("An NPI has 10 digits")).to_be_visible()
    axe.in_all_looks(page)


def test_nobody_but_directors_sees_account_settings(shared_server: Served, tabs: Tabs) -> None:

    page = sign_in(tabs.open(), "sam@riverside.example")

    answer = page.goto("/account-settings/")

    assert answer is not None
    assert answer.status == 403


def test_ten_thousand_fields_get_a_page_that_says_so(shared_server: Served, tabs: Tabs) -> None:

    page = sign_in(tabs.open(), "dana@riverside.example")
    form = "&".join(f"field{n}=1" for n in range(10_000))

    answer = page.request.post(
        "/my-details/general/",
        data=form,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )

    assert answer.status == 400
    assert "4,000" in answer.text()
