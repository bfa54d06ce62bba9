"""My Details without scripts: fields found by label, rows by the name of their group."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.test import Client

from tests.factories import Person
from tests.practices.office import Control, Shown

ADDRESS = "/my-details/"
EDIT = f"{ADDRESS}general/"
REVEAL = f"{ADDRESS}tax-id/"

Typed = Mapping[str, Any]


class GroupedPage(Shown):
    """A page whose fields can be in named groups, such as "Phone 1"."""

    def __init__(self, answer: Any) -> None:
        self.groups: dict[str, dict[str, str]] = {}  # legend: {label: id}
        self.presses: dict[tuple[str, str], str] = {}  # (legend, button): value of `rows`
        self._legends: list[str] = []
        self._label: str | None = None
        self._press: str | None = None
        super().__init__(answer)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note in which group this begins."""
        super().handle_starttag(tag, attrs)
        have = dict(attrs)
        if tag == "fieldset":
            self._legends.append("")
        elif tag == "label":
            self._label = have.get("for")
        elif tag == "button" and have.get("name") == "rows":
            self._press = have.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        """Leave a group, a label or a button."""
        super().handle_endtag(tag)
        if tag == "fieldset":
            self._legends.pop()
        elif tag == "label":
            self._label = None
        elif tag == "button":
            self._press = None

    def handle_data(self, data: str) -> None:
        """Keep the names of groups, of fields in them and of their buttons."""
        inside = self._inside[-1][0] if self._inside else ""
        super().handle_data(data)
        text = data.strip()
        if not text:
            return
        if inside == "legend":
            self._legends[-1] += text
        group = self._legends[-1] if self._legends else ""
        if self._label:
            self.groups.setdefault(group, {})[text] = self._label
        if self._press is not None:
            row = group if group[-1:].isdigit() else ""
            self.presses[row, text] = self._press

    def rows(self, name: str) -> list[str]:
        """Return the names of the groups of one kind, in order."""
        return [group for group in self.groups if group.rstrip("0123456789") == f"{name} "]

    def at(self, label: str, row: str = "") -> Control:
        """Find a field by its label, in a row where one is named."""
        return self.controls[self.groups[row][label]] if row else self.field(label)

    def said(self, label: str, row: str) -> str:
        """Return the error that a row's field refers to."""
        about = self.at(label, row).attributes
        marks = [m for m in about.get("aria-describedby", "").split() if m.endswith("_error")]
        assert bool(marks) == (about.get("aria-invalid") == "true")
        return " ".join(self.texts[mark].strip() for mark in marks)


class MyDetails:
    """One person's browser at My Details, logged in just now unless `just_now` is False.

    Nobody's where there is no person.
    """

    def __init__(self, person: Person | None, *, just_now: bool = True) -> None:
        self.browser = Client()
        if person:
            self.browser.force_login(person.user)
        if person and just_now:
            session = self.browser.session
            record_authentication(SimpleNamespace(session=session), person.user, "password")
            session.save()

    def read(self) -> str:
        """Read My Details, blanks drawn together."""
        return " ".join(Shown(self.browser.get(ADDRESS)).text.split())

    def view(self) -> GroupedPage:
        """Open My Details."""
        return GroupedPage(self.browser.get(ADDRESS))

    def open(self) -> GroupedPage:
        """Open "Edit General Details"."""
        return GroupedPage(self.browser.get(EDIT))

    def save(self, typed: Typed | None = None, rows: Mapping[str, Typed] | None = None) -> Any:
        """Open the form, type and press Save. Rows not there yet are added first."""
        page = self.open()
        for row in rows or {}:
            if row not in page.groups:
                page = self.press(page, _ADD[row.rstrip("0123456789 ")])
        return self.send(page, typed, rows)

    def press(
        self, page: GroupedPage, button: str, row: str = "", typed: Typed | None = None
    ) -> GroupedPage:
        """Type, then press a button that saves nothing."""
        pressed = {"rows": page.presses[row, button]}
        answer = self.send(page, typed, pressed=pressed)
        assert answer.status == 200
        return answer

    def send(
        self,
        page: GroupedPage,
        typed: Typed | None = None,
        rows: Mapping[str, Typed] | None = None,
        pressed: Mapping[str, str] | None = None,
    ) -> GroupedPage:
        """Type into a form opened before and press Save."""
        named = [(page.field(label), value) for label, value in (typed or {}).items()]
        for row, fields in (rows or {}).items():
            named += [(page.at(label, row), value) for label, value in fields.items()]
        sent = page.sends() | {
            control.name: control.options.get(value, value) if isinstance(value, str) else value
            for control, value in named
        }
        return self.post({**sent, **(pressed or {})})

    def post(self, sent: Mapping[str, Any]) -> GroupedPage:
        """Send exactly this; what is False is a box without its tick."""
        ticked = {name: "on" if v is True else v for name, v in sent.items() if v is not False}
        return GroupedPage(self.browser.post(EDIT, ticked))


_ADD = {
    "Phone": "Add phone number",
    "Other ID": "Add other ID",
    "License": "Add license",
    "Number": "Add number",
}
