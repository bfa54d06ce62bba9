"""Bills as people meet them: a draft with today's details, issuing, refusals, files."""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letterhead.billing.contents import Contents
from letterhead.billing.fixing import with_links
from letterhead.billing.models import Bill, IssuedBill, ServiceLine, Visit
from letterhead.billing.problems import Problem
from letterhead.billing.queries import draft_contents, issued_contents
from letterhead.billing.superbill.kind import SUPERBILL as SUPERBILL_KIND
from letterhead.claims.kind import CMS1500 as CMS1500_KIND
from letterhead.clients.models import Client
from letterhead.details.letterhead import PersonName
from letterhead.encryption.fields import bound
from letterhead.practices.models import Membership, Practice
from tests.billing.ready import NOW, draft, full_visit, issued
from tests.clients.desk import Desk, client_of, visit_of
from tests.details.pages import MyDetails
from tests.pdf import pages_of, pdf_text

SUPERBILL, CMS1500 = Bill.Kind.SUPERBILL, Bill.Kind.CMS1500


def page_of(bill: Bill) -> str:
    return f"/billing/bills/{bill.pk}/"


def press_issue(person: Any, bill: Bill) -> Any:
    return Desk(person).browser.post(f"{page_of(bill)}issue/")


def text_of(pdf: bytes) -> str:
    return "\n".join(pdf_text(pdf, page) for page in range(pages_of(pdf)))


def test_a_bill_goes_from_the_visit_to_its_files(cast: SimpleNamespace) -> None:
    dana, visit = Desk(cast.dana), full_visit(cast)

    for address, files in (
        ("new-superbill", ["Superbill PDF"]),
        ("new-cms-1500", ["CMS-1500 PDF", "CMS-1500 for pre-printed forms"]),
    ):
        made = dana.browser.post(f"/billing/visits/{visit.pk}/{address}/")
        assert "Draft" in dana.read(made["Location"])
        done = dana.browser.post(f"{made['Location']}issue/")
        assert (done.status_code, done["Location"]) == (302, made["Location"])
        for name in files:
            assert f"{name}</a>" in dana.read(done["Location"])


def test_a_draft_shows_todays_details(cast: SimpleNamespace) -> None:
    bill = draft(cast, full_visit(cast), SUPERBILL)
    assert "RDN, PhD" in Desk(cast.dana).read(page_of(bill))

    MyDetails(cast.dana).save({"Credentials": "RDN, LDN"})

    assert "RDN, LDN" in Desk(cast.dana).read(page_of(bill))
    answer = Desk(cast.dana).get(f"{page_of(bill)}draft/superbill.pdf")
    assert "RDN, LDN" in text_of(answer.content)


def test_a_refused_issue_links_to_the_field_and_takes_no_number(cast: SimpleNamespace) -> None:
    visit = full_visit(cast)
    bill = draft(cast, visit, CMS1500)
    Client.objects.filter(pk=visit.client_id).update(birth_date=None)

    answer = press_issue(cast.dana, bill)

    link = f"/clients/{visit.client_id}/edit/#id_birth_date"
    assert answer.status_code == 422
    assert f'href="{link}"' in answer.content.decode()
    assert not IssuedBill.objects.exists()
    Client.objects.filter(pk=visit.client_id).update(birth_date=dt.date(1984, 2, 9))
    assert press_issue(cast.dana, bill).status_code == 302
    assert IssuedBill.objects.get().number.endswith("-0001")


def test_numbers_have_no_gaps_by_kind(cast: SimpleNamespace) -> None:
    visit = full_visit(cast)

    kinds = [SUPERBILL, CMS1500, SUPERBILL, SUPERBILL, CMS1500]
    numbers = [issued(cast, visit, kind).number for kind in kinds]

    assert numbers == [
        *("SB-2026-0001", "CL-2026-0001", "SB-2026-0002", "SB-2026-0003", "CL-2026-0002")
    ]


def test_pressing_issue_twice_issues_once(cast: SimpleNamespace) -> None:
    bill = draft(cast, full_visit(cast), SUPERBILL)

    answers = [press_issue(cast.dana, bill) for _ in range(2)]

    assert [(a.status_code, a["Location"]) for a in answers] == [(302, page_of(bill))] * 2
    assert IssuedBill.objects.count() == 1


def test_the_same_draft_is_opened_again(cast: SimpleNamespace) -> None:
    dana, new = Desk(cast.dana), f"/billing/visits/{full_visit(cast).pk}/new-superbill/"

    first, second = dana.browser.post(new), dana.browser.post(new)

    assert first["Location"] == second["Location"]
    assert Bill.objects.count() == 1


def test_a_draft_is_discarded_and_an_issued_bill_is_not(cast: SimpleNamespace) -> None:
    dana, visit = Desk(cast.dana), full_visit(cast)
    bill = draft(cast, visit, SUPERBILL)
    assert "Discard draft" in dana.read(page_of(bill))

    gone = dana.browser.post(f"{page_of(bill)}discard/")

    assert gone["Location"] == f"/clients/{visit.client_id}/"
    assert "Draft discarded" in dana.read(gone["Location"])
    assert not Bill.objects.exists()
    assert dana.browser.post(f"{page_of(bill)}discard/").status_code == 404
    kept = issued(cast, visit, SUPERBILL).bill
    dana.browser.post(f"{page_of(kept)}discard/")
    assert Bill.objects.filter(pk=kept.pk).exists()


def test_a_visit_billed_before_is_pointed_out_on_its_next_draft(cast: SimpleNamespace) -> None:
    dana, visit = Desk(cast.dana), full_visit(cast)
    first = issued(cast, visit, SUPERBILL).bill

    again = dana.read(page_of(draft(cast, visit, SUPERBILL)))

    assert "already billed" in again
    assert f'href="{page_of(first)}"' in again
    assert "1 thing to check" in again
    assert "already billed" not in dana.read(page_of(draft(cast, visit, CMS1500)))


def test_the_page_of_a_draft_takes_as_many_queries_after_one_bill_as_after_three(
    cast: SimpleNamespace,
) -> None:
    dana, visit = Desk(cast.dana), full_visit(cast)
    bill = draft(cast, visit, CMS1500)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            issued(cast, visit, CMS1500)
        with CaptureQueriesContext(connection) as asked:
            assert "already billed" in dana.read(page_of(bill))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_warnings_do_not_refuse(cast: SimpleNamespace) -> None:
    visit = full_visit(cast)
    Practice.objects.filter(pk=cast.practice.pk).update(phone="")
    bill = draft(cast, visit, CMS1500)

    assert "its box stays empty" in Desk(cast.dana).read(page_of(bill))
    assert press_issue(cast.dana, bill).status_code == 302


def test_without_an_npi_the_superbill_issues_and_the_claim_does_not(cast: SimpleNamespace) -> None:
    visit = full_visit(cast)
    MyDetails(cast.dana).save({"Individual NPI": ""})

    assert press_issue(cast.dana, draft(cast, visit, SUPERBILL)).status_code == 302
    refused = press_issue(cast.dana, draft(cast, visit, CMS1500))
    assert refused.status_code == 422
    assert 'href="/my-details/general/#id_npi"' in refused.content.decode()


def test_another_practices_bills_files_and_visits_are_not_found(cast: SimpleNamespace) -> None:
    visit = full_visit(cast)
    bill, open_bill = issued(cast, visit, SUPERBILL).bill, draft(cast, visit, CMS1500)
    stranger = Desk(cast.stranger)

    for address in (page_of(bill), f"{page_of(bill)}superbill.pdf", page_of(open_bill),
                    f"{page_of(open_bill)}draft/cms-1500.pdf", f"/billing/visits/{visit.pk}/edit/",
                    f"{page_of(bill)}nothing.pdf"):  # fmt: skip
        assert stranger.get(address).status_code == 404, address
    for address in (f"{page_of(open_bill)}issue/", f"/billing/visits/{visit.pk}/new-superbill/"):
        assert stranger.browser.post(address).status_code == 404, address
    assert stranger.read("/billing/").count("SB-2026") == 0
    assert Bill.objects.count() == 2


@pytest.mark.parametrize(
    ("who", "billing", "sees", "issues"),
    [
        ("dana", False, 200, 302),
        ("lee", False, 200, 403),
        ("noor", False, 403, 403),
        ("noor", True, 200, 302),
        ("sam", False, 404, 404),
    ],
)
def test_who_may_see_and_issue_a_bill_of_danas_client(
    cast: SimpleNamespace, who: str, billing: bool, sees: int, issues: int
) -> None:
    bill, person = draft(cast, full_visit(cast), SUPERBILL), getattr(cast, who)
    Membership.objects.filter(user=person.user).update(access_billing=billing)

    assert Desk(person).get(page_of(bill)).status_code == sees
    assert press_issue(person, bill).status_code == issues
    assert IssuedBill.objects.count() == (1 if issues == 302 else 0)
    if issues == 302:
        assert Desk(person).get(f"{page_of(bill)}superbill.pdf").status_code == 200


def test_issuing_takes_a_post(cast: SimpleNamespace) -> None:
    bill = draft(cast, full_visit(cast), SUPERBILL)

    assert Desk(cast.dana).get(f"{page_of(bill)}issue/").status_code == 405


@pytest.mark.parametrize(
    ("kind", "form"),
    [(SUPERBILL, "superbill"), (CMS1500, "cms-1500"), (CMS1500, "cms-1500-pre-printed")],
)
def test_a_file_is_answered_as_the_contract_says(
    cast: SimpleNamespace, kind: str, form: str
) -> None:
    bill = issued(cast, full_visit(cast), kind)

    answer = Desk(cast.dana).get(f"{page_of(bill.bill)}{form}.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"] == f'inline; filename="{bill.number}-{form}.pdf"'
    assert not re.search("moreno|ada", answer["Content-Disposition"], re.IGNORECASE)
    assert answer.content.startswith(b"%PDF-")


def test_a_practice_that_bills_as_a_person_prints_the_holder(cast: SimpleNamespace) -> None:
    visit = full_visit(cast)
    Practice.objects.filter(pk=cast.practice.pk).update(
        npi_type="individual",
        holder_first_name="Dana",
        holder_middle_name="Mae",
        holder_last_name="Rivera",
        holder_suffix="Jr",
        holder_npi="2363324239",
        tax_id_kind="SSN",
        **bound(cast.practice, {"tax_id": "219099998"}),
    )

    bill = issued(cast, visit, CMS1500)

    text = text_of(Desk(cast.dana).get(f"{page_of(bill.bill)}cms-1500.pdf").content)
    assert "RIVERA JR, DANA, M" in text
    assert text.count("2363324239") == 2  # 24J and 33a


@pytest.mark.parametrize(
    ("kind", "selected"), [(SUPERBILL, True), (SUPERBILL, False), (CMS1500, True)]
)
def test_the_clinicians_tax_id_prints_on_superbills_where_selected_and_never_on_claims(
    cast: SimpleNamespace, kind: str, selected: bool
) -> None:
    visit = full_visit(cast)
    MyDetails(cast.dana).save({"Print on superbills and invoices": selected})

    bill = issued(cast, visit, kind)

    prints = kind == SUPERBILL and selected
    form = "superbill" if kind == SUPERBILL else "cms-1500"
    text = text_of(Desk(cast.dana).get(f"{page_of(bill.bill)}{form}.pdf").content)
    assert ("219099998" in text.replace("-", "").replace(" ", "")) is prints
    assert (issued_contents(bill).letterhead.clinician.tax_id is not None) is prints


def mutations(value: Any) -> Iterator[Any]:
    """The value with one thing wrong in each: empty, unprintable, far too long or absurd."""
    if isinstance(value, str) and value:
        yield from ("", "😀", "W" * 90)
    elif isinstance(value, dt.date):
        yield from (dt.date(1901, 1, 1), dt.date(2099, 1, 1))
    elif isinstance(value, Decimal):
        yield from (Decimal(-1), Decimal(0), Decimal("9999999.001"))
    elif isinstance(value, tuple):
        yield ()
        for n, inner in enumerate(value):
            yield from ((*value[:n], wrong, *value[n + 1 :]) for wrong in mutations(inner))
    for name in getattr(value, "__struct_fields__", ()):
        for wrong in mutations(getattr(value, name)):
            yield msgspec.structs.replace(value, **{name: wrong})


def all_problems(base: Contents) -> set[Problem]:
    """Whatever the checks of both kinds can say of contents that the pages can bring about."""
    person = msgspec.structs.replace(
        base.letterhead.practice, npi_type="individual", holder=PersonName(first="D", last="R"),
        holder_npi="2363324239",
    )  # fmt: skip
    letterheads = [msgspec.structs.replace(base.letterhead, practice=p) for p in mutations(person)]
    wrong = [
        *mutations(base),
        *(msgspec.structs.replace(base, letterhead=letterhead) for letterhead in letterheads),
        msgspec.structs.replace(base, policy=None, payer=None),
    ]
    return {problem for contents in wrong for problem in problems_of(contents)}


def problems_of(contents: Contents) -> Iterator[Problem]:
    for check in (CMS1500_KIND.check, SUPERBILL_KIND.check):
        try:
            yield from check(contents)
        except (KeyError, ValueError):
            continue  # a value that no page can bring about, such as an unknown choice


def test_every_problem_links_to_a_field_that_its_page_has(cast: SimpleNamespace) -> None:
    bill = draft(cast, full_visit(cast), CMS1500)
    contents = draft_contents(bill, now=NOW)
    problems = all_problems(contents)
    dana = Membership.objects.get(user=cast.dana.user)
    visit, desk = Visit.objects.get(pk=bill.visit_id), Desk(cast.dana)

    links = {
        link.url: (problem.place, problem.field)
        for problem in problems
        for link in with_links((problem,), visit=visit, contents=contents, member=dana)
    }

    pages = {address: desk.get(address) for address in {url.partition("#")[0] for url in links}}
    assert all(page.status_code == 200 for page in pages.values())
    lost = [
        (place, field, url)
        for url, (place, field) in links.items()
        if f'id="{url.partition("#")[2]}"' not in pages[url.partition("#")[0]].content.decode()
    ]
    assert len(links) > 60
    assert not lost


def test_a_problem_of_a_visit_without_services_links_to_the_first_service(
    cast: SimpleNamespace,
) -> None:
    visit = visit_of(cast, client_of(cast.dana))
    ServiceLine.objects.filter(visit=visit).delete()

    refused = press_issue(cast.dana, draft(cast, visit, SUPERBILL))

    link = f"/billing/visits/{visit.pk}/edit/"
    assert refused.status_code == 422
    assert f'href="{link}#id_lines-0-code"' in refused.content.decode()
    assert 'id="id_lines-0-code"' in Desk(cast.dana).read(link)


def test_a_clinicians_details_are_fixed_by_the_clinician_only(cast: SimpleNamespace) -> None:
    visit = full_visit(cast)
    MyDetails(cast.dana).save({"Individual NPI": ""})
    Membership.objects.filter(user=cast.noor.user).update(access_billing=True)

    page = Desk(cast.noor).read(page_of(draft(cast, visit, CMS1500)))

    assert "Dana Rivera can fix it in My Details" in page
    assert "/my-details/general/#id_npi" not in page


@pytest.mark.parametrize("who", ["sam", "lee", "noor"])
def test_nobody_is_sent_to_a_page_that_refuses_them(cast: SimpleNamespace, who: str) -> None:
    """Sam may not change Account Settings, Lee nothing at all."""
    person = getattr(cast, who)
    Membership.objects.filter(user=cast.noor.user).update(access_billing=True)
    visit = visit_of(cast, client_of(cast.sam))
    Practice.objects.filter(pk=cast.practice.pk).update(group_npi="", tax_id="", tax_id_kind="")
    desk = Desk(person)

    page = desk.read(page_of(draft(cast, visit, CMS1500)))

    links = set(re.findall(r'href="([^"#]+)#id_', page))
    assert {link: desk.get(link).status_code for link in links} == dict.fromkeys(links, 200)
    assert "A Director can fix it in" in page


def test_a_total_of_0_is_confirmed_before_it_is_issued(cast: SimpleNamespace) -> None:
    visit = full_visit(cast)
    ServiceLine.objects.filter(visit=visit).update(charge=0)
    Visit.objects.filter(pk=visit.pk).update(amount_paid=0, paid_on=None, payment_method="")
    bill = draft(cast, visit, CMS1500)

    asked = press_issue(cast.dana, bill)
    assert asked.status_code == 422
    assert "The total is 0. Issue it anyway." in asked.content.decode()
    Desk(cast.dana).browser.post(f"{page_of(bill)}issue/", {"total_is_0": "on"})

    assert IssuedBill.objects.get().bill == bill
