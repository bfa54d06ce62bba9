"""The kinds of bills: each has its files and its numbers, and none shares them."""

from types import SimpleNamespace

import pytest

from letterhead.billing.actions import read_issued_file
from letterhead.billing.kinds import BillKind, kind_of
from letterhead.billing.models import Bill, IssuedFile
from letterhead.billing.queries import issued_contents
from letterhead.claims.models import Printer
from letterhead.claims.queries import claim_for_printer
from letterhead.countries.table import country_of
from tests.billing.ready import full_visit, issued


def kinds() -> list[BillKind]:
    return [kind_of(Bill(kind=kind)) for kind in Bill.Kind]


def test_every_kind_is_found_from_a_bill() -> None:
    assert [kind.stored_as for kind in kinds()] == list(Bill.Kind)


def test_every_file_is_of_one_kind_and_numbers_differ() -> None:
    assert [form for kind in kinds() for form in kind.forms] == list(IssuedFile.Form)
    assert len({kind.number(2026, 1, country=country_of("US")) for kind in kinds()}) == len(kinds())


@pytest.mark.django_db
def test_a_claim_is_issued_where_the_default_printer_needs_it(cast: SimpleNamespace) -> None:
    printer = Printer.objects.create(
        practice=cast.practice, name="Front desk", right_mm="1.5", down_mm="-2", is_default=True
    )
    straight = Printer(practice=cast.practice, name="Back office")

    claim = issued(cast, full_visit(cast), Bill.Kind.CMS1500)

    file = IssuedFile.objects.get(issued=claim, form=IssuedFile.Form.PREPRINTED)
    contents = issued_contents(claim)
    assert read_issued_file(file) == claim_for_printer(contents, printer)
    assert read_issued_file(file) != claim_for_printer(contents, straight)
