"""A clinician's public card as a vCard 3.0 (RFC 2426), which every phone accepts. Pure.

Values are escaped (backslash, comma, semicolon, line break) and lines folded (at most 75 octets,
never inside a character) in a way that RFC 6350 allows too.
"""

import datetime as dt
import re
from base64 import b64encode

from letterhead.booking import addresses
from letterhead.booking.public_practice import PublicPractice
from letterhead.details.public_card import PublicCard
from letterhead.places.addresses import street_of
from letterhead.places.countries import country_name
from letterhead.texts.plain_text import text_lines

MOST_OCTETS = 75
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")


def vcard(practice: PublicPractice, card: PublicCard, *, photo: bytes = b"") -> str:
    """Return the whole file, with CR LF at the end of lines.

    `photo`, a JPEG, is embedded: address books on phones don't load pictures by URL.
    """
    at = practice.address
    credentials = [part for part in map(str.strip, card.credentials.split(",")) if part]
    suffixes = [part for part in (card.suffix, *credentials) if part]
    name = [card.last_name, card.first_name, card.middle_name, card.title]
    country = country_name(at.country) if practice.address_lines else ""
    region = [at.city, at.state, at.postal_code]
    changed = [at.astimezone(dt.UTC) for at in (practice.changed_at, card.changed_at) if at]
    lines = [
        ("BEGIN", "VCARD"),
        ("VERSION", "3.0"),
        ("UID", f"urn:uuid:{card.uid}" if card.uid else ""),
        ("REV", f"{max(changed):%Y-%m-%dT%H:%M:%SZ}" if changed else ""),
        ("FN", _text(", ".join([card.name, *credentials]))),
        ("N", _structured([*name, *suffixes[:1]], *suffixes[1:])),
        ("ORG", _text(practice.name)),
        ("TITLE", _text(card.credentials)),
        ("TEL;TYPE=WORK,VOICE", practice.phone),
        (
            "ADR;TYPE=WORK",
            _place(["", "", street_of(at), *region, country]),
        ),
        ("URL", addresses.whole(addresses.card_path(practice, card))),
        ("URL;TYPE=WORK", practice.website),
        ("PHOTO;ENCODING=b;TYPE=JPEG", b64encode(photo).decode()),
        ("NOTE", _text("\n".join(text_lines(card.description)))),
        ("END", "VCARD"),
    ]
    return "".join(_folded(f"{name}:{value}") for name, value in lines if value)


def _text(value: str) -> str:
    """Return one value escaped, with a space for each character that lines can't have."""
    plain = _CONTROLS.sub(" ", value.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"([\\,;])", r"\\\1", plain).replace("\n", r"\n")


def _structured(parts: list[str], *more_suffixes: str) -> str:
    """Return the value of N: five parts, the last a list."""
    five = [_text(part) for part in parts] + [""] * (5 - len(parts))
    return ";".join(five) + "".join(f",{_text(suffix)}" for suffix in more_suffixes)


def _place(parts: list[str]) -> str:
    return ";".join(map(_text, parts)) if any(parts) else ""


def _folded(line: str) -> str:
    """Return a line folded: what follows the first 75 octets continues after a space."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > MOST_OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]).decode() + "\r\n"
