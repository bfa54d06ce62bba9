"""The door to what people do with visits and bills; other rooms import no section itself."""

from letterhead.billing.bills.actions import (
    AlreadyCorrected,
    AlreadyIssued,
    Apart,
    NotReady,
    correct,
    discard,
    issue,
    make_bill,
    open_draft,
    read_issued_file,
)
from letterhead.billing.visits.actions import NewLine, VisitFacts, add_visit
from letterhead.billing.visits.attended import NotAttended, Unmatched, visit_from

__all__ = [
    "AlreadyCorrected",
    "AlreadyIssued",
    "Apart",
    "NewLine",
    "NotAttended",
    "NotReady",
    "Unmatched",
    "VisitFacts",
    "add_visit",
    "correct",
    "discard",
    "issue",
    "make_bill",
    "open_draft",
    "read_issued_file",
    "visit_from",
]
