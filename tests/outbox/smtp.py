"""A mail server for tests: takes what is sent, or refuses as a test asks."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from pytest_django import Settings

from letterhead.config.mail import mail_settings


class Server(socketserver.ThreadingTCPServer):
    """Listens on 127.0.0.1; `answers` says what a command gets instead of its usual answer,
    and "" what a new connection gets."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.host, self.port = str(self.server_address[0]), int(self.server_address[1])
        self.answers: dict[str, str] = {}
        self.taken: list[EmailMessage] = []
        self.recipients: list[str] = []

    @property
    def url(self) -> str:
        """What EMAIL_URL must say to send here."""
        return f"smtp://{self.host}:{self.port}?from=desk@riverside.example"


class _Talk(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self._say(self.server.answers.get("", "220 ready"))
        for line in self.rfile:
            word, _, rest = line.decode().strip().partition(" ")
            answer = self.server.answers.get(word.upper())
            if answer is None and word.upper() == "RCPT":
                self.server.recipients.append(rest.partition(":")[2].strip("<>"))
            if answer is None and word.upper() == "DATA":
                self._say("354 go on")
                self._take()
            self._say(answer or ("221 bye" if word.upper() == "QUIT" else "250 fine"))

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        mail = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.server.taken.append(mail)

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[Server]:
    """Run a mail server during the block."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def mail_through(url: str, settings: Settings, folder: Path) -> None:
    """Have the product's emails go to a mail server."""
    for name, value in mail_settings(url, folder=folder, host="x").items():
        setattr(settings, name, value)
