"""Drafts made, their visits changed, and locations removed at one and the same moment."""

from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from letterhead.billing.actions import NewLine, correct, issue, make_bill, open_draft, visit_from
from letterhead.billing.models import Bill, Visit
from letterhead.billing.queries import visits_seen_by
from letterhead.billing.visits.actions import VisitFacts, change_visit, rows_of
from letterhead.practices.account_settings.actions import LastLocation, remove_location
from letterhead.practices.models import Location, Membership
from tests.billing.ready import NOW
from tests.clients.desk import client_of, visit_of
from tests.races.test_races import at_once
from tests.scheduling.made import attended

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_ten_people_who_open_the_draft_of_some_visits_share_one(cast: SimpleNamespace) -> None:
    client = client_of(cast.dana)
    visits = [visit_of(cast, client, f"2026-11-0{day}") for day in (2, 3, 4)]
    orders = [visits, visits[::-1]] * 5

    def opening(order: list[Visit]) -> Callable[[], Any]:
        return lambda: open_draft(*order, kind=Bill.Kind.SUPERBILL, by=cast.dana.user)

    came = at_once(*(opening(order) for order in orders))

    assert {bill.pk for bill in came} == {Bill.objects.get().pk}


def test_ten_people_who_bill_one_appointment_make_one_visit(cast: SimpleNamespace) -> None:
    came = attended(cast, cast.dana, client_of(cast.dana))

    made = at_once(*[lambda: visit_from(came, by=cast.dana.user)] * 10)

    assert {visit.pk for visit in made} == {Visit.objects.get().pk}


def test_ten_people_who_correct_a_claim_share_one_draft(cast: SimpleNamespace) -> None:
    claim = make_bill(
        visit_of(cast, client_of(cast.dana)), kind=Bill.Kind.SUPERBILL, by=cast.dana.user
    )
    issue(claim, by=cast.dana.user, now=NOW)
    Bill.objects.filter(pk=claim.pk).update(kind=Bill.Kind.CMS1500)  # which asks for more

    came = at_once(*[lambda: correct(claim, code="7", reference="B", by=cast.dana.user)] * 10)

    assert {bill.pk for bill in came} == {Bill.objects.get(corrects=claim).pk}


def test_visits_of_one_draft_changed_at_once_are_all_in_its_total(cast: SimpleNamespace) -> None:
    client = client_of(cast.dana)
    visits = [visit_of(cast, client, f"2026-11-0{day}") for day in (2, 3, 4, 5)]
    draft = open_draft(*visits, kind=Bill.Kind.SUPERBILL, by=cast.dana.user)
    dana = Membership.objects.get(user=cast.dana.user)

    def changing(visit: Visit) -> Callable[[], Any]:
        now = visits_seen_by(dana).get(pk=visit.pk)
        line = NewLine(**{**rows_of(now)["lines"][0], "charge": Decimal(1)})
        new = VisitFacts(
            visited_on=now.visited_on,
            practitioner_id=now.practitioner_id,
            location_id=now.location_id,
            diagnoses=("E11.9",),
            lines=(line,),
        )
        return lambda: change_visit(now, new=new, read_at_version=1, by=cast.dana.user)

    came = at_once(*(changing(visit) for visit in visits))

    assert came == [True] * 4
    draft.refresh_from_db()
    assert draft.total == 4


def test_of_two_locations_removed_at_once_one_stays(cast: SimpleNamespace) -> None:
    annex = Location.objects.create(practice=cast.practice, name="Annex")

    def removing(location: Location) -> Callable[[], Any]:
        return lambda: remove_location(location, by=cast.dana.user)

    came = at_once(removing(cast.office), removing(annex))

    assert {type(each) for each in came} == {bool, LastLocation}
    assert Location.objects.filter(practice=cast.practice, ended_at=None).count() == 1
