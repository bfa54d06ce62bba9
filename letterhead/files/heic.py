"""HEIC, the format of phone cameras, decoded in a separate process.

One wrong byte can crash the decoder (pi-heif 1.4; its test has such a file) and the process that
called it, so that process does nothing else, with limited memory and time. This file is also the
process's program, so it imports nothing from Letterhead.
"""

import os
import struct
import subprocess
import sys
from io import BytesIO
from pathlib import Path

SECONDS, MOST_MEMORY = 20, 3_000_000_000
TOO_MANY_PIXELS = 3  # exit status of the process; 1 means that the picture can't be read


class Undecodable(Exception):
    """This HEIC is broken, or it isn't one."""


class TooLarge(Exception):
    """It has more pixels than are decoded."""


def looks_like_heic(head: bytes) -> bool:
    """Whether a file that starts with these 12 bytes says it is HEIC."""
    return head[4:8] == b"ftyp"


def as_tiff(heic: bytes, *, most_pixels: int) -> bytes:
    """Return a HEIC as TIFF, upright, with its color profile. Raises Undecodable, TooLarge."""
    program = [sys.executable, "-I", str(Path(__file__).resolve()), str(most_pixels)]
    try:
        done = subprocess.run(  # noqa: S603 (our own program; it only reads what people sent)
            program, input=heic, capture_output=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise Undecodable from error
    if done.returncode == TOO_MANY_PIXELS:
        raise TooLarge
    if done.returncode:
        raise Undecodable(done.returncode)
    return done.stdout


def main(most_pixels: int) -> int:
    """Read a HEIC from standard input and write it as TIFF to standard output."""
    from pi_heif import register_heif_opener
    from PIL import Image

    _limit_itself()
    register_heif_opener()
    out = BytesIO()
    try:
        with Image.open(BytesIO(sys.stdin.buffer.read()), formats=("HEIF",)) as picture:
            if picture.width * picture.height > most_pixels:
                return TOO_MANY_PIXELS
            picture.load()
            profile = picture.info.get("icc_profile")
            picture.info.clear()
            picture.save(out, "TIFF", icc_profile=profile)
    except (OSError, ValueError, SyntaxError, EOFError, RuntimeError, struct.error):
        return 1
    sys.stdout.buffer.write(out.getbuffer())
    return 0


def _limit_itself() -> None:
    """Limit memory and time where the system can; the caller limits the time too."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    sys.stdout.flush()
    code = main(int(sys.argv[1]))
    sys.stdout.flush()
    os._exit(code)  # there is nothing left to clean up
