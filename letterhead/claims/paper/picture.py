"""The readable CMS-1500 as pictures: the pages of its paper, for the screen.

A picture has no style sheet, so its colors and letters stand in it: the print's own.
"""

from collections.abc import Sequence

from letterhead.billing.contents import Contents
from letterhead.claims.cms1500 import forms
from letterhead.claims.grid import BOXES
from letterhead.claims.paper.drawing import HEIGHT, LEFT, LINE, TOP, WIDTH
from letterhead.claims.paper.svg import PAGE, drawing, text, value
from letterhead.claims.texts import Printed

_PAPER, _FORM, _INK, _WRONG = "#ffffff", "#9c1c26", "#1c2430", "#a3231b"


def claim_svg(contents: Contents) -> tuple[str, ...]:
    """Draw each form of a claim; a value that can't print as it is stands there in red."""
    mark = contents.number or "Draft, not issued"  # in the form's language, which is English
    filled = forms(contents)
    return tuple(
        _page(form, f"{mark}, form {number} of {len(filled)}" if filled[1:] else mark)
        for number, form in enumerate(filled, 1)
    )


def _page(form: Sequence[Printed], mark: str) -> str:
    values = "".join(
        value(printed, fill=_INK if printed.fits else _WRONG)
        for printed in form
        if printed.key in BOXES
    )
    head = text(LEFT, TOP + LINE * 4.5, mark, font_size=8, font_weight="bold", fill=_INK)
    size = f'viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}pt" height="{HEIGHT:g}pt"'
    return (
        f'<svg {size} xmlns="http://www.w3.org/2000/svg" color="{_FORM}"'
        ' font-family="Helvetica, Arial, sans-serif">'
        f'<path fill="{_PAPER}" d="M0 0h{WIDTH:g}v{HEIGHT:g}h-{WIDTH:g}z"/>{drawing(PAGE)}{head}'
        f'<g font-family="Courier, monospace" font-size="12">{values}</g></svg>'
    )
