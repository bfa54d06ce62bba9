"""Booking rules of the practice and of a clinician: what is typed, what an empty field means."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from letterhead.activity.models import Activity
from letterhead.practices.models import Membership
from letterhead.scheduling.diaries import lock, practice_changed
from letterhead.scheduling.models import Diary, PracticeRules
from letterhead.slots.rules import rules_of
from tests.factories import Person
from tests.practices.office import SETTINGS, Office

EDIT = f"{SETTINGS}booking-rules/"
NOTICE, AHEAD = "Minimum notice in hours", "How many days ahead clients can book"
GRID, MOST = "Start times every", "Most appointments a day"
APPROVAL = "The practice confirms each online booking"


@pytest.fixture
def dana(cast: SimpleNamespace) -> Office:
    return Office(cast.dana)


def own_rules(person: Person) -> str:
    return f"/calendar/availability/{person.practitioner_id}/booking-rules/"


def test_account_settings_says_what_applies_and_that_it_is_usual(dana: Office) -> None:
    page = dana.read(SETTINGS)

    assert f"{NOTICE} 24 hours Usual" in page
    assert f"{AHEAD} 60 days Usual" in page
    assert f"{MOST} No limit Usual" in page
    assert f"{APPROVAL} No Usual" in page


def test_rules_are_saved_recorded_and_told_to_the_calendar(
    cast: SimpleNamespace, dana: Office
) -> None:
    answer = dana.save(EDIT, {NOTICE: "48", GRID: "15 minutes", APPROVAL: "Yes"})

    assert answer.location == SETTINGS
    row = PracticeRules.objects.get(pk=cast.practice.pk)
    rules = rules_of(row)
    assert (rules.notice_hours, rules.grid_minutes, rules.needs_approval) == (48, 15, True)
    assert (row.horizon_days, rules.horizon_days, row.version) == (None, 60, 2)
    page = dana.read(SETTINGS)
    assert f"{NOTICE} 48 hours {AHEAD}" in page
    assert Activity.objects.latest("pk").changes["notice_hours"] == [None, 48]


def test_an_empty_field_says_what_it_means(cast: SimpleNamespace, dana: Office) -> None:
    form = dana.open(EDIT)
    assert "If empty: 24 hours" in form.text
    assert next(iter(form.field(GRID).options)) == "Usual (30 minutes)"

    dana.save(EDIT, {NOTICE: "48", GRID: "15 minutes"})

    own = dana.open(own_rules(cast.sam))
    assert "If empty: 48 hours" in own.text
    assert next(iter(own.field(GRID).options)) == "Practice default (15 minutes)"


def test_a_clinicians_own_rules_win_over_the_practices(cast: SimpleNamespace, dana: Office) -> None:
    dana.save(EDIT, {NOTICE: "48", APPROVAL: "Yes"})

    answer = Office(cast.sam).save(own_rules(cast.sam), {NOTICE: "0", APPROVAL: "No"})

    assert answer.status == 302
    rules = rules_of(PracticeRules.objects.get(pk=cast.practice.pk), Diary.objects.get())
    assert (rules.notice_hours, rules.needs_approval) == (0, False)


def test_what_is_wrong_is_said_beside_its_field(dana: Office) -> None:
    answer = dana.save(EDIT, {NOTICE: "721", AHEAD: "0", MOST: "many"})

    assert answer.status == 422
    assert answer.wrong() == {
        NOTICE: "Enter a whole number from 0 to 720.",
        AHEAD: "Enter a whole number from 1 to 366.",
        MOST: "Enter a whole number from 1 to 100.",
    }
    assert answer.field(MOST).value == "many"


def test_a_stale_save_shows_what_is_saved_and_the_next_one_wins(dana: Office) -> None:
    form = dana.open(EDIT)
    dana.save(EDIT, {NOTICE: "48"})

    refused = dana.send(EDIT, form, {NOTICE: "12"})
    assert refused.says_beside(NOTICE) == "Someone else saved: 48 hours"
    dana.send(EDIT, refused)

    assert PracticeRules.objects.get().notice_hours == 12


def test_appointments_and_services_in_between_are_no_change_of_rules(
    cast: SimpleNamespace, dana: Office
) -> None:
    practice, own = dana.open(EDIT), dana.open(own_rules(cast.sam))
    with transaction.atomic():
        practice_changed(cast.practice.pk)
        lock(cast.sam.practitioner_id)

    assert dana.send(EDIT, practice, {NOTICE: "12"}).status == 302
    assert dana.send(own_rules(cast.sam), own, {NOTICE: "12"}).status == 302


def test_a_form_without_its_mark_is_refused(dana: Office) -> None:
    answer = dana.post(EDIT, {"notice_hours": "12"})

    assert answer.status == 422
    assert "This form is incomplete." in answer.text


def test_who_changes_rules(cast: SimpleNamespace) -> None:
    sam = Office(cast.sam)
    assert sam.open(EDIT).status == 403
    assert sam.open(own_rules(cast.dana)).status == 404
    assert Office(cast.stranger).open(own_rules(cast.sam)).status == 404

    Membership.objects.filter(user=cast.sam.user).update(edit_own_availability=False)

    assert sam.open(own_rules(cast.sam)).status == 403
