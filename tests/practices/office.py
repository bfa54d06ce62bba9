"""A person's browser without scripts: it reads what the page shows and sends what it would send."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from tests.factories import Person

SETTINGS = "/account-settings/"
PRACTICE = f"{SETTINGS}practice/"
BILLING = f"{SETTINGS}billing/"
LOGO = f"{SETTINGS}logo/"
ADD_PAYER = f"{SETTINGS}payers/add/"
ADD_PRINTER = f"{SETTINGS}printers/add/"


@dataclass
class Control:
    """A field as the page shows it."""

    name: str = ""
    value: str = ""
    sent: bool = True
    attributes: dict[str, str] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)


class Shown(HTMLParser):
    """A page as a person meets it: controls by label, errors beside them, buttons, links, text."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.status = answer.status_code
        self.location = answer.headers.get("Location", "")
        self.html = answer.content.decode()
        self.controls: dict[str, Control] = {}  # by id, or by name where there is none
        self.labels: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.buttons: list[str] = []
        self.text = ""
        self._inside: list[tuple[str, str]] = []
        self._select: Control | None = None
        self._area: Control | None = None
        self._option = ""
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins here."""
        have = {name: value or "" for name, value in attrs}
        if tag == "input":
            self._input(have)
        elif tag == "select":
            self._select = self._keep(Control(have["name"], attributes=have))
        elif tag == "textarea":
            self._area = self._keep(Control(have.get("name", ""), attributes=have))
        elif tag == "option" and self._select:
            self._option = have.get("value", "")
            if "selected" in have or not self._select.options:
                self._select.value = self._option
        if tag == "button":
            self.buttons.append("")
        if tag not in {"input", "meta", "link", "img", "br", "hr"}:
            self._inside.append((tag, have.get("for", have.get("id", ""))))

    def handle_endtag(self, tag: str) -> None:
        """Note what ends here."""
        if any(tag == open_tag for open_tag, _ in self._inside):
            while self._inside.pop()[0] != tag:
                pass
        if tag == "select":
            self._select = None
        elif tag == "textarea" and self._area:
            self._area.value = self._area.value.removeprefix("\n")
            self._area = None
        elif tag == "button":
            self.buttons[-1] = " ".join(self.buttons[-1].split())

    def handle_data(self, data: str) -> None:
        """Give the text to all that it stands in."""
        self.text += data
        if self._area:
            self._area.value += data
        for tag, mark in self._inside:
            if tag == "label":
                self.labels[mark] = self.labels.get(mark, "") + data.strip()
            elif tag == "button":
                self.buttons[-1] += data
            elif mark:
                self.texts[mark] = self.texts.get(mark, "") + data
        if self._select and self._inside[-1][0] == "option":
            self._select.options[data] = self._option

    def _input(self, have: dict[str, str]) -> None:
        ticks = have.get("type") in {"checkbox", "radio"}
        value = have.get("value", "on" if ticks else "")
        sent = "checked" in have if ticks else have.get("type") != "file"
        self._keep(Control(have.get("name", ""), value, sent, have))

    def _keep(self, control: Control) -> Control:
        self.controls[control.attributes.get("id", control.name)] = control
        return control

    def field(self, label: str) -> Control:
        """Find a field by its label."""
        found = [self.controls[mark] for mark, text in self.labels.items() if text == label]
        assert len(found) == 1, f"{label}: {len(found)} of {sorted(self.labels.values())}"
        return found[0]

    def says_beside(self, label: str) -> str:
        """Give the error that a field refers to; "" where it holds none."""
        about = self.field(label).attributes
        marks = [m for m in about.get("aria-describedby", "").split() if m.endswith("_error")]
        assert bool(marks) == (about.get("aria-invalid") == "true")
        return " ".join(self.texts[mark].strip() for mark in marks)

    def wrong(self) -> dict[str, str]:
        """Give the errors of all fields by label."""
        said = {label: self.says_beside(label) for label in self.labels.values()}
        return {label: error for label, error in said.items() if error}

    def sends(self) -> dict[str, Any]:
        """Give what a browser would send."""
        return {c.name: c.value for c in self.controls.values() if c.sent and c.name}


class Office:
    """A person at work, or a stranger where there is none."""

    def __init__(self, person: Person | None = None) -> None:
        self.browser = Client()
        if person:
            self.browser.force_login(person.user)

    def open(self, address: str) -> Shown:
        """Open an address."""
        return Shown(self.browser.get(address))

    def read(self, address: str) -> str:
        """Open an address and read its text, blanks drawn together. Fails if there is no page."""
        page = self.open(address)
        assert page.status == 200, f"{address}: {page.status} {page.location}"
        return " ".join(page.text.split())

    def post(self, address: str, sent: Mapping[str, Any]) -> Shown:
        """Send exactly this, whatever the page offers."""
        return Shown(self.browser.post(address, sent))

    def save(self, address: str, typed: Mapping[str, Any] | None = None, **pressed: str) -> Shown:
        """Open a form, type into the fields of these labels and press Save."""
        return self.send(address, self.open(address), typed, **pressed)

    def send(
        self,
        address: str,
        form: Shown,
        typed: Mapping[str, Any] | None = None,
        **pressed: str,
    ) -> Shown:
        """Type into a form that was opened before and press Save, or another button."""
        sent = form.sends() | {
            form.field(label).name: form.field(label).options.get(value, value)
            if isinstance(value, str)
            else value
            for label, value in (typed or {}).items()
        }
        sent = {name: value for name, value in (sent | pressed).items() if value is not False}
        return Shown(self.browser.post(address, sent))
