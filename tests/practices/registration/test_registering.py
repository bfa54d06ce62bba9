"""Registering a practice."""

from types import SimpleNamespace
from typing import Any

import pytest

from letterhead.accounts.models import User
from letterhead.activity.models import Activity
from letterhead.practices.models import Membership, Practice
from tests.practices.office import Office, Shown

ADDRESS = "/signup/"
SOMEONE = {
    "Practice name": "Harbor Speech Therapy",
    "Country": "United States",
    "Time zone": "Pacific, Los Angeles",
    "Title": "Ms",
    "First name": "Ines",
    "Last name": "Lund",
    "Login email": "ines@harbor.example",
    "Password": "a tall ship and a star",
}


def register(**typed: str) -> Shown:
    by_label = {name.replace("_", " ").capitalize(): text for name, text in typed.items()}
    return Office().save(ADDRESS, SOMEONE | by_label)


def test_who_registers_is_signed_in_at_once_as_the_first_director(db: None) -> None:
    visitor = Office()

    answer = visitor.save(ADDRESS, SOMEONE)

    assert (answer.status, answer.location) == (302, "/my-details/")
    assert "Harbor Speech Therapy" in visitor.read("/my-details/")
    assert Membership.objects.get().role == "director"
    practice = Practice.objects.get()
    assert (practice.time_zone, practice.currency) == ("America/Los_Angeles", "USD")
    acts = Activity.objects.order_by("place").values_list("act", flat=True)
    assert list(acts) == ["registered the practice", "logged in"]
    assert "ines@harbor.example" in visitor.read("/my-details/")


def test_who_registered_logs_in_with_that_password_later(db: None) -> None:
    register()

    again = {label: SOMEONE[label] for label in ("Login email", "Password")}
    assert Office().save("/login/", again).location == "/my-details/"


def test_the_currency_is_that_of_the_country(db: None) -> None:
    register(country="Ireland", time_zone="Dublin")

    practice = Practice.objects.get()
    assert (practice.country, practice.currency) == ("IE", "EUR")
    assert practice.time_zone == "Europe/Dublin"


def test_the_time_zone_starts_in_new_york(db: None) -> None:
    assert Office().open(ADDRESS).field("Time zone").value == "America/New_York"


def test_a_comma_in_the_last_name_is_refused_beside_it(db: None) -> None:
    answer = register(last_name="Lund, MS")

    assert answer.status == 422
    assert "credentials aren't part of a name" in answer.says_beside("Last name")


def test_names_in_any_script_are_taken(db: None) -> None:
    assert register(first_name="رنا", last_name="Nuñez-O’Brien 王").status == 302


def test_an_email_that_someone_logs_in_with_is_refused_beside_it(cast: SimpleNamespace) -> None:
    answer = register(login_email="DANA@riverside.example")

    assert answer.status == 422
    assert answer.wrong() == {"Login email": "This email is already in use. Log in instead."}
    assert not Practice.objects.filter(name="Harbor Speech Therapy").exists()


def test_a_refusal_keeps_what_was_typed_but_the_password(db: None) -> None:
    answer = register(login_email="nonsense")

    for label in ("Practice name", "Title", "First name", "Last name"):
        assert answer.field(label).value == SOMEONE[label]
    assert answer.field("Time zone").value == "America/Los_Angeles"
    assert answer.field("Login email").value == "nonsense"
    assert answer.field("Password").value == ""


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("short", "This has 5 characters. Use 15 or more"),
        ("1q2w3e4r5t6y7u8i9o0p", "common or leaked"),
        ("ines@harbor.example", "made of your name, email or practice"),
        ("Harbor-Speech-Therapy-2026", "made of your name, email or practice"),
        ("IinesLundinesLund2026", "made of your name, email or practice"),
    ],
)
def test_a_password_easily_guessed_is_refused_beside_it(db: None, password: str, says: str) -> None:
    answer = register(password=password)

    assert answer.status == 422
    assert says in answer.says_beside("Password")
    assert User.objects.count() == 0


@pytest.mark.parametrize("label", ["Practice name", "First name", "Last name", "Login email"])
def test_what_must_be_filled_in_is_told_beside_it(db: None, label: str) -> None:
    answer = Office().save(ADDRESS, SOMEONE | {label: " "})

    assert answer.status == 422
    assert answer.wrong() == {label: "Fill this in."}


@pytest.mark.parametrize(
    "label", ["Practice name", "Title", "First name", "Last name", "Login email", "Password"]
)
@pytest.mark.parametrize(
    "text", ["a\x00b", "x" * 1_000_000, "tab\there"], ids=["NUL", "1 MB", "tab"]
)
def test_text_with_traps_is_refused_beside_its_field(db: None, label: str, text: str) -> None:
    answer = Office().save(ADDRESS, SOMEONE | {label: text})

    assert answer.status == 422
    assert set(answer.wrong()) == {label}


@pytest.mark.parametrize("label", ["Country", "Time zone"])
def test_what_was_never_offered_is_refused(db: None, label: str) -> None:
    answer = Office().save(ADDRESS, SOMEONE | {label: "Atlantis"})

    assert set(answer.wrong()) == {label}


def test_the_first_wrong_field_has_the_focus(db: None) -> None:
    answer = register(last_name="", password="short")

    focused = [c.name for c in answer.controls.values() if "autofocus" in c.attributes]
    assert focused == ["last_name"]


def test_registering_again_and_again_from_one_place_is_slowed_down(db: None) -> None:
    answers: list[Any] = [register(login_email=f"ines{n}@harbor.example").status for n in range(21)]

    assert answers == [302] * 20 + [422]


def test_a_login_email_with_a_hidden_character_is_refused_beside_its_field(db: None) -> None:
    answer = register(login_email="ines@har\u200fbor.example")

    assert answer.wrong() == {
        "Login email": "This has a character that can't be seen. Type the address again."
    }


def test_who_registered_with_a_domain_in_other_letters_logs_in_however_it_is_written(
    db: None,
) -> None:
    register(login_email="ines@m\u00f6we.example")

    again = {"Login email": "ines@M\u00d6WE.example", "Password": SOMEONE["Password"]}
    assert Office().save("/login/", again).location == "/my-details/"


@pytest.mark.parametrize("label", ["Practice name", "Title", "First name", "Last name"])
def test_no_name_carries_an_address_into_emails(db: None, label: str) -> None:
    answer = Office().save(ADDRESS, SOMEONE | {label: "gift evil.example"})

    assert "can't contain a web or email address" in answer.wrong()[label]
