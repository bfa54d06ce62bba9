"""Claims and superbills from database rows to stored files; a process for each measure."""

import io
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import msgspec

from tests.bench.production import start, tell

MOST_ROWS, SUPERBILLS = 10_000, 200


def seed() -> None:
    """Add the rows that are printed."""
    _seed("cms1500", MOST_ROWS)
    _seed("superbill", SUPERBILLS)


def _seed(kind: str, rows: int) -> None:
    """Add issued bills of a kind: the demo's, each with another client and number."""
    from letterhead.billing.contents import seal
    from letterhead.billing.models import Bill, IssuedBill
    from letterhead.billing.queries import issued_contents

    kept = list(IssuedBill.objects.filter(bill__kind=kind).select_related("bill"))
    read = [issued_contents(row) for row in kept]
    olds = list(islice(cycle(kept), rows))
    shown = ("practice_id", "visit_id", "kind", "state", "client_id", "practitioner_id",
             "visited_on", "total", "currency")  # fmt: skip
    bills = [Bill(**{name: getattr(old.bill, name) for name in shown}) for old in olds]
    issued = []
    for n, (old, bill) in enumerate(
        zip(olds, Bill.objects.bulk_create(bills, batch_size=500), strict=True)
    ):
        text, sealed = seal(_another(read[n % len(read)], n))
        facts = {"issued_at": old.issued_at, "issued_by": old.issued_by, "sealed": sealed}
        number = f"{kind}-{n}"
        issued.append(
            IssuedBill(
                bill=bill, practice_id=old.practice_id, contents=text, number=number, **facts
            )
        )
    IssuedBill.objects.bulk_create(issued, batch_size=200)


def _another(claim: Any, number: int) -> Any:
    """The same claim for somebody else, so that nothing is looked up that was made before."""
    replace = msgspec.structs.replace
    letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:05d}")
    name = replace(
        claim.client.name, first=letters.title(), last=f"{claim.client.name.last}{letters}"
    )
    return replace(
        claim,
        client=replace(claim.client, name=name),
        policy=claim.policy and replace(claim.policy, member_id=f"BN{number:06d}"),
        visit=replace(claim.visit, account_number=f"V{number}"),
    )


def claims(kind: str, most: int) -> Iterator[Any]:
    """Give issued contents from their rows, decrypted, a few at a time."""
    from letterhead.billing.models import IssuedBill
    from letterhead.billing.queries import issued_contents

    rows = IssuedBill.objects.filter(bill__kind=kind).order_by("-pk")
    for issued in rows[:most].iterator(500):
        yield issued_contents(issued)


def batch(pages: int, *, drawn: bool) -> None:
    """Write one PDF of many claims, and bring it to the disk."""
    from letterhead.claims.paper.batch import write_batch

    place = Path(os.environ["LETTERHEAD_DATA_DIR"], "media", f"batch-{pages}.pdf")

    def write() -> int:
        with place.open("wb") as out:
            written = write_batch(claims("cms1500", pages), out, drawn=drawn)
            out.flush()
            os.fsync(out.fileno())
        return written

    told = {"drawn": drawn, "bytes_a_page": 0, **_timed(write, "pages")}
    told["bytes_a_page"] = place.stat().st_size // pages
    tell(f"CMS-1500 batch of {pages}", told)


def one_file_a_claim(most: int, *, drawn: bool) -> None:
    """Print each claim as a file of its own, kept under its SHA-256 and synced."""
    from letterhead.claims.paper.pdf import data_only, readable

    draw: Callable[[Any], bytes] = readable if drawn else data_only
    tell("CMS-1500, one file a claim", {"drawn": drawn, **_kept(draw, "cms1500", most)})


def superbills(most: int) -> None:
    """Print superbills with a logo as PDF/UA-1, each kept and synced."""
    from letterhead.billing.superbill.paper import superbill_pdf

    logo = _logo()

    def print_one(contents: Any) -> bytes:
        return superbill_pdf(contents, logo=logo)

    tell("superbills", _kept(print_one, "superbill", most))


def _kept(draw: Callable[[Any], bytes], kind: str, most: int) -> dict[str, Any]:
    from letterhead.files.kept import keep_file

    draw(next(claims(kind, 1)))  # what is loaded once is not a file's cost

    def write() -> int:
        return sum(bool(keep_file(draw(contents))) for contents in claims(kind, most))

    return _timed(write, "files")


def _timed(write: Callable[[], int], of: str) -> dict[str, Any]:
    started, cpu = time.perf_counter(), _cpu()
    written = write()
    seconds, cpu = time.perf_counter() - started, _cpu() - cpu
    status = Path("/proc/self/status").read_text()
    return {
        of: written,
        f"{of}_a_second": round(written / seconds, 1),
        f"{of}_a_second_of_cpu": round(written / cpu, 1),
        "peak_mb": round(int(status.partition("VmHWM:")[2].split()[0]) / 1024, 1),
    }


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _logo() -> bytes:
    """A mark and a bar: as many colours as a practice's logo has."""
    from PIL import Image, ImageDraw

    picture, out = Image.new("RGB", (480, 192), "white"), io.BytesIO()
    pen = ImageDraw.Draw(picture)
    pen.ellipse((10, 10, 180, 180), fill="#0f6a5b")
    pen.rectangle((210, 60, 470, 130), fill="#1c2430")
    picture.save(out, "PNG")
    return out.getvalue()


MEASURES: dict[str, Callable[[], None]] = {
    "seed": seed,
    "batch": lambda: batch(1_000, drawn=False),
    "batch-drawn": lambda: batch(1_000, drawn=True),
    "batch-of-most": lambda: batch(MOST_ROWS, drawn=True),
    "one-file": lambda: one_file_a_claim(400, drawn=False),
    "one-file-drawn": lambda: one_file_a_claim(400, drawn=True),
    "superbills": lambda: superbills(SUPERBILLS),
}

if __name__ == "__main__":
    start()
    MEASURES[sys.argv[1]]()
