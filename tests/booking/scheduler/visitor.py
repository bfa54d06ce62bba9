"""A visitor without cookies and scripts, who follows links and sends forms."""

import re
from typing import Any

from django.test import Client

from tests.booking.street import Seen

ANN = {
    "first_name": "Ann",
    "last_name": "Lee",
    "email": "ann@client.example",
    "phone": "(212) 555-0123",
    "reason": "Sleeping badly",
    "agree": "on",
}


def form_path(kind: Any, place: Any, time: str, *, clinician: str = "") -> str:
    """The address of the form for a time such as 2026-12-07T15:00Z."""
    who = f"{clinician}/" if clinician else ""
    return f"/book/riverside/{who}services/{kind.pk}/book/?at={place.pk}&time={time}"


def hidden(seen: Seen) -> dict[str, str]:
    """The hidden fields of a page's form."""
    fields = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', seen.html)
    return dict(fields)


def open_form(path: str, address: str = "192.0.2.7") -> Seen:
    """Open a form from a network address."""
    return Seen(Client(REMOTE_ADDR=address).get(path))


def send(path: str, address: str = "192.0.2.7", **typed: str) -> Any:
    """Open a form, fill it in and send it; give the answer."""
    fields = hidden(open_form(path, address))
    return Client(REMOTE_ADDR=address).post(path, {**fields, **ANN, **typed})
