"""One person's browser without scripts, and the clients, policies and visits that tests need."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.forms import BaseForm, BaseFormSet
from django.test import Client as Browser

from letterhead.billing.models import Visit
from letterhead.billing.visits.actions import NewLine, VisitFacts, add_visit
from letterhead.clients.actions import ClientFacts, PolicyFacts, add_client, add_policy
from letterhead.clients.models import Client, Policy
from tests.factories import Person

Answer = Any  # of Django's test client: a response with `context`


class Desk:
    """A person signed in, who opens addresses and saves the forms found there."""

    def __init__(self, person: Person) -> None:
        self.browser = Browser()
        self.browser.force_login(person.user)

    def get(self, address: str, **query: str) -> Answer:
        """Open an address."""
        return self.browser.get(address, query)

    def read(self, address: str, **query: str) -> str:
        """Open an address and read the page."""
        return self.get(address, **query).content.decode()

    def opened(self, address: str) -> dict[str, str | None]:
        """Open a form and give what a browser would send if Save were pressed at once."""
        parts = _parts(self.browser.get(address))
        return {name: value for part in parts for name, value in _sent(part)}

    def save(self, address: str, **typed: str) -> Answer:
        """Open a form, type into it and press Save."""
        return self.send(address, {**self.opened(address), **typed})

    def send(self, address: str, sent: dict[str, str | None]) -> Answer:
        """Press Save with exactly this."""
        return self.browser.post(address, {k: v for k, v in sent.items() if v is not None})

    def refused(self, address: str, **typed: str) -> dict[str, list[str]]:
        """Save what must be refused; give what is said beside each field."""
        answer = self.save(address, **typed)
        assert answer.status_code == 422, answer.status_code
        return said_beside(answer)


def said_beside(answer: Answer) -> dict[str, list[str]]:
    """Give the errors by the name of their field, each pointed at by that field."""
    page, said = answer.content.decode(), {}
    for part in _parts(answer):
        for form in part.forms if isinstance(part, BaseFormSet) else [part]:
            for name, errors in form.errors.items():
                said[form.add_prefix(name)] = list(errors)
                if name in form.fields:
                    assert f'{form[name].auto_id}_error"' in page
    return said


def _parts(answer: Answer) -> list[BaseForm | BaseFormSet]:
    context = answer.context
    return [context[name] for name in ("form", "lines") if name in context]


def _sent(part: BaseForm | BaseFormSet) -> list[tuple[str, str | None]]:
    if isinstance(part, BaseFormSet):
        count = part.management_form["TOTAL_FORMS"]
        rows = [pair for form in part.forms for pair in _sent(form)]
        return [(count.html_name, str(count.value())), *rows]
    shown = [(f.html_name, f.field.widget.format_value(f.value()), f) for f in part]
    return [(name, _plain(value, field)) for name, value, field in shown]


def _plain(value: Any, field: Any) -> str | None:
    if field.widget_type == "checkbox":
        return "on" if field.value() else None
    return str(value[0] if isinstance(value, list) else value or "")


def client_of(person: Person, first: str = "Ada", last: str = "Moreno", **more: Any) -> Client:
    """A client whose clinician is `person`."""
    facts = ClientFacts(
        first_name=first, last_name=last, clinician_id=person.practitioner_id, **more
    )
    return add_client(person.practice, new=facts, by=person.user)


def policy_of(cast: SimpleNamespace, client: Client, **more: Any) -> Policy:
    """A policy of a client with Acme Health."""
    facts = PolicyFacts(**{"payer_id": cast.acme.pk, "member_id": "ZX81", **more})
    return add_policy(client, new=facts, by=cast.dana.user)


def visit_of(cast: SimpleNamespace, client: Client, day: str = "2026-11-02", **more: Any) -> Visit:
    """A visit of a client with one diagnosis and one service."""
    line = NewLine(
        service_on=dt.date.fromisoformat(day),
        place_of_service="11",
        code="97802",
        modifiers="95",
        description="Nutrition therapy",
        pointers="A",
        charge=Decimal("120.00"),
        units=Decimal(2),
    )
    facts = VisitFacts(
        **{
            "visited_on": dt.date.fromisoformat(day),
            "practitioner_id": client.clinician_id,
            "location_id": cast.office.pk,
            "diagnoses": ("E11.9",),
            "lines": (line,),
            **more,
        }
    )
    return add_visit(client, new=facts, by=cast.dana.user)
