"""Description and About me without scripts: lines in textareas, boxes that share a name."""

from collections.abc import Mapping
from typing import Any

from django.test import Client

from tests.details.pages import ADDRESS, GroupedPage
from tests.factories import Person
from tests.practices.office import Control

DESCRIPTION = f"{ADDRESS}description/"
ABOUT_ME = f"{ADDRESS}about-me/"


class CardPage(GroupedPage):
    """A page with textareas, and with boxes of one name that are sent together."""

    def __init__(self, answer: Any) -> None:
        self._area: Control | None = None
        super().__init__(answer)
        for mark, control in self.controls.items():
            if control.attributes.get("data-lines"):
                control.value = self.texts.get(mark, "").removeprefix("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a textarea as a field of lines."""
        if tag == "textarea":
            have = {name: value or "" for name, value in attrs}
            self._keep(Control(have["name"], attributes=have | {"data-lines": "yes"}))
        super().handle_starttag(tag, attrs)

    def ticked(self, name: str) -> list[str]:
        """Return the values of the selected checkboxes with one name."""
        return [each.value for each in self.controls.values() if each.name == name and each.sent]

    def sends(self) -> dict[str, Any]:
        """Return what a browser would send; checkboxes with one name as a list."""
        sent: dict[str, Any] = {}
        for each in self.controls.values():
            if each.sent and each.name:
                boxes = each.attributes.get("type") == "checkbox"
                sent[each.name] = [*sent.get(each.name, []), each.value] if boxes else each.value
        return sent


class MyCard:
    """One person's browser at the two pop-ups of their card; no one's without a person."""

    def __init__(self, person: Person | None) -> None:
        self.browser = Client()
        if person:
            self.browser.force_login(person.user)

    def read(self) -> str:
        """Read My Details as HTML, blanks drawn together."""
        return " ".join(self.browser.get(ADDRESS).content.decode().split())

    def open(self, address: str) -> CardPage:
        """Open a pop-up's own page."""
        return CardPage(self.browser.get(address))

    def save(self, address: str, typed: Mapping[str, Any]) -> CardPage:
        """Open a form, type into the fields of these labels and press Save."""
        return self.send(address, self.open(address), typed)

    def send(self, address: str, page: CardPage, typed: Mapping[str, Any]) -> CardPage:
        """Type into a form that was opened before and press Save; False takes a tick away."""
        sent = page.sends() | {page.field(label).name: value for label, value in typed.items()}
        return self.post(address, sent)

    def post(self, address: str, sent: Mapping[str, Any]) -> CardPage:
        """Send exactly this."""
        told = {name: "on" if v is True else v for name, v in sent.items() if v is not False}
        return CardPage(self.browser.post(address, told))
