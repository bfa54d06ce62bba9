"""Which passwords can be chosen, and that a password is the same however a keyboard sends it."""

import unicodedata
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from letterhead.accounts.hashing import NormalizingHasher, normalized
from letterhead.accounts.models import User
from letterhead.accounts.passwords.actions import Chooser, chooser, password_errors, strength
from letterhead.accounts.passwords.strength import READ, Level, worth_of
from letterhead.config import settings as product

DANA = Chooser("dana@riverside.example", ("Dana", "Rivera", "Riverside Nutrition"))
REAL_HASHERS = override_settings(PASSWORD_HASHERS=product.PASSWORD_HASHERS)
E_ACUTE, E_AND_ACCENT = "\u00e9", "e\u0301"

ACCEPTED = [
    "correct horse battery staple",
    "seven-quiet-herons",
    "a tall ship and a star",
    "my dog eats lunch",
    "kdjfhgurnvbqwlx",
    "gH7#kq!2mZ0^pLw8vB",
    "   spaces   count   too   ",
    "пять тихих цапель",
    "七羽の静かな鷺が川辺に立っている",
    "🦩🌊🪨🌲🏔️🎣🛶🌙⭐🔥🍄🦌🐟🐸🦉",
    "the river by my window",
    "tall reeds " + "w" * 5 + " qvnxz",
    "many words and then some more, " * 32,
]
REFUSED = {
    "too short": ["", "short", "fourteen chars", "é" * 14],
    "made of names": [
        "riversidenutrition",
        "Riverside-Nutrition-1",
        "DanaRivera.2026!",
        "dana@riverside.example",
        "letterheadletterhead",
        "Letterhead-Dana-1",
        "ｒｉｖｅｒｓｉｄｅｎｕｔｒｉｔｉｏｎ",
    ],
    "common": [
        "1q2w3e4r5t6y7u8i9o0p",
        "passwordpassword",
        "qwertyuiop12345",
        "Password12345678",
        "password!!!!!!!!",
        "p@ssw0rdp@ssw0rd",
        "iloveyoufootball",
        "dragonmonkeyshadow",
        "superman!batman!1",
        "lighthouse-umbrella",
        "correct horse correct horse",
        "aaaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "123456789012345",
        "987654321987654",
        "abcdefghijklmnopq",
        "qwertyuiopasdfghjkl",
        "1qaz2wsx3edc4rfv",
        "2026-01-01-2026-01-01",
        "Summer2026Summer!",
        "ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ",
    ],
    "too long": ["quiet river " * 84],
}
REASONS = {
    "too short": "Use 15 or more",
    "too long": "Use 1,000 at most",
    "made of names": "made of your name, email or practice",
    "common": "common or leaked",
}


@pytest.mark.parametrize("password", ACCEPTED, ids=lambda text: text[:20])
def test_a_good_password_is_taken(password: str) -> None:
    assert password_errors(password, DANA) == []


@pytest.mark.parametrize(
    ("reason", "password"),
    [(reason, password) for reason, passwords in REFUSED.items() for password in passwords],
    ids=lambda text: text[:20],
)
def test_a_bad_password_is_refused_with_its_reason(reason: str, password: str) -> None:
    errors = password_errors(password, DANA)

    assert len(errors) == 1 or reason == "too short"
    assert REASONS[reason] in errors[0]


def test_characters_are_counted_and_not_bytes_and_each_in_its_one_way() -> None:
    fifteen = "quiet-hérons-zq"
    apart = unicodedata.normalize("NFD", fifteen)

    assert (len(fifteen), len(apart)) == (15, 16)
    assert password_errors(fifteen, DANA) == []
    assert password_errors(unicodedata.normalize("NFD", fifteen[:-1]), DANA) != []


def test_no_kind_of_character_is_required() -> None:
    for only in ("lake otter maple crow", "83920175640218837465", "LAKE OTTER MAPLE CROW"):
        assert password_errors(only, DANA) == []


def test_the_names_of_someone_with_a_login_are_looked_up(cast: SimpleNamespace) -> None:
    who = chooser(cast.sam.user)

    assert "This is made of your name" in password_errors("sam-okafor-sam-1", who)[0]
    assert password_errors("strange elsewhere tide", who) == []
    assert "This is made of" in password_errors("Sina Strange 1234", chooser(cast.stranger.user))[0]


@pytest.mark.parametrize(
    ("password", "text"),
    [
        ("", ""),
        ("seven-quiet-he", "1 more character to go"),
        ("seven", "10 more characters to go"),
        ("another-demo-password", "Strength: Fair"),
        ("correct horse battery staple", "Strength: Strong"),
        ("my dog eats lunch", "Strength: Good"),
        ("passwordpassword", "This is a common or leaked password"),
        ("ﷺ" * 5_000, "This has 5000 characters. Use 1,000 at most."),  # not 90,000 of them
    ],
)
def test_what_is_shown_while_it_is_typed(password: str, text: str) -> None:
    found = strength(password, DANA)

    shown = f"Strength: {found.label}" if isinstance(found, Level) else found
    assert shown.startswith(text)
    assert bool(shown) == bool(text)


@pytest.mark.parametrize(
    "made_up", ["4@8({[<3691!|17$5%+0x2" * 50, "x" * 100_000, "1.1." * 300, "ﷺ" * 1_000]
)
def test_made_up_input_is_read_as_far_as_it_matters(made_up: str) -> None:
    assert worth_of(made_up) == worth_of(normalized(made_up)[:READ])


@given(st.text(min_size=1, max_size=30))
@settings(deadline=None, max_examples=25)
def test_one_password_is_one_however_it_is_written(password: str) -> None:
    hasher = NormalizingHasher()
    hasher.memory_cost, hasher.time_cost = 8, 1
    encoded = hasher.encode(password, "saltsaltsaltsaltsaltsa")

    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert hasher.verify(unicodedata.normalize(form, password), encoded)
    assert not hasher.verify(password + "x", encoded)


@pytest.mark.parametrize(
    ("set_as", "typed"),
    [
        (f"caf{E_ACUTE} at the harbor", f"caf{E_AND_ACCENT} at the harbor"),
        (f"caf{E_AND_ACCENT} at the harbor", f"caf{E_ACUTE} at the harbor"),
        ("seven quiet herons", "ｓｅｖｅｎ　ｑｕｉｅｔ　ｈｅｒｏｎｓ"),
        ("ｓｅｖｅｎ　ｑｕｉｅｔ　ｈｅｒｏｎｓ", "seven quiet herons"),
        ("ﬁve quiet herons", "five quiet herons"),
    ],
    ids=["in pieces", "composed", "wide", "narrow", "ligature"],
)
@REAL_HASHERS
def test_another_keyboard_logs_in_with_the_same_password(set_as: str, typed: str) -> None:
    assert check_password(typed, make_password(set_as))
    assert not check_password(typed.upper(), make_password(set_as))


@REAL_HASHERS
def test_a_password_set_before_is_taken_as_typed_then_and_hashed_again(db: None) -> None:
    before = f"caf{E_AND_ACCENT} at the harbor"
    user = User(email="ines@harbor.example")
    user.password = make_password(before, hasher="argon2")
    user.save()

    assert user.check_password(before)

    user.refresh_from_db()
    assert identify_hasher(user.password).algorithm == "argon2nfkc"
    assert user.check_password(f"caf{E_ACUTE} at the harbor")


@REAL_HASHERS
def test_a_hash_of_another_cost_is_replaced_when_it_is_used(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NormalizingHasher, "time_cost", 1)
    user = User(email="ines@harbor.example")
    user.set_password("seven quiet herons")
    user.save()
    monkeypatch.undo()

    assert user.check_password("seven quiet herons")

    assert "m=65536,t=2,p=1" in User.objects.get().password


def test_the_cost_is_what_owasp_asks_or_more() -> None:
    """19 MiB twice on one lane, or as much work in more memory."""
    memory, rounds = product.ARGON2["memory_cost"], product.ARGON2["time_cost"]

    assert memory >= 19 * 1024
    assert memory * rounds >= 2 * 19 * 1024
