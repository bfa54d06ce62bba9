"""What only some payers ask of a service: folded away, entered, and printed in its box."""

from types import SimpleNamespace
from typing import Any

import pytest

from letterhead.billing.models import Visit
from letterhead.practices.models import Payer
from tests.billing.visits.test_items_of_a_visit import date, edit, printed, titles
from tests.clients.desk import Desk, client_of, policy_of, visit_of

FOLDED = "Last day, supplemental information, EPSDT, family planning, emergency"


@pytest.fixture
def visit(cast: SimpleNamespace) -> Visit:
    ada = client_of(cast.dana)
    return visit_of(cast, ada, policy_id=policy_of(cast, ada).pk)


def test_what_is_entered_prints_in_its_box(cast: SimpleNamespace, dana: Desk, visit: Visit) -> None:
    dana.save(
        edit(visit),
        **{
            "lines-0-until": "2026-11-04",
            "lines-0-supplemental": "N400026064871 ML1.5   ZZfeeding  pump",
            "lines-0-epsdt_reason": "S2",
            "lines-0-family_plan": "on",
            "lines-0-emergency": "on",
        },
    )

    assert printed(cast, visit, "24A") == {
        **date("line 1 from", "11", "02", "26"), **date("line 1 to", "11", "04", "26"),
    }  # fmt: skip
    assert printed(cast, visit, "24") == {
        "line 1 shaded supplemental": "N400026064871 ML1.5   ZZFEEDING  PUMP"
    }
    assert printed(cast, visit, "24C") == {"line 1 emergency": "Y"}
    assert printed(cast, visit, "24H") == {
        "line 1 EPSDT reason shaded": "S2", "line 1 family plan": "Y",
    }  # fmt: skip


def test_two_spaces_in_front_say_that_there_is_no_qualifier(
    cast: SimpleNamespace, dana: Desk, visit: Visit
) -> None:
    dana.save(edit(visit), **{"lines-0-supplemental": "  Feeding pump "})

    assert printed(cast, visit, "24") == {"line 1 shaded supplemental": "  FEEDING PUMP"}


def test_a_service_of_one_day_has_no_last_day(dana: Desk, visit: Visit) -> None:
    dana.save(edit(visit), **{"lines-0-until": "2026-11-02"})

    assert visit.lines.get().until is None


def test_a_service_cannot_end_before_it_begins_on_the_day_of_the_visit(
    dana: Desk, visit: Visit
) -> None:
    answer = dana.save(edit(visit), **{"lines-0-until": "2026-11-01"})

    assert answer.status_code == 422
    assert "This is before the first day." in answer.content.decode()
    assert titles(answer.content.decode(), opened=True) == [FOLDED]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("supplemental", "x" * 62, "at most 61"),
        ("epsdt_reason", "Y", "valid choice"),
        ("until", "31 Feb", "Enter the date as"),
    ],
)
def test_what_has_no_box_is_refused(
    dana: Desk, visit: Visit, field: str, typed: str, said: str
) -> None:
    answer = dana.save(edit(visit), **{f"lines-0-{field}": typed})

    assert answer.status_code == 422
    assert said in " ".join(answer.context["lines"].forms[0].errors[field])


def test_the_items_of_a_service_are_open_for_medicaid_only(
    cast: SimpleNamespace, dana: Desk, visit: Visit
) -> None:
    assert FOLDED in titles(dana.read(edit(visit)), opened=False)

    Payer.objects.filter(pk=cast.acme.pk).update(kind="medicaid")

    assert FOLDED in titles(dana.read(edit(visit)), opened=True)


def test_an_added_row_that_stays_empty_is_skipped(dana: Desk, visit: Visit) -> None:
    answer = dana.save(edit(visit), **{"lines-TOTAL_FORMS": "2"})

    assert answer.status_code == 302
    assert visit.lines.count() == 1


def test_the_form_asks_the_database_as_often_for_1_service_and_policy_as_for_9(
    cast: SimpleNamespace, dana: Desk, visit: Visit, django_assert_num_queries: Any
) -> None:
    line = visit.lines.get()
    for more in (0, 8):
        for n in range(more):
            policy_of(cast, visit.client, member_id=f"M{n}")
            line.pk, line.position = None, n + 1
            line.save()
        with django_assert_num_queries(16):
            dana.browser.get(edit(visit))
