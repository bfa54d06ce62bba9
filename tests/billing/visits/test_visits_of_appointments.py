"""Who came to an appointment has a visit, made once, with all that is known of it."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from letterhead.activity.models import Activity
from letterhead.billing.actions import NotAttended, Unmatched, visit_from
from letterhead.billing.models import Bill, Visit
from letterhead.billing.queries import visit_of_attendee, visits_of_attendees
from letterhead.clients.models import Client
from letterhead.practices.models import Location, Membership
from letterhead.scheduling.models import Attendee, Offer
from tests.clients.desk import Desk, client_of, policy_of, visit_of
from tests.scheduling.made import attended
from tests.scheduling.making import service


def test_the_visit_has_all_that_the_appointment_knows(cast: SimpleNamespace, ada: Client) -> None:
    home = Location.objects.create(practice=cast.practice, name="Video", place_of_service="10")
    late = dt.datetime(2026, 11, 10, 2, tzinfo=dt.UTC)  # nine in the evening of the 9th there

    visit = visit_from(
        attended(cast, cast.dana, ada, starts_at=late, location=home), by=cast.dana.user
    )

    assert (visit.visited_on, visit.client, visit.location) == (dt.date(2026, 11, 9), ada, home)
    assert visit.practitioner_id == cast.dana.practitioner_id
    line = visit.lines.get()
    assert (line.code, line.modifiers, line.units_shown) == ("97803", "95", "1")
    assert line.charge == Decimal(130)
    assert (line.service_on, line.place_of_service) == (visit.visited_on, "10")
    assert line.description == "Follow-up visit"


def test_a_clinician_with_a_fee_of_their_own_charges_it(cast: SimpleNamespace, ada: Client) -> None:
    kind = service(cast.practice, cast.dana)
    Offer.objects.update(fee=Decimal("75.50"))

    visit = visit_from(attended(cast, cast.dana, ada, kind=kind), by=cast.dana.user)

    assert visit.lines.get().charge == Decimal("75.50")


def test_a_service_without_a_fee_makes_a_charge_of_nothing(
    cast: SimpleNamespace, ada: Client
) -> None:
    kind = service(cast.practice, cast.dana, fee=None)

    visit = visit_from(attended(cast, cast.dana, ada, kind=kind), by=cast.dana.user)

    assert visit.lines.get().charge == 0


def test_diagnoses_and_policy_are_those_of_the_last_visit_before(
    cast: SimpleNamespace, ada: Client
) -> None:
    policy_of(cast, ada, member_id="FIRST")
    second = policy_of(cast, ada, member_id="SECOND")
    visit_of(cast, ada, "2026-10-05", diagnoses=("E10.9",))
    last = visit_of(cast, ada, "2026-11-02", diagnoses=("E11.9", "Z71.3"), policy_id=second.pk)
    visit_of(cast, ada, "2026-11-20", diagnoses=("E66.9",))  # after the appointment

    visit = visit_from(attended(cast, cast.dana, ada), by=cast.dana.user)

    codes = visit.diagnoses.order_by("position").values_list("code", flat=True)
    assert list(codes) == ["E11.9", "Z71.3"]
    assert (visit.policy, visit.carried_over_from) == (second, last.visited_on)
    assert visit.lines.get().pointers == "A"


def test_a_service_points_to_what_it_pointed_to_last_time(
    cast: SimpleNamespace, ada: Client
) -> None:
    last = visit_of(cast, ada, diagnoses=("E11.9", "Z71.3"))
    last.lines.update(code="97803", pointers="BA")

    visit = visit_from(attended(cast, cast.dana, ada), by=cast.dana.user)

    assert visit.lines.get().pointers == "BA"


def test_a_first_visit_has_the_first_policy_and_nothing_carried_over(
    cast: SimpleNamespace, ada: Client
) -> None:
    policy = policy_of(cast, ada)

    visit = visit_from(attended(cast, cast.dana, ada), by=cast.dana.user)

    assert (visit.policy, visit.carried_over_from, visit.diagnoses.count()) == (policy, None, 0)
    assert visit.lines.get().pointers == ""


def test_the_visit_is_made_once(cast: SimpleNamespace, ada: Client) -> None:
    came = attended(cast, cast.dana, ada)

    first = visit_from(came, by=cast.dana.user)
    again = visit_from(came, by=cast.dana.user)

    assert again == first == visit_of_attendee(came) == Visit.objects.get()
    assert Activity.objects.filter(act="added a visit").count() == 1


def test_the_database_itself_refuses_a_second_visit(cast: SimpleNamespace, ada: Client) -> None:
    came = attended(cast, cast.dana, ada)
    visit_from(came, by=cast.dana.user)
    other = visit_of(cast, ada)

    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=other.pk).update(attendee=came)
    with pytest.raises(ProtectedError):
        came.delete()


def test_who_has_not_come_has_no_visit(cast: SimpleNamespace, ada: Client) -> None:
    came = attended(cast, cast.dana, ada)
    Attendee.objects.update(state=Attendee.State.NO_SHOW)

    with pytest.raises(NotAttended):
        visit_from(came, by=cast.dana.user)
    assert not Visit.objects.exists()


def test_who_is_no_client_yet_has_no_visit(cast: SimpleNamespace) -> None:
    with pytest.raises(Unmatched):
        visit_from(attended(cast, cast.dana, None), by=cast.dana.user)


def test_visits_of_a_group_are_found_in_one_read(
    cast: SimpleNamespace, ada: Client, django_assert_num_queries: object
) -> None:
    bo = client_of(cast.dana, "Bo")
    came = [attended(cast, cast.dana, ada), attended(cast, cast.sam, bo)]
    visits = [visit_from(each, by=cast.dana.user) for each in came]

    with django_assert_num_queries(1):  # type: ignore[operator]
        found = visits_of_attendees(each.pk for each in came)

    assert found == {each.pk: visit for each, visit in zip(came, visits, strict=True)}


@pytest.mark.parametrize("kind", [Bill.Kind.SUPERBILL, Bill.Kind.CMS1500])
def test_one_click_opens_the_draft_and_a_second_one_the_same(
    dana: Desk, cast: SimpleNamespace, ada: Client, kind: str
) -> None:
    came = attended(cast, cast.dana, ada)
    address = reverse(f"new-{kind}-of-attendee", args=[came.pk])

    answers = [dana.browser.post(address) for _ in range(2)]

    bill = Bill.objects.get()
    assert (bill.kind, bill.visit, bill.total) == (kind, visit_of_attendee(came), Decimal(130))
    assert [answer.headers["Location"] for answer in answers] == [f"/billing/bills/{bill.pk}/"] * 2


def test_the_draft_says_what_was_carried_over_until_the_visit_is_saved(
    dana: Desk, cast: SimpleNamespace, ada: Client
) -> None:
    visit_of(cast, ada, "2026-11-03")
    came = attended(cast, cast.dana, ada)
    draft = dana.browser.post(reverse("new-superbill-of-attendee", args=[came.pk])).headers[
        "Location"
    ]
    visit = visit_of_attendee(came)
    assert visit is not None
    edit = reverse("edit-visit", args=[visit.pk])
    said = "from the visit of Nov 3, 2026: check them"

    assert said in dana.read(draft)
    assert said in dana.read(edit)

    assert dana.save(edit).status_code == 302

    assert said not in dana.read(draft)
    assert said not in dana.read(edit)


def test_without_a_client_the_page_says_to_match_first(dana: Desk, cast: SimpleNamespace) -> None:
    came = attended(cast, cast.dana, None)

    answer = dana.browser.post(reverse("new-superbill-of-attendee", args=[came.pk]))

    assert answer.status_code == 422
    assert "Una Known isn’t matched to a client yet" in answer.content.decode()
    assert not Visit.objects.exists()


def test_only_members_who_bill_and_see_the_client_can(cast: SimpleNamespace, ada: Client) -> None:
    came = attended(cast, cast.dana, ada)
    address = reverse("new-superbill-of-attendee", args=[came.pk])

    assert Desk(cast.sam).browser.post(address).status_code == 404  # another clinician's
    assert Desk(cast.lee).browser.post(address).status_code == 403  # bills nothing
    assert Desk(cast.noor).browser.post(address).status_code == 403
    assert Desk(cast.stranger).browser.post(address).status_code == 404
    Membership.objects.filter(user=cast.noor.user).update(access_billing=True)
    assert Desk(cast.noor).browser.post(address).status_code == 302


def test_the_appointments_page_offers_only_bills_that_can_be_made(
    dana: Desk, cast: SimpleNamespace, ada: Client
) -> None:
    mine = attended(cast, cast.dana, ada)
    theirs = attended(cast, cast.sam, ada)  # Sam saw a client of Dana's
    unmatched = attended(cast, cast.dana, None, starts_at=mine.appointment.ends_at)
    page = "/calendar/appointments/{}/".format

    assert "New superbill" in dana.read(page(mine.appointment_id))
    assert "New superbill" not in Desk(cast.sam).read(page(theirs.appointment_id))
    said = "Match them to a client to bill this appointment"
    assert said in dana.read(page(unmatched.appointment_id))
    assert "New superbill" not in Desk(cast.lee).read(page(mine.appointment_id))

    visit_from(mine, by=cast.dana.user)
    assert "Visit of Nov 9, 2026 added" in dana.read(page(mine.appointment_id))
