"""HEIC, a phone's own kind of picture, decoded in a process of its own.

One wrong byte can make the decoder crash (pi-heif 1.4; its test holds such a file), and with it
the process that called it: here one that does nothing else, with bounded memory and time. This
file is that process's program too, so it knows nothing of Letterhead.
"""

import os
import struct
import subprocess
import sys
from io import BytesIO
from pathlib import Path

SECONDS, MOST_MEMORY = 20, 3_000_000_000
TOO_MANY_PIXELS = 3  # what the process ends with; 1 says that the picture can't be read


class Undecodable(Exception):
    """This HEIC is broken, or it isn't one."""


class TooLarge(Exception):
    """It has more pixels than are decoded."""


def looks_like_heic(head: bytes) -> bool:
    """Say whether a file that begins like this (12 bytes) is HEIC, by its own account."""
    return head[4:8] == b"ftyp"


def as_tiff(heic: bytes, *, most_pixels: int) -> bytes:
    """Decode a HEIC; give it upright, with its colour profile. Raises Undecodable, TooLarge."""
    program = [sys.executable, "-I", str(Path(__file__).resolve()), str(most_pixels)]
    try:
        done = subprocess.run(  # noqa: S603 (our own program; what people sent is only read)
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
    """Read a HEIC from standard input, write it as TIFF to standard output."""
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
    """Where the system can; the caller watches the time as well."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    sys.stdout.flush()
    code = main(int(sys.argv[1]))
    sys.stdout.flush()
    os._exit(code)  # nothing is left to tidy
