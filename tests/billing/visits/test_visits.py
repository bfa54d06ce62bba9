"""Visits: adding, changing, and what a claim could not say."""

import datetime as dt
import re
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from letterhead.activity.models import Activity
from letterhead.billing.actions import make_bill
from letterhead.billing.contents import to_json
from letterhead.billing.models import Bill, Diagnosis, IssuedBill, ServiceLine, Visit
from letterhead.billing.queries import draft_contents
from letterhead.billing.superbill.words import words
from letterhead.clients.models import Client
from letterhead.practices.models import Membership
from tests.clients.desk import Desk, client_of, policy_of, said_beside, visit_of


@pytest.fixture
def add(ada: Client) -> str:
    return f"/clients/{ada.pk}/visits/add/"


TYPED = {
    "visited_on": "2026-11-02",
    "diagnoses-0-code": "e119",
    "diagnoses-1-code": "Z71.3",
    "lines-0-code": "97802",
    "lines-0-modifiers": "95gt",
    "lines-0-pointers": "b, a",
    "lines-0-charge": "$1,120.5",
    "lines-0-units": "4",
}


def test_a_visit_is_added_and_stands_on_the_clients_page(dana: Desk, ada: Client, add: str) -> None:
    answer = dana.save(add, **TYPED)

    assert answer.headers["Location"] == f"/clients/{ada.pk}/"
    page = dana.read(f"/clients/{ada.pk}/")
    for shown in ("Nov 2, 2026", "97802 95 GT", "$1,120.50", "New superbill", "New CMS-1500"):
        assert shown in page


def test_a_visit_is_kept_as_claims_want_it(cast: SimpleNamespace, dana: Desk, add: str) -> None:
    dana.save(add, **TYPED)

    visit, line = Visit.objects.get(), ServiceLine.objects.get()
    assert visit.practitioner_id == cast.dana.practitioner_id
    assert visit.location == cast.office
    assert [d.code for d in Diagnosis.objects.order_by("position")] == ["E11.9", "Z71.3"]
    assert (line.code, line.modifiers, line.pointers) == ("97802", "95 GT", "BA")
    assert (line.charge, line.units) == (Decimal("1120.50"), Decimal(4))
    assert (line.service_on, line.place_of_service) == (dt.date(2026, 11, 2), "11")


def test_a_payment_is_kept_with_its_day_and_way_and_prints_on_the_superbill(
    dana: Desk, add: str
) -> None:
    paid = {"amount_paid": "1120.50", "paid_on": "2026-11-03", "payment_method": "transfer"}
    dana.save(add, **TYPED, **paid)

    visit = Visit.objects.get()
    opened = dana.opened(f"/billing/visits/{visit.pk}/edit/")
    assert {name: opened[name] for name in paid} == paid
    dana.browser.post(f"/billing/visits/{visit.pk}/new-superbill/")
    said = words(draft_contents(Bill.objects.get(), now=timezone.now()))
    assert said["settled"] == "Paid in full on 11/03/2026, by bank transfer"


def test_a_visit_saved_before_payments_had_a_day_says_only_that_it_was_paid(
    cast: SimpleNamespace, ada: Client
) -> None:
    visit = visit_of(cast, ada, amount_paid=Decimal(120))
    bill = make_bill(visit, kind="superbill", by=cast.dana.user)

    contents = draft_contents(bill, now=timezone.now())

    assert words(contents)["settled"] == "Paid in full"
    assert "paid_on" not in to_json(contents)


def test_a_new_visit_proposes_today_the_clients_clinician_and_first_policy(
    cast: SimpleNamespace, ada: Client, add: str
) -> None:
    policy = policy_of(cast, ada)

    with time_machine.travel("2026-11-03T02:00:00Z", tick=False):  # the evening before, in New York
        proposed = Desk(cast.dana).opened(add)

    assert proposed["visited_on"] == "2026-11-02"
    assert proposed["practitioner"] == str(cast.dana.practitioner_id)
    assert proposed["policy"] == str(policy.pk)


def test_twelve_diagnoses_and_many_services_come_back_in_order(dana: Desk, add: str) -> None:
    codes = {f"diagnoses-{n}-code": f"E11.{n}" for n in range(10)}
    codes |= {"diagnoses-10-code": "Z71.3", "diagnoses-11-code": "M1A.00X1"}
    lines = {f"lines-{n}-code": f"9780{n}" for n in range(8)}
    lines |= {f"lines-{n}-charge": str(n) for n in range(8)}

    answer = dana.save(add, **codes, **lines, **{"lines-TOTAL_FORMS": "8"})

    assert answer.status_code == 302
    sent = dana.opened(f"/billing/visits/{Visit.objects.get().pk}/edit/")
    assert {name: sent[name] for name in codes} == codes
    assert {name: sent[name] for name in lines if name.endswith("code")} == {
        name: typed for name, typed in lines.items() if name.endswith("code")
    }


def test_saving_again_changes_nothing(cast: SimpleNamespace, dana: Desk, ada: Client) -> None:
    visit = visit_of(cast, ada)

    answer = dana.save(f"/billing/visits/{visit.pk}/edit/")

    assert answer.status_code == 302
    visit.refresh_from_db()
    assert visit.version == 1
    assert not Activity.objects.filter(act="changed a visit").exists()


def test_lines_follow_the_visits_day_unless_they_have_their_own(
    cast: SimpleNamespace, dana: Desk, ada: Client
) -> None:
    edit = f"/billing/visits/{visit_of(cast, ada).pk}/edit/"

    dana.save(edit, visited_on="2026-11-03")
    assert ServiceLine.objects.get().service_on == dt.date(2026, 11, 3)

    dana.save(edit, **{"lines-0-service_on": "2026-11-01", "visited_on": "2026-11-04"})
    assert ServiceLine.objects.get().service_on == dt.date(2026, 11, 1)


def test_a_changed_service_is_recorded_and_makes_a_new_version(
    cast: SimpleNamespace, dana: Desk, ada: Client
) -> None:
    visit = visit_of(cast, ada)

    dana.save(f"/billing/visits/{visit.pk}/edit/", **{"lines-0-charge": "90"})

    visit.refresh_from_db()
    assert visit.version == 2
    before, after = Activity.objects.get(act="changed a visit").changes["lines"]
    assert (before[0]["charge"], after[0]["charge"]) == ("120.00", "90")


def test_a_row_is_added_and_removed_without_scripts(dana: Desk, add: str) -> None:
    sent = {**dana.opened(add), **TYPED, "rows": "lines:add"}

    page = dana.send(add, sent)

    assert page.status_code == 200
    assert "Service 2" in page.content.decode()
    assert 'value="97802"' in page.content.decode()
    assert not Visit.objects.exists()


def test_a_row_left_empty_is_passed_over(dana: Desk, add: str) -> None:
    dana.save(add, **TYPED, **{"lines-TOTAL_FORMS": "2"})

    assert ServiceLine.objects.count() == 1


def test_a_save_over_someone_elses_services_keeps_what_was_typed_and_then_wins(
    cast: SimpleNamespace, dana: Desk, ada: Client
) -> None:
    edit = f"/billing/visits/{visit_of(cast, ada).pk}/edit/"
    hers = dana.opened(edit)
    dana.save(edit, **{"lines-0-code": "97803", "amount_paid": "20"})

    answer = dana.send(edit, {**hers, "lines-0-charge": "99"})

    assert answer.status_code == 422
    said = said_beside(answer)
    assert said["amount_paid"] == ["Someone else saved: 20.00"]
    assert "Someone else saved these services: 97803 (120.00)." in said["__all__"]
    assert 'value="99"' in answer.content.decode()
    version = answer.context["form"]["version"].value()
    assert dana.send(edit, {**hers, "lines-0-charge": "99", "version": version}).status_code == 302
    assert ServiceLine.objects.get().charge == 99


def test_two_who_change_only_services_do_not_overwrite_each_other(
    cast: SimpleNamespace, dana: Desk, ada: Client
) -> None:
    edit = f"/billing/visits/{visit_of(cast, ada).pk}/edit/"
    hers = dana.opened(edit)
    dana.save(edit, **{"lines-0-code": "97803"})

    answer = dana.send(edit, {**hers, "lines-0-code": "97804"})

    assert answer.status_code == 422
    assert ServiceLine.objects.get().code == "97803"


def test_bills_of_a_visit_are_linked_and_say_what_they_are(
    cast: SimpleNamespace, dana: Desk, ada: Client
) -> None:
    visit = visit_of(cast, ada)
    draft, issued = (
        make_bill(visit, kind=kind, by=cast.dana.user)
        for kind in (Bill.Kind.CMS1500, Bill.Kind.SUPERBILL)
    )
    IssuedBill.objects.create(
        practice=cast.practice,
        bill=issued,
        number="S-2026-0001",
        issued_at=timezone.now(),
        issued_by="dana@riverside.example",
        contents="{}",
        sealed="",
    )

    page = dana.read(f"/clients/{ada.pk}/")

    assert f'href="{reverse("bill", args=[draft.pk])}">CMS-1500</a> <span class="tag">Draft' in page
    assert f'href="{reverse("bill", args=[issued.pk])}">Superbill S-2026-0001</a>' in page


def test_the_page_of_a_visit_says_that_issued_bills_stay_as_they_are(
    cast: SimpleNamespace, dana: Desk, ada: Client, add: str
) -> None:
    visit = visit_of(cast, ada)

    assert "Issued bills don’t change." in dana.read(f"/billing/visits/{visit.pk}/edit/")
    assert "Issued bills don’t change." not in dana.read(add)


@pytest.mark.parametrize("who", ["stranger", "sam"])
def test_strangers_and_colleagues_without_sight_get_404(
    cast: SimpleNamespace, ada: Client, add: str, who: str
) -> None:
    edit = f"/billing/visits/{visit_of(cast, ada).pk}/edit/"
    desk = Desk(getattr(cast, who))

    for address in (add, edit):
        assert desk.get(address).status_code == 404
        assert desk.send(address, dict(TYPED)).status_code == 404


@pytest.mark.parametrize("who", ["lee", "noor"])
def test_who_may_not_bill_gets_403(cast: SimpleNamespace, ada: Client, add: str, who: str) -> None:
    edit = f"/billing/visits/{visit_of(cast, ada).pk}/edit/"

    for address in (add, edit):
        assert Desk(getattr(cast, who)).get(address).status_code == 403


def test_a_supervisor_reads_visits_and_has_no_buttons(cast: SimpleNamespace, ada: Client) -> None:
    visit_of(cast, ada)

    page = Desk(cast.lee).read(f"/clients/{ada.pk}/")

    assert "97802" in page
    for button in ("Add visit", "New superbill", "New CMS-1500", "Edit visit"):
        assert button not in page


def test_the_office_sees_visits_only_with_access_to_billing(
    cast: SimpleNamespace, ada: Client
) -> None:
    visit_of(cast, ada)
    page = Desk(cast.noor).read(f"/clients/{ada.pk}/")
    assert "Visits" not in page
    assert "97802" not in page

    Membership.objects.filter(user=cast.noor.user).update(access_billing=True)

    page = Desk(cast.noor).read(f"/clients/{ada.pk}/")
    assert "97802" in page
    assert "New superbill" in page


def test_a_client_without_visits_says_what_will_be_here(dana: Desk, ada: Client) -> None:
    assert "No visits yet" in dana.read(f"/clients/{ada.pk}/")


def test_the_newest_20_visits_are_a_table_and_older_ones_follow(
    cast: SimpleNamespace, dana: Desk, ada: Client
) -> None:
    days = [dt.date(2026, 10, 1) + dt.timedelta(days=n // 2) for n in range(45)]
    for day in days:
        visit_of(cast, ada, day.isoformat())
    address = f"/clients/{ada.pk}/"

    pages = [dana.read(address)]
    while older := re.search(r'href="(\?before=\d+)"', pages[-1]):
        pages.append(dana.read(f"{address}{older[1]}"))

    shown = [re.findall(r'role="rowheader" class="num">([^<]*)<', page) for page in pages]
    assert [len(each) for each in shown] == [20, 20, 5]
    assert sum(shown, []) == [f"{day:%b} {day.day}, {day.year}" for day in reversed(days)]
    assert "Newest visits" not in pages[0]
    assert "Newest visits" in pages[1]


@pytest.mark.parametrize("before", ["x", "-1", "0", "9" * 30, "99999999"])
def test_an_address_before_no_visit_shows_the_newest(
    cast: SimpleNamespace, dana: Desk, ada: Client, before: str
) -> None:
    visit_of(cast, ada)

    assert "97802" in dana.read(f"/clients/{ada.pk}/", before=before)


def test_another_clients_visit_is_no_place_to_begin(
    cast: SimpleNamespace, dana: Desk, ada: Client
) -> None:
    other = visit_of(cast, client_of(cast.dana, "Bo", "Berg"), "2026-01-01")
    visit_of(cast, ada)

    assert "97802" in dana.read(f"/clients/{ada.pk}/", before=str(other.pk))


def test_the_page_costs_the_same_for_1_visit_and_for_50(
    cast: SimpleNamespace, dana: Desk, ada: Client, django_assert_num_queries: Any
) -> None:
    for count in (1, 49):
        for _ in range(count):
            visit = visit_of(cast, ada)
            make_bill(visit, kind=Bill.Kind.SUPERBILL, by=cast.dana.user)
        with django_assert_num_queries(13):
            dana.read(f"/clients/{ada.pk}/")
