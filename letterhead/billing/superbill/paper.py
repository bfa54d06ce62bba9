"""The superbill: a receipt that a client hands to their insurer, as an accessible PDF."""

import datetime as dt
import io
import json
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from letterhead.billing.contents import Contents
from letterhead.billing.superbill.words import all_words
from letterhead.files.glyphs import FONTS, printable, unprintable

TEMPLATE, BLANK = (Path(__file__).with_name(f"{name}.typ") for name in ("superbill", "blank"))
_REMEMBERED = 10  # documents: the age that typst-py gives to comemo::evict
_LOGO_BOX = (120, 48)  # points
_SIGNATURE_BOX = (220, 44)
_FORMATS = ("PNG", "JPEG", "WEBP")
_of_this_thread = threading.local()


def superbill_pdf(
    contents: Contents, *, logo: bytes | None = None, signature: bytes | None = None
) -> bytes:
    """Print a superbill as PDF/UA-1; the same contents and pictures give the same bytes.

    `logo` and `signature` are pictures in PNG, JPEG or WebP; anything else is left out, and a draft
    isn't signed. Characters that our fonts don't have (`missing_glyphs`) show as boxes, so that a
    draft can be seen before they are fixed.
    """
    day = contents.issued_on
    pdf: bytes = compiled(
        "pdf",
        contents,
        logo=logo,
        signature=signature,
        pdf_standards="ua-1",
        timestamp=dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC),
    )
    return pdf


def compiled(
    form: Literal["pdf", "svg"],
    contents: Contents,
    *,
    logo: bytes | None,
    signature: bytes | None,
    **options: Any,
) -> Any:
    """What typst makes of a superbill; afterwards it has forgotten it."""
    printed = _printable(all_words(contents))
    signs = printed[0]["signed"]
    signed = signature if signs else None
    told = {
        "words": json.dumps(printed, ensure_ascii=False),
        "day": contents.issued_on.isoformat(),
        "logo": _picture(logo, printable(contents.letterhead.practice.name), _LOGO_BOX),
        "signature": _picture(signed, signs, _SIGNATURE_BOX),
    }
    try:
        return _compiler(TEMPLATE).compile(format=form, sys_inputs=told, **options)
    finally:
        _forget()


def missing_glyphs(contents: Contents) -> str:
    """The characters on a superbill that our fonts don't have, each once and in order."""
    return unprintable("".join(_texts(all_words(contents))))


def _compiler(template: Path) -> Any:
    """A new compiler, since it keeps what it was given; its fonts stay, one set for each thread."""
    import typst

    if not hasattr(_of_this_thread, "fonts"):
        _of_this_thread.fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
        )
    return typst.Compiler(template, root=template.parent, font_paths=_of_this_thread.fonts)


def _forget() -> None:
    """Make typst forget the superbill: it remembers parts of the last ten documents (0.5 ms)."""
    blank = _compiler(BLANK)
    for _ in range(_REMEMBERED + 1):
        blank.compile(format="pdf")


def _printable(value: Any) -> Any:
    """The words with a box for each character that can't be printed."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(inner) for key, inner in value.items()}
    return [_printable(inner) for inner in value]


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value
    return [text for one in inner for text in _texts(one)]


@lru_cache(maxsize=64)
def _picture(picture: bytes | None, alt: str, box: tuple[int, int]) -> str:
    """A picture for the template: bytes, size in points, words for people who can't see it."""
    size = _size(picture)
    if picture is None or size is None:
        return "null"
    scale = min(box[0] / size[0], box[1] / size[1])
    width, height = (round(side * scale, 2) for side in size)
    return json.dumps({"data": list(picture), "width": width, "height": height, "alt": alt})


def _size(picture: bytes | None) -> tuple[int, int] | None:
    from PIL import Image, UnidentifiedImageError

    if not picture:
        return None
    try:
        with Image.open(io.BytesIO(picture), formats=_FORMATS) as opened:
            opened.load()
            return opened.size
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return None
