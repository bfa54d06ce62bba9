"""The scheduler in a frame: on the sites that the practice named, and nowhere else."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from letterhead.scheduling.diaries import practice_changed
from letterhead.scheduling.links import To, link_to
from letterhead.scheduling.models import PracticeRules
from tests.booking.scheduler.visitor import form_path
from tests.booking.street import DANA, PRACTICE
from tests.scheduling.making import at
from tests.scheduling.online.booking import booked, chosen

pytestmark = pytest.mark.django_db
SITE = "https://www.riverside.example"


def paths(cast: SimpleNamespace, visit: Any) -> Any:
    ann = booked(chosen(cast, visit), at(11))
    return [
        *(PRACTICE, DANA, f"/book/riverside/services/{visit.pk}/"),
        form_path(visit, cast.office, "2026-12-07T15:00Z"),
        link_to(To.SEE, ann),
    ]


def test_only_the_sites_that_were_named_show_it_in_a_frame(
    cast: SimpleNamespace, visit: Any
) -> None:
    for path in paths(cast, visit):
        answer = Client().get(path)
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "framed" not in answer.content.decode()

    PracticeRules.objects.update_or_create(
        practice=cast.practice, defaults={"embedded_by": [SITE, "https://other.example"]}
    )
    practice_changed(cast.practice.pk)

    for path in [PRACTICE, DANA, f"/book/riverside/services/{visit.pk}/"]:
        answer = Client().get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert f"frame-ancestors {SITE} https://other.example" in policy
        assert "script-src 'self'" in policy
        assert "X-Frame-Options" not in answer.headers
        assert "booking/framed" in answer.content.decode()


def test_no_other_page_can_be_framed(cast: SimpleNamespace, visit: Any) -> None:
    PracticeRules.objects.create(practice=cast.practice, embedded_by=[SITE])

    for path in ("/login/", "/guide/", "/book/nowhere/"):
        assert "frame-ancestors 'none'" in Client().get(path).headers["Content-Security-Policy"]
    for path in paths(cast, visit):
        assert SITE in Client().get(path).headers["Content-Security-Policy"]
