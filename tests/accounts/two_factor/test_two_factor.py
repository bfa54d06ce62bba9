"""Setting up two-factor authentication, logging in with it, and turning it off."""

import re
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.db import connection

from letterhead.activity.models import Activity
from letterhead.details.models import Practitioner
from letterhead.outbox.models import Job
from tests.accounts.two_factor.second_steps import (
    HERE,
    SET_UP,
    STEP,
    App,
    first_step,
    is_in,
    kinds_of,
    second_step,
    with_app,
    with_recovery_codes,
)
from tests.factories import PASSWORD
from tests.practices.office import Office, Shown

pytestmark = pytest.mark.usefixtures("clock")
DANA = {"Login email": "dana@riverside.example", "Password": PASSWORD}


def logged_in() -> Office:
    dana = Office()
    assert dana.save("/login/", DANA).status == 302
    return dana


def key_on(page: Shown) -> str:
    return page.texts["key"].replace(" ", "")


def set_up(dana: Office) -> tuple[App, Shown]:
    page = dana.open(SET_UP)
    app = App(key_on(page))
    turned_on = dana.send(SET_UP, page, {"Code": app.code()})
    assert turned_on.location == f"{HERE}recovery-codes/"
    return app, dana.open(turned_on.location)


def codes_on(page: Shown) -> list[str]:
    return [f"{a}{b}" for a, b in re.findall(r"<li>(\d{4}) (\d{4})</li>", page.html)]


def test_my_details_leads_to_the_set_up(cast: SimpleNamespace) -> None:
    page = Office(cast.dana).open("/my-details/")

    assert "Set up two-factor authentication" in page.buttons
    assert f'action="{SET_UP}"' in page.html


def test_the_set_up_shows_key_and_picture_then_ten_codes_once(cast: SimpleNamespace) -> None:
    dana = logged_in()

    page = dana.open(SET_UP)
    _, codes = set_up(dana)

    assert 'src="data:image/svg+xml;base64,' in page.html
    assert len(key_on(page)) == 32
    assert len(set(codes_on(codes))) == 10
    assert "I have kept them" in codes.buttons
    assert "for the login dana@riverside.example" in codes.text  # on paper
    assert codes_on(dana.open(f"{HERE}recovery-codes/")) == []
    assert kinds_of(cast.dana.user) == {"totp", "recovery_codes"}
    assert "On" in dana.open("/my-details/").text


def test_turning_it_on_ends_older_sessions_that_had_only_the_password(
    cast: SimpleNamespace,
) -> None:
    stolen, dana = logged_in(), logged_in()
    assert is_in(stolen)

    set_up(dana)

    assert is_in(dana)
    assert not is_in(stolen)


def test_from_then_on_the_password_is_not_enough(cast: SimpleNamespace) -> None:
    app = with_app(cast.dana.user)
    visitor = first_step(cast.dana)

    assert visitor.open("/my-details/").location == "/login/?next=/my-details/"
    assert visitor.open("/clients/").location == "/login/?next=/clients/"
    assert second_step(visitor, app.code()).location == "/my-details/"
    assert is_in(visitor)


def test_a_wrong_code_turns_nothing_on(cast: SimpleNamespace) -> None:
    dana = logged_in()
    page = dana.open(SET_UP)
    app = App(key_on(page))

    answer = dana.send(SET_UP, page, {"Code": app.wrong_code()})

    assert answer.status == 422
    assert "This code isn't right." in answer.says_beside("Code")
    assert key_on(answer) == app.secret
    assert kinds_of(cast.dana.user) == set()


def test_a_reload_or_a_second_tab_shows_the_same_key(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    dana = logged_in()
    page = dana.open(SET_UP)
    app = App(key_on(page))

    clock.shift(290)

    assert key_on(dana.open(SET_UP)) == app.secret
    assert dana.send(SET_UP, page, {"Code": app.code()}).location == f"{HERE}recovery-codes/"


def test_a_key_that_was_used_canceled_or_is_half_an_hour_old_is_never_shown_again(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    dana = logged_in()
    keys = [key_on(dana.open(SET_UP))]
    assert dana.save(SET_UP, cancel="1").location == "/my-details/"
    keys.append(key_on(dana.open(SET_UP)))
    for _ in range(3):
        clock.shift(601)
        dana.open("/my-details/")
    dana.save("/confirm/password/", {"Password": PASSWORD})
    set_up(dana)
    dana.browser.post(f"{HERE}off/")
    keys.append(key_on(dana.open(SET_UP)))

    assert len(set(keys)) == 3


def test_the_code_that_turned_it_on_does_not_log_in_too(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    app, _ = set_up(logged_in())
    visitor = first_step(cast.dana)

    assert second_step(visitor, app.code()).status == 422
    clock.shift(30)
    assert second_step(visitor, app.code()).status == 302


def test_a_code_works_once_and_never_again_later(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    app = with_app(cast.dana.user)
    code = app.code()
    assert second_step(first_step(cast.dana), code).status == 302

    again = second_step(first_step(cast.dana), code)
    clock.shift(30)
    later = second_step(first_step(cast.dana), code)

    assert (again.status, later.status) == (422, 422)
    assert "works once" in again.says_beside("Code")


def test_the_code_before_counts_for_who_types_it_in_its_last_second(cast: SimpleNamespace) -> None:
    app = with_app(cast.dana.user)
    before = app.code(steps_later=-1)

    assert second_step(first_step(cast.dana), before).status == 302
    assert second_step(first_step(cast.dana), before).status == 422
    assert second_step(first_step(cast.dana), app.code()).status == 302


def test_once_a_code_was_used_the_one_before_it_is_refused(cast: SimpleNamespace) -> None:
    app = with_app(cast.dana.user)
    assert second_step(first_step(cast.dana), app.code()).status == 302

    assert second_step(first_step(cast.dana), app.code(steps_later=-1)).status == 422


@pytest.mark.parametrize("steps_later", [-2, 1])
def test_codes_further_away_are_refused(cast: SimpleNamespace, steps_later: int) -> None:
    app = with_app(cast.dana.user)

    code = app.code(steps_later=steps_later)
    assert second_step(first_step(cast.dana), code).status == 422


def test_the_set_up_takes_the_code_before_too(cast: SimpleNamespace) -> None:
    dana = logged_in()
    page = dana.open(SET_UP)

    code = App(key_on(page)).code(steps_later=-1)

    assert dana.send(SET_UP, page, {"Code": code}).location == f"{HERE}recovery-codes/"


@pytest.mark.parametrize("gap", [" ", "-", ""])
def test_spaces_and_hyphens_between_the_digits_do_not_matter(
    cast: SimpleNamespace, gap: str
) -> None:
    code = with_app(cast.dana.user).code()

    assert second_step(first_step(cast.dana), f" {code[:3]}{gap}{code[3:]} ").status == 302


@pytest.mark.parametrize("zero", ["０", "٠", "०", "𝟎"], ids=["wide", "Arabic", "Hindi", "bold"])
def test_only_ascii_digits_count(cast: SimpleNamespace, zero: str) -> None:
    code = with_app(cast.dana.user).code()
    other = "".join(chr(ord(zero) + int(digit)) for digit in code)

    assert second_step(first_step(cast.dana), other).status == 422


def test_a_recovery_code_logs_in_once_and_the_next_one_too(cast: SimpleNamespace) -> None:
    with_app(cast.dana.user)
    first, second, *_ = with_recovery_codes(cast.dana.user)

    assert second_step(first_step(cast.dana), f"{first[:4]} {first[4:]}").status == 302
    assert second_step(first_step(cast.dana), first).status == 422
    assert second_step(first_step(cast.dana), second).status == 302


def test_after_the_second_step_people_get_where_they_were_going(cast: SimpleNamespace) -> None:
    app = with_app(cast.dana.user)
    visitor = Office()
    visitor.save("/login/?next=/account-settings/", DANA)

    assert second_step(visitor, app.code()).location == "/account-settings/"


def test_the_second_step_is_no_way_around_the_first(cast: SimpleNamespace) -> None:
    with_app(cast.dana.user)

    assert Office().open(STEP).location == "/login/"
    assert Office().browser.post(STEP, {"code": "123456"}).headers["Location"] == "/login/"


def test_the_second_step_offers_the_code_to_phones(cast: SimpleNamespace) -> None:
    with_app(cast.dana.user)

    field = first_step(cast.dana).open(STEP).field("Code").attributes

    assert (field["autocomplete"], field["inputmode"]) == ("one-time-code", "numeric")


def test_after_five_wrong_codes_from_one_place_even_the_right_one_waits(
    cast: SimpleNamespace,
) -> None:
    app = with_app(cast.dana.user)
    visitor = first_step(cast.dana)
    for _ in range(5):
        assert second_step(visitor, app.wrong_code()).status == 422

    assert second_step(visitor, app.code()).status == 429
    assert second_step(first_step(cast.dana, address="203.0.113.9"), app.code()).status == 302


def test_a_thousand_wrong_codes_from_fifty_places_let_no_one_in_and_lock_no_one_out(
    cast: SimpleNamespace,
    clock: time_machine.Traveller,
) -> None:
    app = with_app(cast.dana.user)
    home = "192.0.2.77"
    assert second_step(first_step(cast.dana, address=home), app.code()).status == 302
    clock.shift(60)
    strangers = [first_step(cast.dana, address=f"198.51.100.{n}") for n in range(50)]
    for stranger in strangers:
        for _ in range(20):
            answer = stranger.browser.post(STEP, {"code": app.wrong_code()})
            assert answer.status_code in {422, 429}
    assert [is_in(stranger) for stranger in strangers] == [False] * 50

    assert second_step(first_step(cast.dana, address=home), app.code()).status == 302


def test_wrong_codes_are_recorded_and_so_is_how_the_log_in_was_made(
    cast: SimpleNamespace,
) -> None:
    app = with_app(cast.dana.user)
    visitor = first_step(cast.dana)
    second_step(visitor, app.wrong_code())
    second_step(visitor, app.code())

    acts = [(row.act, row.about) for row in Activity.objects.order_by("pk")]
    assert ("typed a wrong code", "") in acts
    assert acts[-1] == ("logged in", "password, authenticator app, new device")


def test_the_database_holds_no_plain_seed(cast: SimpleNamespace) -> None:
    app, codes = set_up(logged_in())
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator ORDER BY id")
        held = " ".join(str(row[0]) for row in cursor.fetchall())

    assert app.secret not in held
    assert not any(code in held for code in codes_on(codes))
    assert held.count("gAAAA") == 2  # what Fernet writes begins so


def test_until_it_is_turned_on_the_session_holds_no_plain_seed_either(
    cast: SimpleNamespace,
) -> None:
    dana = logged_in()
    secret = key_on(dana.open(SET_UP))

    assert dana.browser.session["mfa.totp.secret"].startswith("gAAAA")
    assert secret not in str(dict(dana.browser.session))


def test_turning_it_on_and_off_is_mailed_to_login_and_contact_email(
    cast: SimpleNamespace,
) -> None:
    Practitioner.objects.filter(user=cast.dana.user).update(contact_email="desk@rivera.example")
    dana = logged_in()
    set_up(dana)
    dana.browser.post(f"{HERE}off/")

    mails = [job.values for job in Job.objects.filter(name="mail").order_by("pk")]
    assert [(*mail["to"], mail["subject"]) for mail in mails] == [
        (email, subject)
        for subject in (
            "An authenticator app was set up",
            "Two-factor authentication was turned off",
        )
        for email in ("dana@riverside.example", "desk@rivera.example")
    ]
    assert kinds_of(cast.dana.user) == set()
    assert Activity.objects.latest("pk").act == "turned off two-factor authentication"


def test_new_recovery_codes_end_the_old_ones(cast: SimpleNamespace) -> None:
    dana = logged_in()
    _, page = set_up(dana)

    made = dana.save(f"{HERE}recovery-codes/new/")
    old, new = codes_on(page), codes_on(dana.open(made.location))

    assert len(set(old) | set(new)) == 20
    assert second_step(first_step(cast.dana), old[0]).status == 422
    assert second_step(first_step(cast.dana), new[0]).status == 302


@pytest.mark.parametrize(
    "address",
    [
        *("app/remove/", "passkeys/add/", "recovery-codes/", "recovery-codes/new/", "off/"),
    ],
)
def test_every_change_asks_to_confirm_first(
    cast: SimpleNamespace, clock: time_machine.Traveller, address: str
) -> None:
    app = with_app(cast.dana.user)
    with_recovery_codes(cast.dana.user)
    dana = first_step(cast.dana)
    second_step(dana, app.code())
    assert dana.open(f"{HERE}{address}").status == 200
    clock.shift(301)

    asked = dana.open(f"{HERE}{address}")
    assert unquote(asked.location) == f"/confirm/code/?next={HERE}{address}"
    assert dana.save(asked.location, {"Code": app.wrong_code()}).status == 422
    assert dana.save(asked.location, {"Code": app.code()}).location == f"{HERE}{address}"
    assert dana.open(f"{HERE}{address}").status == 200


def test_a_password_confirms_nothing_if_there_is_a_second_step(cast: SimpleNamespace) -> None:
    app = with_app(cast.dana.user)
    dana = first_step(cast.dana)
    second_step(dana, app.code())

    assert dana.open("/confirm/password/").location == "/confirm/code/"


def test_without_a_second_step_the_password_confirms(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)
    asked = dana.open(SET_UP)

    assert unquote(asked.location) == f"/confirm/password/?next={SET_UP}"
    wrong = dana.save(asked.location, {"Password": "not-the-one-at-all"})
    assert wrong.says_beside("Password") == "This isn't the password you log in with."
    before = dana.browser.session.session_key
    assert dana.save(asked.location, {"Password": PASSWORD}).location == SET_UP
    assert dana.browser.session.session_key != before  # with more rights comes another cookie


def test_no_one_removes_another_persons_passkey(cast: SimpleNamespace) -> None:
    key = Authenticator.objects.create(
        user=cast.sam.user, type="webauthn", data={"name": "Sam's", "credential": {}}
    )
    dana = logged_in()

    for address in (f"{HERE}passkeys/{key.pk}/", f"{HERE}passkeys/{key.pk}/remove/"):
        assert dana.open(address).status == 404
        assert dana.browser.post(address, {"name": "Mine"}).status_code == 404


def test_no_page_of_it_is_stored_by_a_browser(cast: SimpleNamespace) -> None:
    dana = logged_in()

    for address in (HERE, SET_UP, f"{HERE}passkeys/add/", f"{HERE}off/"):
        assert "no-store" in dana.browser.get(address).headers["Cache-Control"]
