"""A browser reduced to its wire: one kept-alive connection, so that the server is what is timed."""

import gzip
import re
import socket
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlencode


class Answer(NamedTuple):
    """What came back; `body` as it was sent, compressed or not."""

    status: int
    head: str
    body: bytes

    @property
    def text(self) -> str:
        """The body as people see it."""
        zipped = "content-encoding: gzip" in self.head.lower()
        return (gzip.decompress(self.body) if zipped else self.body).decode()


class Wire:
    """One connection with its cookies."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.host = f"localhost:{port}"
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """Ask for a page as a browser does."""
        return self.exchange(self.written("GET", path))

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form."""
        return self.exchange(self.written("POST", path, fields))

    def written(self, method: str, path: str, fields: dict[str, str] | None = None) -> bytes:
        """Write a request out, so that only its sending and its answer are timed."""
        body = urlencode(fields or {}).encode()
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self.host}",
            "Accept-Encoding: gzip",
            "Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        ]
        if method in {"POST", "PUT"}:
            lines += [
                f"Origin: http://{self.host}",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def exchange(self, request: bytes) -> Answer:
        """Send it and read the whole answer."""
        self.socket.sendall(request)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, body = got.partition(b"\r\n\r\n")
        length = int(_found(rb"content-length: (\d+)", head) or 0)
        while len(body) < length:
            body += self._more()
        return Answer(int(head[9:12]), head.decode("latin-1"), body)

    def _more(self) -> bytes:
        if not (got := self.socket.recv(1 << 18)):
            raise ConnectionError("the server hung up")
        return got

    def log_in(self, email: str, password: str) -> None:
        """Sign in by the page, and keep the session and the token that forms need."""
        self.keep_cookies(self.get("/login/"))
        page = self.get("/login/")
        fields = form_fields(page.text) | {"login": email, "password": password}
        self.keep_cookies(self.post("/login/", fields))

    def keep_cookies(self, answer: Answer) -> None:
        """Keep the session and the token that forms need."""
        cookies = re.findall(r"(?im)^set-cookie: *(csrftoken|sessionid)=([^;]+)", answer.head)
        self.cookies |= dict(cookies)


def form_fields(page: str) -> dict[str, str]:
    """Give what a browser would send if nothing were changed on a page."""
    reader = _Fields()
    reader.feed(page)
    return reader.fields


def _found(pattern: bytes, text: bytes) -> bytes | None:
    found = re.search(pattern, text, re.IGNORECASE)
    return found and found[1]


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "select":
            self.select = name
        elif tag == "textarea":
            self.textarea = name
            self.fields[name] = ""
        elif tag == "option" and (self.select not in self.fields or "selected" in given):
            self.fields[self.select] = given.get("value", "")
        elif tag == "input" and name and kind not in {"submit", "file"}:
            ticked = kind in {"checkbox", "radio"}
            if not ticked or "checked" in given:
                self.fields[name] = given.get("value", "on" if ticked else "")

    def handle_endtag(self, tag: str) -> None:
        self.textarea = "" if tag == "textarea" else self.textarea

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.fields[self.textarea] += data.removeprefix("\n")
