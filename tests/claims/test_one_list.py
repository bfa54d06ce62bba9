"""Claim readiness as people see it: one list, the same on My Details and Account Settings."""

import datetime as dt
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letterhead.billing.fixing import Fixable
from letterhead.billing.models import Bill, ServiceLine, Visit
from letterhead.claims.queries import readiness_of
from letterhead.clients.models import Policy
from letterhead.details.models import Practitioner
from letterhead.details.queries import practitioner_of
from letterhead.practices.models import Location, Membership, Payer, Practice
from letterhead.practices.roles import Role
from tests.billing.ready import draft, full_visit
from tests.claims.samples import npi_of
from tests.factories import Person
from tests.practices.office import SETTINGS, Office

DETAILS = "/my-details/"
DAY = dt.date(2026, 11, 3)


def page_of(cast: SimpleNamespace, kind: str) -> str:
    """The address of a draft that lacks nothing."""
    visit = full_visit(cast)
    Visit.objects.filter(pk=visit.pk).update(auto_accident=False)
    ServiceLine.objects.filter(visit=visit).update(modifiers="AE KX")
    return f"/billing/bills/{draft(cast, visit, kind).pk}/"


def member(person: Person, **flags: Any) -> Membership:
    """The membership of a person, with these flags."""
    found = Membership.objects.filter(user=person.user)
    found.update(**flags)
    return found.select_related("practice", "user").get()


def listed(person: Person) -> list[Fixable]:
    """Everything on a person's list."""
    found = readiness_of(practitioner_of(member(person)))
    return [problem for group in (found.groups if found else ()) for problem in group.problems]


def shown(person: Person, address: str) -> str:
    """The list as a page shows it, blanks drawn together; "" without one."""
    html = Office(person).open(address).html
    found = re.search(r'<section class="note.*?</section>', html, re.DOTALL)
    return " ".join(found[0].split()) if found else ""


@pytest.fixture
def ready(cast: SimpleNamespace) -> SimpleNamespace:
    """The cast, in a practice that lacks nothing."""
    Payer.objects.update(line1="1 Plaza")
    return cast


def without_billing_details(cast: SimpleNamespace) -> None:
    """Take away three things that every claim needs."""
    Practice.objects.filter(pk=cast.practice.pk).update(
        tax_id="", tax_id_kind="", group_npi="", line1=""
    )


def test_nothing_is_missing(ready: SimpleNamespace) -> None:
    for page in (DETAILS, SETTINGS):
        said = shown(ready.dana, page)
        assert "Ready. No problems found." in said
        assert "Your details: ready. Practice: ready." in said


def test_my_details_says_what_the_practice_lacks(ready: SimpleNamespace) -> None:
    without_billing_details(ready)

    said = shown(ready.dana, DETAILS)

    assert "3 things are missing before claims can go out." in said
    assert "Your details: ready. Practice: 3 things missing." in said
    assert "No problems found" not in said


def test_both_pages_show_the_same_list(ready: SimpleNamespace) -> None:
    without_billing_details(ready)
    Practitioner.objects.filter(pk=ready.dana.practitioner_id).update(npi="")

    assert shown(ready.dana, DETAILS) == shown(ready.dana, SETTINGS)
    assert "Your details: 1 thing missing. Practice: 3 things missing." in shown(
        ready.dana, SETTINGS
    )


def test_a_doubt_is_counted_as_something_to_check(ready: SimpleNamespace) -> None:
    Practice.objects.filter(pk=ready.practice.pk).update(phone="")

    said = shown(ready.dana, DETAILS)

    assert "Ready, with 1 thing to check." in said
    assert "Practice: 1 thing to check." in said


def test_each_problem_leads_a_director_to_its_field(ready: SimpleNamespace) -> None:
    without_billing_details(ready)
    Practitioner.objects.filter(pk=ready.dana.practitioner_id).update(npi="")
    office = Office(ready.dana)

    links = re.findall(r'href="([^"#]+)#(id_[^"]+)"', shown(ready.dana, DETAILS))

    assert {field for _, field in links} == {"id_npi", "id_tax_id", "id_group_npi", "id_line1"}
    for address, field in links:
        assert f'id="{field}"' in office.open(address).html


def test_who_may_not_fix_the_practice_is_told_who_can(ready: SimpleNamespace) -> None:
    Practitioner.objects.filter(pk=ready.sam.practitioner_id).update(npi="")
    without_billing_details(ready)

    said = shown(ready.sam, DETAILS)

    assert "Your details: 1 thing missing. Practice: 3 things missing." in said
    assert "A Director can fix it in Billing Details" in said
    assert re.findall(r'href="(/[^"]+#[^"]+)"', said) == ["/my-details/general/#id_npi"]


@pytest.mark.parametrize(
    ("role", "flags", "groups"),
    [
        (Role.DIRECTOR, {}, ["Your details", "Practice"]),
        (Role.DIRECTOR, {"show_on_calendar": False}, ["Practice"]),  # runs the office only
        (Role.SUPERVISOR, {}, ["Your details", "Practice"]),
        (Role.SUPERVISOR, {"show_on_calendar": False}, []),
        (Role.CLINICAL, {}, ["Your details", "Practice"]),
        (Role.ADMINISTRATIVE, {}, []),
        (Role.ADMINISTRATIVE, {"access_billing": True}, ["Practice"]),
        (Role.ADMINISTRATIVE, {"edit_account_settings": True}, ["Practice"]),
    ],
)
def test_role_and_flags_decide_who_sees_a_list(
    ready: SimpleNamespace, role: str, flags: dict[str, bool], groups: list[str]
) -> None:
    shows = {"show_on_calendar": role != Role.ADMINISTRATIVE}
    someone = member(ready.lee, role=role, **{**shows, **flags})

    found = readiness_of(practitioner_of(someone))

    assert [group.name for group in (found.groups if found else ())] == groups


def test_an_office_manager_is_not_asked_for_an_npi(ready: SimpleNamespace) -> None:
    assert "Claim readiness" not in Office(ready.noor).read(DETAILS)
    member(ready.noor, edit_account_settings=True)

    for page in (DETAILS, SETTINGS):
        said = shown(ready.noor, page)
        assert "Practice: ready." in said
        assert "Your details" not in said


def test_locations_and_payers_are_on_the_list(ready: SimpleNamespace) -> None:
    Practice.objects.filter(pk=ready.practice.pk).update(group_npi="", line1="PO Box 3")
    Payer.objects.filter(pk=ready.acme.pk).update(line1="")
    Location.objects.filter(pk=ready.office.pk).update(line1="9 Foundry Square", city="")

    found = listed(ready.dana)

    urls = [one.url for one in found]
    assert urls[:2] == ["/account-settings/practice/#id_line1",
                        "/account-settings/billing/#id_group_npi"]  # fmt: skip
    assert f"/account-settings/locations/{ready.office.pk}/#id_city" in urls
    assert f"/account-settings/payers/{ready.acme.pk}/#id_line1" in urls
    of_location = next(one.message for one in found if "locations" in one.url)
    assert of_location.endswith(f"Claims for visits at {ready.office.name} would be rejected.")
    assert found[-1].message.endswith("Claims to Acme Health could be rejected.")


def test_the_same_of_many_payers_is_said_once(ready: SimpleNamespace) -> None:
    Payer.objects.bulk_create(
        Payer(practice=ready.practice, name=f"Plan {n}", line1="") for n in range(9)
    )
    Payer.objects.filter(pk=ready.acme.pk).update(line1="")

    (only,) = listed(ready.dana)

    assert "and 8 other payers could be rejected" in only.message
    assert only.url.endswith(f"/payers/{ready.acme.pk}/#id_line1")


@pytest.mark.parametrize("rows", [0, 40])
def test_the_list_takes_two_queries(ready: SimpleNamespace, rows: int) -> None:
    practitioner = practitioner_of(member(ready.dana))
    names = [str(n) for n in range(rows)]
    Payer.objects.bulk_create(Payer(practice=ready.practice, name=name) for name in names)
    Location.objects.bulk_create(Location(practice=ready.practice, name=name) for name in names)

    with CaptureQueriesContext(connection) as asked:
        readiness_of(practitioner)

    assert len(asked) == 2


def test_a_practice_abroad_sends_no_cms_1500(ready: SimpleNamespace) -> None:
    Practice.objects.filter(pk=ready.practice.pk).update(country="AU", group_npi="")

    for page in (DETAILS, SETTINGS):
        assert "Claim readiness" not in Office(ready.dana).read(page)


def test_a_draft_has_the_list_too_with_client_and_visit(ready: SimpleNamespace) -> None:
    bill = page_of(ready, Bill.Kind.CMS1500)
    assert "Your details: ready. Practice: ready. Client and visit: ready." in shown(
        ready.dana, bill
    )
    without_billing_details(ready)

    said = shown(ready.dana, bill)

    assert "3 things are missing before this can be issued." in said
    assert "Practice: 3 things missing." in said
    assert "Claim readiness" in said


def test_a_colleagues_draft_says_whose_details_they_are(ready: SimpleNamespace) -> None:
    member(ready.noor, access_billing=True)
    bill = page_of(ready, Bill.Kind.CMS1500)
    Practitioner.objects.filter(pk=ready.dana.practitioner_id).update(npi="")

    said = shown(ready.noor, bill)

    assert "Details of Dana Rivera: 1 thing missing." in said
    assert "Dana Rivera can fix it in My Details" in said


def test_a_draft_asks_when_a_signature_on_file_was_given(ready: SimpleNamespace) -> None:
    """Policies saved before 2026-11 have none; full_visit's is as one of those."""
    bill = page_of(ready, Bill.Kind.CMS1500)
    Policy.objects.update(client_signature_on_file=True, benefits_assigned=True)
    policy = Policy.objects.get()

    said = shown(ready.dana, bill)

    assert "Client and visit: 2 things to check." in said
    assert "Item 12 prints SIGNATURE ON FILE, and no date is recorded." in said
    for field in ("client_signed_on", "insured_signed_on"):
        assert f'href="/clients/policies/{policy.pk}/edit/#id_{field}"' in said
    client = f"/clients/{policy.client_id}/"
    assert "When and how it was given isn’t recorded." in Office(ready.dana).read(client)
    Policy.objects.update(
        **{"client_signed_on": DAY, "client_signed_how": "paper"},
        **{"insured_signed_on": DAY, "insured_signed_how": "paper"},
    )

    assert "no date is recorded" not in shown(ready.dana, bill)
    assert "isn’t recorded" not in Office(ready.dana).read(client)


def test_a_superbill_is_no_claim(ready: SimpleNamespace) -> None:
    said = shown(ready.dana, page_of(ready, Bill.Kind.SUPERBILL))

    assert "Before you issue it" in said
    assert "Claim readiness" not in said


def test_the_group_npi_must_not_be_ones_own(ready: SimpleNamespace) -> None:
    own = Practitioner.objects.get(pk=ready.dana.practitioner_id).npi
    Practice.objects.filter(pk=ready.practice.pk).update(group_npi=own)

    (problem,) = listed(ready.dana)

    assert "The group NPI is the clinician's own." in problem.message
    assert problem.url == "/account-settings/billing/#id_group_npi"
    assert not [one for one in listed(ready.sam) if "group NPI" in one.message]


def test_a_location_without_an_address_is_not_ready(ready: SimpleNamespace) -> None:
    Location.objects.filter(pk=ready.office.pk).update(line1="", city="")

    (problem,) = listed(ready.dana)

    assert "The location has no address, so item 32 stays empty." in problem.message
    assert problem.url == f"/account-settings/locations/{ready.office.pk}/#id_line1"


def test_a_locations_own_npi_at_the_practices_address_is_not_ready(ready: SimpleNamespace) -> None:
    Location.objects.filter(pk=ready.office.pk).update(npi=npi_of(41))

    (problem,) = listed(ready.dana)

    assert f"so number {npi_of(41)} isn't sent" in problem.message
    assert problem.url == f"/account-settings/locations/{ready.office.pk}/#id_npi"
