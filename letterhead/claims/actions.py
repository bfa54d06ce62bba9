"""What a person does with claims."""

import datetime as dt
from collections.abc import Mapping

from letterhead.accounts.models import User
from letterhead.billing.actions import issue
from letterhead.billing.contents import Contents
from letterhead.billing.models import Bill, IssuedBill, IssuedFile
from letterhead.billing.problems import Problem
from letterhead.claims.paper.pdf import NO_OFFSET, Offset, data_only, readable
from letterhead.claims.queries import default_offset
from letterhead.claims.readiness import problems


def issue_claim(bill: Bill, *, by: User, now: dt.datetime) -> IssuedBill:
    """Issue a CMS-1500. Raises billing.actions.NotReady or AlreadyIssued, and writes nothing."""
    offset = default_offset(bill.practice)

    def render(contents: Contents) -> Mapping[str, bytes]:
        return render_claim(contents, offset=offset)

    return issue(bill, by=by, now=now, check=check_claim, render=render)


def check_claim(contents: Contents) -> tuple[Problem, ...]:
    """Give what refuses a claim and what a payer might doubt."""
    return problems(contents)


def render_claim(contents: Contents, *, offset: Offset = NO_OFFSET) -> Mapping[str, bytes]:
    """Give the files of a claim by form; `offset` moves the one for pre-printed forms."""
    return {
        IssuedFile.Form.CMS1500: readable(contents),
        IssuedFile.Form.PREPRINTED: data_only(contents, offset=offset),
    }
