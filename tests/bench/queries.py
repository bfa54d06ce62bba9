"""How many statements each page asks the database, the session's and the person's included."""

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letterhead.cli.main import DEMO_PASSWORD
from tests.bench.production import start, tell
from tests.bench.wire import form_fields

PAGES = {
    "My Details": "/my-details/",
    "Edit General Details": "/my-details/general/",
    "Clients": "/clients/",
    "Bills": "/billing/",
    "Account Settings": "/account-settings/",
}
_NO_QUERY = re.compile(r"BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE", re.IGNORECASE)


def main() -> None:
    """Count and tell."""
    client = Client(SERVER_NAME="localhost")
    page = client.get("/login/").content.decode()
    typed = {"login": "dana@riverside.example", "password": DEMO_PASSWORD}
    client.post("/login/", form_fields(page) | typed)
    client.get(PAGES["My Details"])  # the first page after a login says so, once
    counted = {name: _count(client, path) for name, path in PAGES.items()}
    fields = form_fields(client.get(PAGES["Edit General Details"]).content.decode())
    changed = fields | {"pronouns": "she/her, counted"}
    counted["save of one field"] = _count(client, PAGES["Edit General Details"], changed)
    tell("queries a page", counted)


def _count(client: Client, path: str, fields: dict[str, str] | None = None) -> int | str:
    with CaptureQueriesContext(connection) as asked:
        answer: Any = client.post(path, fields) if fields else client.get(path)
    if answer.status_code != (302 if fields else 200):
        return f"status {answer.status_code}"
    return sum(not _NO_QUERY.match(query["sql"]) for query in asked)


if __name__ == "__main__":
    start()
    main()
