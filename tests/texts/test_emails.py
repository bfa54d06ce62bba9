"""Email addresses: what is an address, and how it goes out."""

import pytest
from django.apps import apps
from django.db import models

from letterhead.texts.emails import EmailField, NotAnEmail, read_email, wire_email

HIDDEN, MARK = "\u200b", "\u200f"


@pytest.mark.parametrize(
    "typed",
    [
        "dana@riverside.example",
        "Dana.O'Neil+desk@Riverside.example",
        "d@praxis-m\u00fcller.example",
    ],
)
def test_an_address_stays_as_it_is_typed(typed: str) -> None:
    assert read_email(f" {typed} ") == typed


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (f"dana@exam{MARK}ple.example", "can't be seen"),
        (f"da{HIDDEN}na@riverside.example", "can't be seen"),
        ("dana\u202e@riverside.example", "can't be seen"),
        ("d" * 65 + "@riverside.example", "longer than 64 characters"),
        ("dana", "valid email address"),
        ("dana@riverside", "valid email address"),
        ("dana at@riverside.example", "valid email address"),
        ("dana@[192.0.2.7]", "valid email address"),
        ("dana@river_side.example", "valid email address"),
        ("m\u00fcller@riverside.example", "valid email address"),
        ("Dana <dana@riverside.example>", "valid email address"),
        ("d@" + "a" * 60 + ".example" * 30, "valid email address"),
    ],
)
def test_what_is_no_address_is_refused_with_the_reason(typed: str, why: str) -> None:
    with pytest.raises(NotAnEmail) as refused:
        read_email(typed)

    assert why in str(refused.value)


def test_64_characters_before_the_at_are_an_address() -> None:
    assert read_email("d" * 64 + "@riverside.example")


@pytest.mark.parametrize("typed", ["d@stra\u00dfe.example", "d@STRA\u00dfE.example"])
def test_a_letter_is_not_replaced_by_another_on_the_way_to_the_mail_server(typed: str) -> None:
    assert wire_email(read_email(typed)) == "d@xn--strae-oqa.example"  # strasse is another domain


def test_a_domain_in_wide_letters_is_the_same_domain() -> None:
    assert read_email("d@\uff52iverside.example") == "d@riverside.example"


def test_every_column_of_an_email_is_checked_by_the_same_rules() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("letterhead.")]
    columns = [column for model in ours for column in model._meta.get_fields()]
    emails = [column for column in columns if isinstance(column, models.EmailField)]

    assert len(emails) == 7
    assert all(isinstance(column, EmailField) for column in emails)
