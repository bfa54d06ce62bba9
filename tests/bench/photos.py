"""A hundred photos of 12 megapixels at once: a worker's time beyond decoding, and its memory."""

import io
import json
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from tests.bench.production import run, start
from tests.bench.server import cpu_seconds, processes, serving
from tests.bench.wire import Wire
from tests.served import Served

UPLOADS, AT_ONCE = 100, 16
WIDTH, HEIGHT = 4_032, 3_024
SESSIONS, TOKEN = "photo-sessions.json", "b" * 32
FOUND = 302


def seed() -> None:
    """Add a hundred people who are logged in."""
    from django.test import Client

    from letterhead.practices.queries import practice_with_slug
    from letterhead.practices.roles import Role
    from tests.factories import member

    practice = practice_with_slug("riverside")
    assert practice is not None
    cookies = []
    for number in range(UPLOADS):
        browser = Client()
        browser.force_login(member(practice, Role.CLINICAL, f"B{number}", "Ench").user)
        cookies.append(browser.cookies["sessionid"].value)
    Path(os.environ["LETTERHEAD_DATA_DIR"], SESSIONS).write_text(json.dumps(cookies))


def measure_photos(data_dir: Path) -> dict[str, Any]:
    """Send a photo each, 16 at a time, to one worker."""
    run(data_dir, "tests.bench.photos")
    sessions = json.loads((data_dir / SESSIONS).read_text())
    picture = camera_picture()
    requests: SimpleQueue[tuple[str, bytes]] = SimpleQueue()
    for number, session in enumerate(sessions):
        requests.put((session, picture + str(number).encode()))
    with serving(data_dir, settings="letterhead.config.settings", workers=1) as server:
        list(_send(server, requests, most=1))
        first, cpu, started = peak_mb(server), cpu_seconds(server), time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as people:
            each = people.map(lambda _: list(_send(server, requests)), range(AT_ONCE))
            seconds = [one for some in each for one in some]
        cpu, whole = cpu_seconds(server) - cpu, time.perf_counter() - started
        last = peak_mb(server)
    decoding = decoding_ms(picture)
    a_photo = cpu / len(seconds) * 1000
    return {
        "bench": f"{UPLOADS} photos of 12 megapixels, {AT_ONCE} at once",
        "cpu_ms_a_photo": round(a_photo, 1),
        "of_it_decoding": round(decoding, 1),
        "beyond_decoding": round(a_photo - decoding, 1),
        "photos_a_second": round(len(seconds) / whole, 1),
        "slowest_answer_s": round(max(seconds), 2),
        "peak_mb": {"after_1": round(first), f"after_{UPLOADS}": round(last)},
        "picture_mb": round(len(picture) / 1e6, 1),
    }


def camera_picture() -> bytes:
    """A JPEG of 12 megapixels with as much in it as a camera's."""
    from PIL import Image

    size = (WIDTH, HEIGHT)
    across = Image.linear_gradient("L").rotate(90).resize(size)
    rough = Image.effect_noise((WIDTH // 4, HEIGHT // 4), 60).resize(size)
    picture = Image.merge("RGB", [across, rough, Image.radial_gradient("L").resize(size)])
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=93)
    return out.getvalue()


def decoding_ms(picture: bytes) -> float:
    """What Pillow alone takes to decode it, at the fraction that a photo needs."""
    from PIL import Image

    started, rounds = time.process_time(), 20
    for _ in range(rounds):
        with Image.open(io.BytesIO(picture)) as image:
            image.draft("RGB", (1_366, 1_024))
            image.load()
    return (time.process_time() - started) / rounds * 1000


def peak_mb(server: Served) -> float:
    """The most memory that any of a server's processes has had so far."""
    told = [Path(f"/proc/{pid}/status").read_text() for pid in processes(server)]
    return max(int(text.partition("VmHWM:")[2].split()[0]) for text in told) / 1024


def _send(
    server: Served, requests: SimpleQueue[tuple[str, bytes]], most: int = UPLOADS
) -> Iterator[float]:
    for _ in range(most):
        if requests.empty():
            return
        session, picture = requests.get()
        wire = Wire(server.port)
        request = _written(wire.host, session, picture)
        started = time.perf_counter()
        answer = wire.exchange(request)
        yield time.perf_counter() - started
        wire.socket.close()
        if answer.status != FOUND:
            raise RuntimeError(f"{answer.status}\n{answer.text[:2000]}")


def _written(host: str, session: str, picture: bytes) -> bytes:
    edge = "photo-bench-edge"
    fields = {"csrfmiddlewaretoken": TOKEN, "version": "1"}
    named = 'Content-Disposition: form-data; name="{}"'
    parts = [f"--{edge}\r\n{named.format(k)}\r\n\r\n{v}\r\n" for k, v in fields.items()]
    parts += [f"--{edge}\r\n{named.format('photo')}; filename=me.jpg\r\n\r\n"]
    body = "".join(parts).encode() + picture + f"\r\n--{edge}--\r\n".encode()
    head = (
        "POST /my-details/photo/ HTTP/1.1",
        f"Host: {host}",
        f"Origin: http://{host}",
        f"Cookie: sessionid={session}; csrftoken={TOKEN}",
        f"Content-Type: multipart/form-data; boundary={edge}",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join([*head, "", ""]).encode() + body


if __name__ == "__main__":
    start()
    seed()
