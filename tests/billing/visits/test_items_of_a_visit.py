"""What only some payers ask of a visit: folded away, entered, and printed in its box."""

import re
from types import SimpleNamespace

import pytest

from letterhead.billing.models import Visit
from letterhead.billing.queries import draft_contents
from letterhead.claims.cms1500 import fill
from letterhead.clients.models import Client
from letterhead.practices.models import Payer
from tests.billing.ready import NOW, draft
from tests.clients.desk import Desk, policy_of, visit_of

REFERRER = {"referrer_qualifier": "DN", "referrer_last_name": "Vale"}
ITEMS = {
    "claim_codes": "w2, W3",
    "onset_on": "2026-10-05",
    "onset_qualifier": "431",
    "other_date": "2026-10-09",
    "other_date_qualifier": "454",
    "unable_to_work_since": "2026-10-06",
    "unable_to_work_until": "2026-10-12",
    "referrer_other_id_qualifier": "G2",
    "referrer_other_id": "H-77",
    "hospitalized_since": "2026-10-07",
    "hospitalized_until": "2026-10-08",
    "additional_information": "Seen with the family",
    "outside_lab_charge": "45.50",
}


@pytest.fixture
def visit(cast: SimpleNamespace, ada: Client) -> Visit:
    return visit_of(cast, ada, policy_id=policy_of(cast, ada).pk)


def edit(visit: Visit) -> str:
    return f"/billing/visits/{visit.pk}/edit/"


def printed(cast: SimpleNamespace, visit: Visit, item: str) -> dict[str, str]:
    """What a claim of this visit prints in one item."""
    contents = draft_contents(draft(cast, visit, "cms1500"), now=NOW)
    boxes = fill(contents)[0]
    return {field: text for (of, field), text in boxes.items() if of == item}


def titles(page: str, *, opened: bool) -> list[str]:
    """The folded parts of a page that are open, or closed."""
    parts = re.findall(r'<details class="folded"( open)?><summary>(.*?)</summary>', page)
    return [title for is_open, title in parts if bool(is_open) is opened]


def date(what: str, month: str, day: str, year: str) -> dict[str, str]:
    return {f"{what} month": month, f"{what} day": day, f"{what} year": year}


def test_what_is_entered_prints_in_its_box_with_dates_as_short_as_those_of_24a(
    cast: SimpleNamespace, dana: Desk, visit: Visit
) -> None:
    dana.save(edit(visit), **REFERRER, **ITEMS)

    assert printed(cast, visit, "10d") == {"claim codes": "W2   W3"}
    assert printed(cast, visit, "14") == {
        **date("onset", "10", "05", "26"), "onset qualifier": "431",
    }  # fmt: skip
    assert printed(cast, visit, "15") == {
        **date("other date", "10", "09", "26"), "other date qualifier": "454",
    }  # fmt: skip
    assert printed(cast, visit, "16") == {
        **date("unable to work from", "10", "06", "26"),
        **date("unable to work to", "10", "12", "26"),
    }
    assert printed(cast, visit, "17a") == {
        "referring other ID qualifier": "G2", "referring other ID": "H77",
    }  # fmt: skip
    assert printed(cast, visit, "18") == {
        **date("hospital from", "10", "07", "26"), **date("hospital to", "10", "08", "26"),
    }  # fmt: skip
    line_of_19 = {"additional claim information second line": "SEEN WITH THE FAMILY"}
    assert printed(cast, visit, "19") == line_of_19
    assert printed(cast, visit, "20") == {
        "outside lab YES X": "X", "outside lab dollars": "45", "outside lab cents": "50",
    }  # fmt: skip
    assert printed(cast, visit, "24A")["line 1 from year"] == "26"


def test_medicare_gets_the_date_of_onset_alone(
    cast: SimpleNamespace, dana: Desk, visit: Visit
) -> None:
    dana.save(edit(visit), **REFERRER, **ITEMS)
    Payer.objects.filter(pk=cast.acme.pk).update(kind="medicare")

    assert printed(cast, visit, "14") == date("onset", "10", "05", "26")
    assert printed(cast, visit, "15") == printed(cast, visit, "17a") == {}


def test_the_usual_visit_shows_none_of_it_until_it_is_filled(dana: Desk, visit: Visit) -> None:
    assert titles(dana.read(edit(visit)), opened=True) == []

    dana.save(edit(visit), claim_codes="W2")

    opened = titles(dana.read(edit(visit)), opened=True)
    assert opened == ["Claim codes, additional information, outside lab"]


@pytest.mark.parametrize("cause", ["auto_accident", "employment_related", "other_accident"])
def test_an_accident_opens_the_date_of_the_injury(dana: Desk, visit: Visit, cause: str) -> None:
    dana.save(edit(visit), **{cause: "on"}, auto_accident_state="NY")

    opened = titles(dana.read(edit(visit)), opened=True)
    assert "Date of the illness or injury, other date" in opened
    assert ("Unable to work, in the hospital" in opened) is (cause == "employment_related")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("onset_qualifier", {"onset_on": "2026-10-05"}, "Choose what it is."),
        ("onset_on", {"onset_qualifier": "431"}, "or choose nothing here"),
        ("onset_qualifier", {"onset_on": "2026-10-05", "onset_qualifier": "454"}, "valid choice"),
        ("other_date_qualifier", {"other_date": "2026-10-05"}, "Choose what it is."),
        ("other_date_qualifier", {"other_date": "2026-10-05", "other_date_qualifier": "050"},
         "valid choice"),
        ("unable_to_work_until",
         {"unable_to_work_since": "2026-10-05", "unable_to_work_until": "2026-10-04"},
         "before the first day"),
        ("hospitalized_until",
         {"hospitalized_since": "2026-10-05", "hospitalized_until": "2026-10-04"},
         "before the first day"),
        ("referrer_other_id_qualifier", REFERRER | {"referrer_other_id": "7"},
         "Choose what it is."),
        ("referrer_other_id_qualifier",
         REFERRER | {"referrer_other_id": "7", "referrer_other_id_qualifier": "LU"},
         "LU is for a supervising provider"),
        ("referrer_last_name", {"referrer_other_id": "7", "referrer_other_id_qualifier": "0B"},
         "last name"),
        ("referrer_other_id", REFERRER | {"referrer_other_id": "7*"}, "carry “*”"),
        ("claim_codes", {"claim_codes": "W2 W3 W4 W5 AA"}, "room for four codes"),
        ("additional_information", {"additional_information": "x" * 72}, "at most 71"),
        ("outside_lab_charge", {"outside_lab_charge": "-1"}, "negative"),
    ],
)  # fmt: skip
def test_what_a_payer_would_send_back_is_refused_beside_its_field_in_an_open_part(
    dana: Desk, visit: Visit, field: str, typed: dict[str, str], said: str
) -> None:
    answer = dana.save(edit(visit), **typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors[field])
    assert all(f'id="id_{field}"' not in part for part in _closed(page))


def _closed(page: str) -> list[str]:
    return re.findall(r'<details class="folded"><summary>.*?</details>', page, re.DOTALL)


def test_a_medicaid_number_stays_in_one_piece(cast: SimpleNamespace, dana: Desk,
                                               visit: Visit) -> None:  # fmt: skip
    dana.save(edit(visit), claim_codes="mcd 1234567")

    assert printed(cast, visit, "10d") == {"claim codes": "MCD 1234567"}
