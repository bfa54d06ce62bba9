"""A clinician's public card as a vCard 3.0 (RFC 2426), which every phone takes. Pure.

Values are escaped and lines folded as RFC 6350 has it too: backslash, comma, semicolon and line
break; at most 75 octets a line, never in the middle of a character.
"""

import re
from base64 import b64encode

from letterhead.booking import addresses
from letterhead.booking.public_practice import PublicPractice
from letterhead.booking.words import text_lines
from letterhead.details.public_card import PublicCard

MOST_OCTETS = 75
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")


def vcard(practice: PublicPractice, card: PublicCard, *, photo: bytes = b"") -> str:
    """Write the whole file, lines ended by CR LF.

    `photo`, a JPEG, stands in it whole: address books of phones fetch none by its address.
    """
    at = practice.address
    suffixes = [part for part in (card.suffix, card.credentials) if part]
    name = [card.last_name, card.first_name, card.middle_name, card.title]
    street = ", ".join(filter(None, (at.line1, at.line2)))
    country = at.country if practice.address_lines else ""
    lines = [
        ("BEGIN", "VCARD"),
        ("VERSION", "3.0"),
        ("FN", _text(card.name)),
        ("N", _structured([*name, *suffixes[:1]], *suffixes[1:])),
        ("ORG", _text(practice.name)),
        ("TITLE", _text(card.credentials)),
        ("TEL;TYPE=WORK,VOICE", practice.phone),
        ("ADR;TYPE=WORK", _place(["", "", street, at.city, at.state, at.postal_code, country])),
        ("URL", addresses.whole(addresses.card_path(practice, card))),
        ("URL;TYPE=WORK", practice.website),
        ("PHOTO;ENCODING=b;TYPE=JPEG", b64encode(photo).decode()),
        ("NOTE", _text("\n".join(text_lines(card.description)))),
        ("END", "VCARD"),
    ]
    return "".join(_folded(f"{name}:{value}") for name, value in lines if value)


def _text(value: str) -> str:
    """Escape one value; what no line may hold becomes a space."""
    plain = _CONTROLS.sub(" ", value.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"([\\,;])", r"\\\1", plain).replace("\n", r"\n")


def _structured(parts: list[str], *more_suffixes: str) -> str:
    """Write N: five parts, the last a list."""
    five = [_text(part) for part in parts] + [""] * (5 - len(parts))
    return ";".join(five) + "".join(f",{_text(suffix)}" for suffix in more_suffixes)


def _place(parts: list[str]) -> str:
    return ";".join(map(_text, parts)) if any(parts) else ""


def _folded(line: str) -> str:
    """Fold a line: what follows the first 75 octets goes on behind a space."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > MOST_OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]).decode() + "\r\n"
