"""Logging in and out."""

from types import SimpleNamespace

import pytest

from letterhead.accounts.models import User
from tests.factories import PASSWORD
from tests.practices.office import Office

DANA = {"Login email": "dana@riverside.example", "Password": PASSWORD}


def test_dana_logs_in_and_lands_on_her_details(cast: SimpleNamespace) -> None:
    visitor = Office()

    answer = visitor.save("/login/", DANA)

    assert (answer.status, answer.location) == (302, "/my-details/")
    assert visitor.open("/my-details/").status == 200


def test_capitals_in_the_login_email_do_not_matter(cast: SimpleNamespace) -> None:
    answer = Office().save("/login/", DANA | {"Login email": "Dana@Riverside.EXAMPLE"})

    assert answer.status == 302


@pytest.mark.parametrize(
    "typed",
    [{"Password": "not-the-one-at-all"}, {"Login email": "nobody@riverside.example"}],
    ids=["wrong password", "unknown email"],
)
def test_a_wrong_log_in_shows_the_same_error_and_the_email_stays(
    cast: SimpleNamespace, typed: dict[str, str]
) -> None:
    visitor = Office()

    answer = visitor.save("/login/", DANA | typed)

    assert answer.status == 422
    assert "The login email or the password is wrong." in answer.text
    assert answer.field("Login email").value == (DANA | typed)["Login email"]
    assert answer.field("Password").value == ""
    assert visitor.open("/my-details/").location == "/login/?next=/my-details/"


def test_an_empty_log_in_shows_errors_at_its_fields(db: None) -> None:
    answer = Office().save("/login/")

    assert answer.status == 422
    assert answer.wrong() == {"Login email": "Fill this in.", "Password": "Fill this in."}


def test_people_sent_to_log_in_go_on_where_they_were(cast: SimpleNamespace) -> None:
    visitor = Office()
    sent_to = visitor.open("/account-settings/").location

    assert sent_to == "/login/?next=/account-settings/"
    assert visitor.save(sent_to, DANA).location == "/account-settings/"


def test_log_in_never_leads_to_another_site(cast: SimpleNamespace) -> None:
    answer = Office().save("/login/?next=https://elsewhere.example/", DANA)

    assert answer.location == "/my-details/"


@pytest.mark.parametrize("address", ["/login/", "/signup/"])
def test_people_who_are_logged_in_go_to_their_details(cast: SimpleNamespace, address: str) -> None:
    assert Office(cast.dana).open(address).location == "/my-details/"


def test_the_pages_to_log_in_and_to_register_lead_to_each_other(db: None) -> None:
    assert 'href="/signup/">Register your practice</a>' in Office().open("/login/").html
    assert 'href="/login/">Log in</a>' in Office().open("/signup/").html


def test_dana_logs_out_by_a_button_and_not_by_a_link(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)

    page = dana.open("/logout/")
    assert "Log out" in [button.strip() for button in page.buttons]
    assert dana.open("/my-details/").status == 200

    assert dana.save("/logout/").location == "/login/"
    assert dana.open("/my-details/").location == "/login/?next=/my-details/"


@pytest.mark.parametrize(
    "typed",
    ["\x00", "x" * 1_000_000, "💥@riverside.example", "d\u202eana@riverside.example", "ａ@ｂ.ｃ"],
    ids=["NUL", "1 MB", "emoji", "right to left", "full width"],
)
def test_strange_text_is_refused_and_never_breaks(cast: SimpleNamespace, typed: str) -> None:
    assert Office().save("/login/", {"Login email": typed, "Password": typed}).status == 422


def test_an_account_that_was_closed_does_not_get_in(cast: SimpleNamespace) -> None:
    User.objects.filter(pk=cast.dana.user.pk).update(is_active=False)
    visitor = Office()

    answer = visitor.save("/login/", DANA)

    assert answer.status == 422
    assert visitor.open("/my-details/").location == "/login/?next=/my-details/"


def test_guessing_is_slowed_down(cast: SimpleNamespace) -> None:
    visitor = Office()
    for _ in range(5):
        visitor.save("/login/", DANA | {"Password": "not-the-one-at-all"})

    answer = visitor.save("/login/", DANA)

    assert answer.status == 429
    assert "Too many tries. Wait" in answer.text
