"""The superbill as pictures: the pages of its paper, for the screen."""

from letterhead.billing.contents import Contents
from letterhead.billing.superbill.paper import compiled


def superbill_svg(
    contents: Contents, *, logo: bytes | None = None, signature: bytes | None = None
) -> tuple[str, ...]:
    """Draw the pages that `superbill_pdf` prints, each as an SVG without styles or scripts."""
    drawn: bytes | list[bytes] = compiled("svg", contents, logo=logo, signature=signature)
    pages = drawn if isinstance(drawn, list) else [drawn]
    return tuple(page.decode() for page in pages)
