"""User Management: roles and flags changed, access ended and given back, practices switched."""

import datetime as dt
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from letterhead.accounts.mails import addresses_of
from letterhead.accounts.recording import record_for
from letterhead.activity.models import Activity
from letterhead.billing.actions import make_bill
from letterhead.billing.models import Bill, Visit
from letterhead.clients.models import Client
from letterhead.clients.queries import clinicians_for
from letterhead.details.joining.actions import accept_invitation
from letterhead.details.models import Practitioner
from letterhead.outbox.worker import do_all_due
from letterhead.practices.models import Membership
from letterhead.practices.roles import Role
from tests.booking.street import look
from tests.clients.desk import client_of, visit_of
from tests.factories import Person
from tests.practices.office import Office, Shown
from tests.practices.team.team import (
    LONG,
    ROBIN,
    SWITCH,
    USERS,
    invited,
    joins,
    membership_of,
    token_of,
)

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("America/New_York"))
MY_DETAILS, CLIENTS = "/my-details/", "/clients/"


def edits(by: Person, whom: Person, typed: dict[str, Any]) -> Shown:
    """Open "Edit user" and save."""
    return Office(by).save(f"/users/{membership_of(whom).pk}/", typed)


def ends(by: Person, whom: Person, typed: dict[str, Any] | None = None, **sent: str) -> Shown:
    """Open "End access" and save; `when` is "now" or "day"."""
    return Office(by).save(f"/users/{membership_of(whom).pk}/end/", typed, **sent)


def give_back(by: Person, whom: Person) -> None:
    Office(by).browser.post(f"/users/{membership_of(whom).pk}/back/")


def test_only_directors_find_user_management_in_their_menu(cast: SimpleNamespace) -> None:
    assert 'href="/users/"' in Office(cast.dana).open(MY_DETAILS).html
    for person in (cast.sam, cast.noor, cast.lee):
        assert 'href="/users/"' not in Office(person).open(MY_DETAILS).html
        assert Office(person).open(USERS).status == 403


def test_everybody_is_listed_with_role_flags_and_state(cast: SimpleNamespace) -> None:
    page = Office(cast.dana).read(USERS)

    assert "Noor Haddad noor@riverside.example Administrative Edit own availability" in page
    assert "Sam Okafor sam@riverside.example Clinical Show on Calendar" in page
    assert page.count("Active") == 4
    assert "sina" not in page


def test_a_new_role_holds_from_the_next_click(cast: SimpleNamespace) -> None:
    sam = Office(cast.sam)
    assert sam.open("/account-settings/").status == 403

    edits(cast.dana, cast.sam, {"Role": "Director"})

    assert "48 Water Street" in sam.read("/account-settings/")
    told = Activity.objects.get(act="changed a user")
    assert (told.about, told.changes) == (
        "sam@riverside.example",
        {"role": ["clinical", "director"]},
    )


def test_access_billing_opens_bills_to_office_staff(cast: SimpleNamespace) -> None:
    noor = Office(cast.noor)
    visit_of(cast, client_of(cast.sam))
    assert "Billing" not in noor.read(CLIENTS)

    edits(cast.dana, cast.noor, {"Access Billing": "on"})

    assert "Billing" in noor.read(CLIENTS)
    assert noor.open("/billing/").status == 200


@pytest.mark.parametrize("who", ["noor", "lee"])
def test_only_assigned_clients_hides_the_others(cast: SimpleNamespace, who: str) -> None:
    person: Person = getattr(cast, who)
    others, own = client_of(cast.dana), client_of(person, first="Own")
    office = Office(person)
    assert office.open(f"/clients/{others.pk}/").status == 200

    edits(cast.dana, person, {"Only assigned clients": "on"})

    assert office.open(f"/clients/{others.pk}/").status == 404
    assert str(own) in office.read(f"/clients/{own.pk}/")
    assert str(others) not in office.read(CLIENTS)


def test_a_director_sees_all_clients_whatever_the_flag(cast: SimpleNamespace) -> None:
    client = client_of(cast.sam)

    edits(cast.dana, cast.dana, {"Only assigned clients": "on"})

    assert membership_of(cast.dana).only_assigned_clients
    assert str(client) in Office(cast.dana).read(f"/clients/{client.pk}/")


def test_the_public_card_follows_show_on_calendar(cast: SimpleNamespace) -> None:
    assert look("/book/riverside/sam-okafor/").status == 200

    edits(cast.dana, cast.sam, {"Show on Calendar": False})

    assert look("/book/riverside/sam-okafor/").status == 404


def test_an_office_manager_is_no_clinician_whatever_is_selected(cast: SimpleNamespace) -> None:
    edits(cast.dana, cast.sam, {"Role": "Administrative", "Show on Calendar": "on"})

    assert not membership_of(cast.sam).show_on_calendar
    assert look("/book/riverside/sam-okafor/").status == 404
    offered = clinicians_for(membership_of(cast.dana))
    assert [each.last_name for each in offered] == ["Park", "Rivera"]


def test_an_office_manager_with_assigned_clients_only_is_offered_nowhere_as_clinician(
    cast: SimpleNamespace,
) -> None:
    edits(cast.dana, cast.noor, {"Only assigned clients": "on"})
    assert list(clinicians_for(membership_of(cast.noor))) == []
    noor = Office(cast.noor)

    page = noor.open("/clients/add/")
    assert "Noor Haddad" not in page.html
    assert "A Director can uncheck “Only assigned clients” for you" in page.text
    chosen = {"last_name": "Moreno", "country": "US", "clinician": cast.noor.practitioner_id}
    refused = noor.post("/clients/add/", {**page.sends(), **chosen})

    assert refused.status == 422
    assert refused.says_beside("Clinician")
    assert not Client.objects.exists()


def test_a_clinician_with_assigned_clients_only_chooses_themselves(cast: SimpleNamespace) -> None:
    offered = clinicians_for(membership_of(cast.sam))

    assert [each.last_name for each in offered] == ["Okafor"]


def test_someone_invited_for_the_office_is_on_no_public_page(cast: SimpleNamespace) -> None:
    path = invited(cast.practice, cast.dana, role="administrative", show_on_calendar=True)

    accept_invitation(
        token_of(path),
        details={"first_name": "Robin", "last_name": "Vale", "contact_email": ROBIN},
        password=LONG,
    )

    assert "Robin Vale" not in look("/book/riverside/").text
    robin = Practitioner.objects.get(last_name="Vale")
    assert robin.membership
    assert not robin.membership.show_on_calendar


def test_nobody_changes_their_own_role(cast: SimpleNamespace) -> None:
    edits(cast.dana, cast.lee, {"Role": "Director"})
    dana = Office(cast.dana)
    own = f"/users/{membership_of(cast.dana).pk}/"
    form = dana.open(own)
    assert "disabled" in form.field("Role").attributes

    dana.send(own, form, role="clinical")

    assert membership_of(cast.dana).role == Role.DIRECTOR


def test_a_director_may_change_their_own_flags(cast: SimpleNamespace) -> None:
    assert membership_of(cast.dana).show_on_calendar

    edits(cast.dana, cast.dana, {"Show on Calendar": False})

    assert not membership_of(cast.dana).show_on_calendar


def test_a_stale_save_says_what_the_other_director_saved(cast: SimpleNamespace) -> None:
    dana, address = Office(cast.dana), f"/users/{membership_of(cast.sam).pk}/"
    form = dana.open(address)
    edits(cast.dana, cast.sam, {"Role": "Supervisor"})

    late = dana.send(address, form, {"Role": "Administrative"})

    assert late.status == 422
    assert late.says_beside("Role") == "Someone else saved: Supervisor"
    assert dana.send(address, late).status == 302
    assert membership_of(cast.sam).role == "administrative"


def test_users_of_another_practice_are_not_found(cast: SimpleNamespace) -> None:
    sina, sam = Office(cast.stranger), membership_of(cast.sam).pk

    assert sina.open(f"/users/{sam}/").status == 404
    assert sina.open(f"/users/{sam}/end/").status == 404
    assert sina.browser.post(f"/users/{sam}/back/").status_code == 404


def test_ended_at_once_the_next_click_reaches_nothing(cast: SimpleNamespace) -> None:
    sam, client = Office(cast.sam), client_of(cast.sam)
    assert sam.open(CLIENTS).status == 200

    assert ends(cast.dana, cast.sam, when="now").status == 302

    for address in (MY_DETAILS, CLIENTS, f"/clients/{client.pk}/", "/billing/", USERS):
        page = sam.open(address)
        assert page.status == 403
        assert "You don’t have access to a practice" in page.text
        assert str(client) not in page.text
    told = Activity.objects.get(act="ended a user's access")
    assert told.about == "sam@riverside.example"


def test_who_left_is_gone_from_the_street_and_from_choices(cast: SimpleNamespace) -> None:
    client = client_of(cast.dana)
    assert "Sam Okafor" in look("/book/riverside/").text

    ends(cast.dana, cast.sam, when="now")

    gone = look("/book/riverside/sam-okafor/")
    assert gone.status == 404
    assert "See everyone at Riverside Nutrition" in gone.text
    assert "Sam Okafor" not in look("/book/riverside/").text
    chosen = Office(cast.dana).open(f"/clients/{client.pk}/edit/").field("Clinician")
    assert "Sam Okafor" not in chosen.options


def test_after_a_last_day_access_ends_at_the_practices_midnight(cast: SimpleNamespace) -> None:
    with time_machine.travel(NOON, tick=False):
        saved = ends(cast.dana, cast.sam, {"Last day": "2026-11-21"}, when="day")
        assert saved.status == 302
        page = Office(cast.dana).read(USERS)
        assert "Last day Nov 21, 2026" in page
        assert "Left" not in page
    eve, midnight = NOON.replace(day=21, hour=23, minute=59), NOON.replace(day=22, hour=0)
    with time_machine.travel(eve, tick=False):
        assert Office(cast.sam).open(MY_DETAILS).status == 200
        assert look("/book/riverside/sam-okafor/").status == 200
    with time_machine.travel(midnight, tick=False):
        assert Office(cast.sam).open(MY_DETAILS).status == 403
        assert look("/book/riverside/sam-okafor/").status == 404
        assert "Left on Nov 21, 2026" in Office(cast.dana).read(USERS)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-19", "This day is past"),
        ("", "Choose the last day"),
        ("9999-12-31", "Check the year"),
    ],
)
def test_a_last_day_must_be_there_and_not_past(cast: SimpleNamespace, day: str, said: str) -> None:
    with time_machine.travel(NOON, tick=False):
        refused = ends(cast.dana, cast.sam, {"Last day": day}, when="day")

    assert refused.status == 422
    assert said in refused.says_beside("Last day")
    assert membership_of(cast.sam).ends_at is None


def test_clients_and_visits_to_come_go_to_a_colleague_and_past_ones_stay(
    cast: SimpleNamespace,
) -> None:
    client = client_of(cast.sam)
    past, coming = visit_of(cast, client), visit_of(cast, client)
    Visit.objects.filter(pk__in=[past.pk, coming.pk]).update(practitioner=cast.sam.practitioner)
    tomorrow = timezone.now().date() + dt.timedelta(days=2)
    Visit.objects.filter(pk=coming.pk).update(visited_on=tomorrow)
    draft = make_bill(past, kind=Bill.Kind.SUPERBILL, by=cast.dana.user)
    pop_up = Office(cast.dana).read(f"/users/{membership_of(cast.sam).pk}/end/")
    assert "1 client 1 draft bill 1 upcoming visit" in pop_up

    ends(cast.dana, cast.sam, {"Hand clients over to": "Lee Park"}, when="now")

    assert Client.objects.get(pk=client.pk).clinician == cast.lee.practitioner
    assert Visit.objects.get(pk=coming.pk).practitioner == cast.lee.practitioner
    assert Visit.objects.get(pk=past.pk).practitioner == cast.sam.practitioner
    assert Office(cast.lee).open(f"/billing/bills/{draft.pk}/").status == 200
    told = Activity.objects.get(act="ended a user's access").changes
    assert told["clients"] == ["sam@riverside.example", "lee@riverside.example"]
    assert told["number of clients"] == [1, 0]


def test_clients_that_nobody_took_over_are_counted_and_handed_over_later(
    cast: SimpleNamespace,
) -> None:
    client, dana = client_of(cast.sam), Office(cast.dana)
    ends(cast.dana, cast.sam, when="now")
    assert "1 client to hand over" in dana.read(USERS)

    address = f"/users/{membership_of(cast.sam).pk}/hand-over/"
    assert dana.save(address).says_beside("Hand clients over to") == "Fill this in."
    assert dana.save(address, {"Hand clients over to": "Lee Park"}).status == 302

    assert Client.objects.get(pk=client.pk).clinician == cast.lee.practitioner
    assert "to hand over" not in dana.read(USERS)
    assert Activity.objects.filter(act="handed clients over").count() == 1


def test_more_than_a_thousand_clients_are_not_counted_to_the_last(cast: SimpleNamespace) -> None:
    left = {"practice": cast.practice, "clinician_id": cast.sam.practitioner_id}
    Client.objects.bulk_create(Client(**left, last_name=f"Moreno {n}") for n in range(1_001))
    dana = Office(cast.dana)
    assert "1,000+ clients" in dana.read(f"/users/{membership_of(cast.sam).pk}/end/")

    ends(cast.dana, cast.sam, when="now")

    assert "1,000+ clients to hand over" in dana.read(USERS)
    Client.objects.all()[0].delete()
    assert "1,000 clients to hand over" in dana.read(USERS)


def test_only_who_left_is_handed_over_so(cast: SimpleNamespace) -> None:
    assert Office(cast.dana).open(f"/users/{membership_of(cast.sam).pk}/hand-over/").status == 404


@pytest.mark.django_db(transaction=True)
def test_with_a_last_day_clients_stay_until_then(cast: SimpleNamespace) -> None:
    client = client_of(cast.sam)
    with time_machine.travel(NOON, tick=False):
        typed = {"Last day": "2026-11-21", "Hand clients over to": "Lee Park"}
        ends(cast.dana, cast.sam, typed, when="day")
        do_all_due()
        assert Client.objects.get(pk=client.pk).clinician == cast.sam.practitioner
    with time_machine.travel(NOON.replace(day=22), tick=False):
        do_all_due()

    assert Client.objects.get(pk=client.pk).clinician == cast.lee.practitioner
    assert Activity.objects.filter(act="handed clients over").count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_keeps_access_keeps_their_clients(cast: SimpleNamespace) -> None:
    client = client_of(cast.sam)
    with time_machine.travel(NOON, tick=False):
        typed = {"Last day": "2026-11-21", "Hand clients over to": "Lee Park"}
        ends(cast.dana, cast.sam, typed, when="day")
        give_back(cast.dana, cast.sam)
    with time_machine.travel(NOON.replace(day=22), tick=False):
        do_all_due()

    assert Client.objects.get(pk=client.pk).clinician == cast.sam.practitioner


def test_mails_and_records_of_a_log_in_leave_the_practice_with_its_owner(
    cast: SimpleNamespace,
) -> None:
    mine = Practitioner.objects.filter(pk=cast.sam.practitioner_id)
    mine.update(contact_email="desk@riverside.example")
    joined = joins(cast.stranger.practice, cast.stranger, cast.sam)
    ends(cast.dana, cast.sam, when="now")

    record_for(cast.sam.user, "changed the password")

    told = Activity.objects.filter(act="changed the password")
    assert list(told.values_list("practice", flat=True)) == [joined.practice_id]
    assert addresses_of(cast.sam.user) == ["sam@riverside.example"]


def test_given_back_all_is_as_it_was(cast: SimpleNamespace) -> None:
    ends(cast.dana, cast.sam, when="now")
    assert "Left on" in Office(cast.dana).read(USERS)

    give_back(cast.dana, cast.sam)

    assert Office(cast.sam).open(MY_DETAILS).status == 200
    assert look("/book/riverside/sam-okafor/").status == 200
    assert "Left on" not in Office(cast.dana).read(USERS)
    assert Activity.objects.filter(act="gave access back").count() == 1


def test_nobody_ends_their_own_access(cast: SimpleNamespace) -> None:
    edits(cast.dana, cast.lee, {"Role": "Director"})
    assert f"/users/{membership_of(cast.dana).pk}/end/" not in Office(cast.dana).open(USERS).html

    refused = ends(cast.dana, cast.dana, when="now")

    assert refused.status == 422
    assert "You can't end your own access" in refused.text
    assert membership_of(cast.dana).ends_at is None


def test_nobody_puts_off_the_end_of_their_own_access(cast: SimpleNamespace) -> None:
    edits(cast.dana, cast.lee, {"Role": "Director"})
    last_day = timezone.now() + dt.timedelta(days=3)
    Membership.objects.filter(user=cast.lee.user).update(ends_at=last_day)
    assert f"/users/{membership_of(cast.lee).pk}/back/" in Office(cast.dana).open(USERS).html
    assert f"/users/{membership_of(cast.lee).pk}/back/" not in Office(cast.lee).open(USERS).html

    lee = Office(cast.lee)
    lee.browser.post(f"/users/{membership_of(cast.lee).pk}/back/")

    assert membership_of(cast.lee).ends_at == last_day
    assert "You can't give yourself access back" in lee.read(USERS)


def test_the_last_director_for_good_stays_one(cast: SimpleNamespace) -> None:
    edits(cast.dana, cast.lee, {"Role": "Director"})
    Membership.objects.filter(user=cast.dana.user).update(
        ends_at=timezone.now() + dt.timedelta(days=3)
    )

    demoted = edits(cast.dana, cast.lee, {"Role": "Clinical"})
    ended = ends(cast.dana, cast.lee, when="now")

    assert demoted.status == ended.status == 422
    assert "The practice would have no Director" in demoted.says_beside("Role")
    assert "The practice would have no Director" in ended.text
    assert (membership_of(cast.lee).role, membership_of(cast.lee).ends_at) == ("director", None)


def test_somebody_in_two_practices_switches(cast: SimpleNamespace) -> None:
    ada, bo = client_of(cast.dana), client_of(cast.stranger, first="Bo", last="Else")
    joins(cast.practice, cast.dana, cast.stranger)
    edits(cast.dana, Person(cast.stranger.user, cast.practice, 0), {"Role": "Director"})
    sina = Office(cast.stranger)
    assert "Switch to Elsewhere" in sina.read(MY_DETAILS)  # one lands where one joined last
    sina.browser.post(SWITCH, {"practice": str(cast.stranger.practice.pk)})
    assert "Switch to Riverside Nutrition" in sina.read(MY_DETAILS)
    assert sina.open(f"/clients/{bo.pk}/").status == 200
    assert sina.open(f"/clients/{ada.pk}/").status == 404

    sina.browser.post(SWITCH, {"practice": str(cast.practice.pk)})

    assert "Switch to Elsewhere" in sina.read(MY_DETAILS)
    assert "Robin Vale" in sina.read(MY_DETAILS)
    assert str(ada) in sina.read(f"/clients/{ada.pk}/")
    assert sina.open(f"/clients/{bo.pk}/").status == 404
    for page in map(sina.read, (CLIENTS, "/billing/", "/account-settings/")):
        assert page.replace("Switch to Elsewhere", "").count("Else") == 0


@pytest.mark.parametrize("wanted", ["", "x", "999999", "riverside"])
def test_a_practice_that_isnt_ones_own_is_not_found(cast: SimpleNamespace, wanted: str) -> None:
    sam = Office(cast.sam)
    other = str(cast.stranger.practice.pk) if wanted == "riverside" else wanted

    assert sam.browser.post(SWITCH, {"practice": other}).status_code == 404
    assert "Riverside Nutrition" in sam.read(MY_DETAILS)


def test_where_the_practice_switched_to_ends_one_is_in_the_other(cast: SimpleNamespace) -> None:
    joined = joins(cast.practice, cast.dana, cast.stranger)
    sina = Office(cast.stranger)
    sina.browser.post(SWITCH, {"practice": str(cast.practice.pk)})
    assert "Riverside Nutrition" in sina.read(MY_DETAILS)

    Membership.objects.filter(pk=joined.pk).update(ends_at=timezone.now())

    page = sina.open(MY_DETAILS)
    assert page.status == 200
    assert "Elsewhere" in page.text
    assert "Riverside" not in page.text
