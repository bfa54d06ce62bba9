"""Many claims in one PDF, written with bounded memory."""

from collections.abc import Iterable
from typing import BinaryIO

from letterhead.billing.contents import Contents
from letterhead.claims.cms1500 import fill
from letterhead.claims.grid import NO_OFFSET, Offset
from letterhead.claims.paper.pdf import Paper


def write_batch(
    contents: Iterable[Contents],
    out: BinaryIO,
    *,
    drawn: bool = False,
    offset: Offset = NO_OFFSET,
) -> int:
    """Write all forms of the claims, in order, into one PDF; return the number of pages.

    The claims are taken one at a time. `drawn` adds boxes and captions for people. Raises
    cms1500.DoesNotFit at the first claim that should have been refused.
    """
    paper = Paper(out, drawn=drawn, offset=offset)
    for claim in contents:
        for form in fill(claim):
            paper.add(form)
    paper.close()
    return paper.pages
