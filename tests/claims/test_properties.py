"""Every claim prints complete and in its boxes, or is refused by name."""

from hypothesis import HealthCheck, example, given, settings

from letterhead.billing.contents import Contents, from_json, to_json
from letterhead.billing.problems import Place
from letterhead.claims.cms1500 import DoesNotFit, fill
from letterhead.claims.paper.pdf import data_only, readable
from letterhead.claims.readiness import problems, refused
from tests.claims.reading import values_of
from tests.claims.samples import CLAIM, changed
from tests.claims.strategies import any_claims, sound_claims

many = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@many
@given(sound_claims)
def test_a_claim_without_errors_prints_each_value_inside_its_box_and_reads_back_equal(
    claim: Contents,
) -> None:
    filled = list(fill(claim))

    assert values_of(data_only(claim)) == filled
    assert values_of(readable(claim)) == filled
    for item, what, amount in (
        ("28", "total charge", claim.total),
        ("29", "amount paid", claim.visit.amount_paid),
    ):
        shown = [form[item, f"{what} dollars"] + form[item, f"{what} cents"] for form in filled]
        assert sum(map(int, shown)) == amount * 100


@many
@given(any_claims)
@example(changed(CLAIM, practice__name="N" * 30))
def test_what_does_not_fit_is_refused_and_names_its_field_but_is_never_cut(claim: Contents) -> None:
    errors = refused(claim)

    for error in errors:
        assert error.place in Place
        assert error.field
        assert error.item and error.message.endswith((".", "…"))
    try:
        printed = fill(claim)
        assert printed[0]["33", "billing name"]
    except DoesNotFit as too_much:
        at_fault = {(error.place, error.field) for error in errors}
        place, field = too_much.printed.place, too_much.printed.field
        assert (place, field) in at_fault or _a_part_of_its_name_is(place, field, at_fault)


def _a_part_of_its_name_is(place: Place, field: str, at_fault: set[tuple[Place, str]]) -> bool:
    """A name is printed as one value but fixed in its parts."""
    if field in {"signature", "short_signature"}:
        return any(where is place and name.startswith("claim_") for where, name in at_fault)
    prefix = field.removesuffix("last_name")
    return any(where is place and name.startswith(prefix) for where, name in at_fault)


@settings(max_examples=20, deadline=None)
@given(sound_claims)
def test_a_stored_claim_prints_the_same_bytes(claim: Contents) -> None:
    stored = from_json(to_json(claim))

    assert data_only(stored) == data_only(claim)
    assert readable(stored) == readable(claim)
    assert problems(stored) == problems(claim)
