"""No process keeps tax IDs, client names or member IDs once a page or a paper was sent.

Everything is looked at that any module leads to: their globals, caches of functions, registries,
of Letterhead and of all libraries. What typst remembers can't be seen from here: it is made to
forget (`superbill/paper.py`).
"""

import gc
import logging
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from types import FrameType, ModuleType, SimpleNamespace
from typing import Any

import pytest
from pytest_django import Settings

from letterhead.billing.actions import issue, make_bill
from letterhead.billing.models import Bill
from letterhead.claims import cms1500
from letterhead.clients.models import Client, Policy
from letterhead.encryption.fields import bound
from letterhead.practices.models import Practice
from tests.billing.ready import NOW, full_visit
from tests.clients.desk import Desk
from tests.details.pages import MyDetails

TAX_ID, PRACTICE_TAX_ID, NAME, MEMBER_ID = "900776655", "987604321", "Zyxmarkova", "QJ7XMARK42"
MARKS = (
    *(TAX_ID, "900-77-6655", "900 77 6655", PRACTICE_TAX_ID, "98-7604321", "98 7604321"),
    *(NAME.lower(), MEMBER_ID.lower()),
)
OF_TESTS = ("tests", "_pytest", "pytest", "pluggy", "xdist", "execnet", "hypothesis", "__main__")
PASSING = (FrameType, logging.Logger, logging.Handler)  # what pytest captures for its report


def remembered() -> list[str]:
    """What any module still leads to of the marked values, and by which way."""
    gc.collect()
    modules = {name: m for name, m in sys.modules.items() if isinstance(m, ModuleType)}
    seen = {id(each) for module in modules.values() for each in (module, vars(module))}
    ours = [name for name in modules if not name.startswith(OF_TESTS)]
    waiting: list[tuple[str, Any]] = [(name, vars(modules[name])) for name in sorted(ours)]
    found = []
    while waiting:
        way, holder = waiting.pop()
        for thing in gc.get_referents(holder):
            if id(thing) in seen:
                continue
            seen.add(id(thing))
            kind = type(thing)  # isinstance would wake lazy objects
            if issubclass(kind, str | bytes):
                found += [f"{way}: {thing[:80]!r}"] if is_marked(thing) else []
            elif not issubclass(kind, PASSING):
                waiting.append((f"{way[:200]} › {name_of(thing)}", thing))
    return found


def is_marked(text: str | bytes) -> bool:
    shown = text if isinstance(text, str) else text.decode("latin-1")
    return any(mark in shown.lower() for mark in MARKS)


def name_of(thing: Any) -> str:
    named = type(thing).__name__ in {"function", "_lru_cache_wrapper", "type"}
    return str(getattr(thing, "__qualname__", "")) if named else type(thing).__name__


def pages_of(client: Client, policy: Policy, bills: list[Bill]) -> Iterator[str]:
    yield from ("/my-details/", "/my-details/general/", "/my-details/where-it-appears/")
    yield from ("/account-settings/", "/account-settings/billing/", "/users/", "/activity/")
    yield from ("/clients/", f"/clients/?q={NAME}", "/billing/", f"/clients/{client.pk}/")
    yield from (f"/clients/{client.pk}/edit/", f"/clients/policies/{policy.pk}/edit/")
    yield from (f"/billing/bills/{bill.pk}/" for bill in bills)


def files_of(bills: list[Bill]) -> Iterator[str]:
    for bill in bills:
        forms = bill.issued.files.values_list("form", flat=True)
        yield from (f"/billing/bills/{bill.pk}/{form}.pdf" for form in forms)


def test_nothing_private_is_remembered_after_pages_and_papers(
    cast: SimpleNamespace, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    visit = full_visit(cast)
    MyDetails(cast.dana).save({"Individual Tax ID": TAX_ID, "Kind of tax ID": "ITIN"})
    Practice.objects.filter(pk=cast.practice.pk).update(
        **bound(cast.practice, {"tax_id": PRACTICE_TAX_ID})
    )
    Policy.objects.filter(client=visit.client).update(member_id=MEMBER_ID)
    desk = Desk(cast.dana)
    assert desk.save(f"/clients/{visit.client.pk}/edit/", last_name=NAME).status_code == 302
    visit.refresh_from_db()
    bills = [make_bill(visit, kind=kind, by=cast.dana.user) for kind in Bill.Kind]

    pages = list(pages_of(visit.client, Policy.objects.get(), bills))
    drafts = "".join(desk.read(page) for page in pages)
    searched = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/clients/?q={NAME}"}
    desk.browser.get("/clients/add/", headers=searched)
    for bill in bills:
        issue(bill, by=cast.dana.user, now=NOW)
    papers = [desk.get(path) for path in [*pages, *files_of(bills)]]

    assert NAME in drafts
    assert MEMBER_ID in drafts
    assert {answer.status_code for answer in papers} == {200}
    assert remembered() == []


def test_what_a_cache_keeps_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    @lru_cache
    def shown(name: str) -> list[str]:
        return [name]

    monkeypatch.setattr(cms1500, "shown", shown, raising=False)
    shown("".join(["Ida ", "Zyx", "markova"]))

    assert any("letterhead.claims.cms1500" in way for way in remembered())
