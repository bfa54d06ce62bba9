"""A visitor of public pages: not logged in, with a fresh browser."""

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from letterhead.details.models import Card, Practitioner
from letterhead.encryption.fields import bound
from tests.factories import Person

PRACTICE = "/book/riverside/"
DANA, SAM = f"{PRACTICE}dana-rivera/", f"{PRACTICE}sam-okafor/"


@dataclass
class Seen(HTMLParser):
    """A page as it arrives: its text, what its head says, and its links."""

    answer: Any
    text: str = ""
    metas: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    rels: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self.status = self.answer.status_code
        self.html = self.answer.content.decode()
        self.feed(self.html)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what the head says and where links lead."""
        have = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.metas[have.get("name") or have.get("property", "")] = have.get("content", "")
        if tag == "link":
            self.rels.setdefault(have["rel"], have["href"])
        if tag == "a":
            self.links.append(have["href"])

    def handle_data(self, data: str) -> None:
        """Collect the text."""
        self.text += data

    @property
    def json_ld(self) -> dict[str, Any]:
        """The page's JSON-LD."""
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', self.html, re.S)
        assert found is not None
        thing: dict[str, Any] = json.loads(found[1])
        return thing


def look(path: str, client: Client | None = None) -> Seen:
    """Open a public page, by default as a stranger."""
    return Seen((client or Client()).get(path))


def write_card(person: Person, **columns: Any) -> None:
    """Change what a person's card says, as its form does: with its version."""
    card = Card.objects.get(practitioner=person.practitioner_id)
    rows = Card.objects.filter(pk=card.pk)
    rows.update(**columns, version=card.version + 1)


def write_details(person: Person, **columns: Any) -> None:
    """Change a person's details, as their form does: with their version."""
    row = person.practitioner
    written = bound(row, columns)
    Practitioner.objects.filter(pk=row.pk).update(**written, version=row.version + 1)
