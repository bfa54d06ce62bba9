"""One side of the growth table: measures the pages of one database, one line for each request.

Reads lines of "measure", "read" or "plan", who, and an address; answers each in a line of JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letterhead.cli.main import DEMO_PASSWORD
from tests.bench.wire import form_fields

TRIES, FEWEST, ENOUGH_MS = 12, 3, 3_000
FIRST = 2  # which load what is loaded once


def main() -> None:
    """Answer until there is nothing more to do."""
    people: dict[str, Client] = {}
    ways: dict[str, Callable[[Client, str], Any]] = {"measure": _cost, "read": _read, "plan": _plan}
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        way, who, address = line.rstrip("\n").split("\t")
        if who not in people:
            people[who] = _logged_in(who)
        print(json.dumps(ways[way](people[who], address)), flush=True)


def _logged_in(who: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    page = client.get("/login/").content.decode()
    client.post("/login/", form_fields(page) | {"login": who, "password": DEMO_PASSWORD})
    client.get("/my-details/")  # the first page after a login says so, once
    return client


def _cost(client: Client, address: str) -> dict[str, Any]:
    spent: list[float] = []
    while len(spent) < FIRST + FEWEST or (len(spent) < FIRST + TRIES and sum(spent) < ENOUGH_MS):
        before = _cpu_ms()
        answer: Any = client.get(address)
        spent.append(_cpu_ms() - before)
    rows = answer.content.count(b'<tr role="row"') - answer.content.count(b"<thead")
    return {"status": answer.status_code, "ms": min(spent[FIRST:]), "rows": max(rows, 0)}


def _read(client: Client, address: str) -> dict[str, str]:
    answer: Any = client.get(address)
    return {"page": answer.content.decode()}


def _plan(client: Client, address: str) -> str:
    """Give what the database says of the statement that takes longest, from its WHERE on."""
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    longest = max(asked, key=lambda query: float(query["time"]))
    sql = longest["sql"]
    with connection.cursor() as cursor:
        explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
        cursor.execute(f"{explain} {sql}")
        plan = [str(row[-1]).strip() for row in cursor.fetchall()]
    table = sql.partition(' FROM "')[2].partition('"')[0]
    return f"{table}, {longest['time']} s: {'; '.join(plan)}"[:1500]


def _cpu_ms() -> float:
    """The CPU time of this process, and of the one that works for it in PostgreSQL."""
    mine = time.process_time() * 1000
    if connection.vendor != "postgresql":
        return mine
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    return mine + int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6
