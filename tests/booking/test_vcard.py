"""The vCard, read back by vobject; any text survives, and no line is too long."""

import dataclasses
import datetime as dt
import re
from types import SimpleNamespace
from typing import Any

import pytest
import vobject
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from letterhead.booking.vcard import MOST_OCTETS, vcard
from letterhead.details.card.actions import change_about_me
from letterhead.details.public_card import PublicCard
from letterhead.details.queries import practitioner_of
from letterhead.practices.models import Membership
from tests.booking.samples import BARE, BARE_PRACTICE, DANA, RIVERSIDE
from tests.booking.street import DANA as DANAS_PAGE
from tests.booking.street import PRACTICE


def read(text: str) -> Any:
    """Read a vCard strictly."""
    card = vobject.readOne(text)
    card.validate(raiseException=True)
    return card


def test_it_carries_the_card() -> None:
    card = read(vcard(RIVERSIDE, DANA))

    assert card.version.value == "3.0"
    assert card.fn.value == "Dr Dana M. Rivera Jr, RDN, PhD"
    name = card.n.value
    assert (name.family, name.given, name.additional) == ("Rivera", "Dana", "M.")
    assert (name.prefix, name.suffix) == ("Dr", ["Jr", "RDN", "PhD"])
    assert card.org.value == ["Riverside Nutrition"]
    assert card.title.value == "RDN, PhD"
    assert card.tel.value == "+12125550140"
    at = card.adr.value
    assert (at.street, at.city, at.region) == ("48 Water Street, Suite 2", "New York", "NY")
    assert (at.code, at.country) == ("10004", "United States")
    addresses = [each.value for each in card.url_list]
    assert addresses == [f"http://localhost:8000{DANAS_PAGE}", "https://riverside.example"]
    assert card.note.value == "Food that fits.\nSlowly\nWell"


def test_what_is_unknown_is_left_out() -> None:
    text = vcard(BARE_PRACTICE, BARE)

    assert read(text).n.value.given == "Sam"
    assert [line.partition(":")[0] for line in text.split("\r\n")] == [
        *("BEGIN", "VERSION", "FN", "N", "ORG", "URL", "END", "")
    ]


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=90)
PLAIN = WORDS.filter(lambda text: text.isprintable() and text == text.strip())


@given(WORDS, WORDS, WORDS)
def test_no_line_is_too_long_and_each_ends_as_it_should(
    first: str, last: str, credentials: str
) -> None:
    card = replace(DANA, first_name=first, last_name=last, credentials=credentials)

    octets = vcard(RIVERSIDE, card).encode()

    assert octets.endswith(b"\r\n")
    for line in octets.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= MOST_OCTETS
        assert b"\n" not in line and b"\r" not in line
        line.decode()  # no character is cut in two


@given(PLAIN, PLAIN, PLAIN)
def test_any_text_comes_back_as_it_was(first: str, last: str, credentials: str) -> None:
    card: PublicCard = replace(
        DANA, first_name=first, last_name=last, suffix="", credentials=credentials
    )

    kept = read(vcard(RIVERSIDE, card))

    several = [part for part in map(str.strip, credentials.split(",")) if part]
    assert kept.fn.value == ", ".join([card.name, *several])
    assert kept.title.value == credentials
    assert _one(kept.n.value.given) == first
    assert _one(kept.n.value.family) == last
    assert _one(kept.n.value.suffix) == ",".join(several)


def _one(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ",".join(value)


@pytest.mark.parametrize("typed", ["a\r\nBEGIN:VCARD", "a\nTEL:1", "a\u2028b", "a\x85b", "a\x00b"])
def test_typed_text_never_adds_a_line(typed: str) -> None:
    usual = vcard(RIVERSIDE, DANA).count("\r\n")
    text = vcard(RIVERSIDE, replace(DANA, credentials=typed))

    assert text.count("\r\n") == usual
    assert len(text.splitlines()) == usual


def test_it_is_sent_as_a_download(cast: SimpleNamespace) -> None:
    answer = Client().get(f"{PRACTICE}dana-rivera.vcf")

    assert answer.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="dana-rivera.vcf"'
    assert read(answer.content.decode()).fn.value == "Dr Dana M. Rivera, RDN, PhD"


def test_imported_again_it_replaces_the_contact_if_something_changed(
    cast: SimpleNamespace,
) -> None:
    def fetch() -> Any:
        return read(Client().get(f"{PRACTICE}dana-rivera.vcf").content.decode())

    first = fetch()
    dana = practitioner_of(Membership.objects.get(user=cast.dana.user))
    change_about_me(dana, columns={"languages": ["English"]}, read_at_version=1, by=cast.dana.user)
    again = fetch()

    assert first.uid.value == again.uid.value
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", again.uid.value)
    assert again.rev.value >= first.rev.value
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", again.rev.value)


def test_its_revision_is_the_latest_change_of_card_or_practice() -> None:
    noon = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
    card = replace(DANA, changed_at=noon)
    practice = dataclasses.replace(RIVERSIDE, changed_at=noon + dt.timedelta(hours=1))

    assert read(vcard(practice, card)).rev.value == "2026-11-02T13:00:00Z"
