"""Addresses of bills."""

from django.urls import path

from letterhead.billing.bills import views
from letterhead.billing.models import Bill

urlpatterns = [
    path("billing/", views.bills, name="bills"),
    path(
        "billing/visits/<int:pk>/new-superbill/",
        views.new_bill,
        {"kind": Bill.Kind.SUPERBILL},
        name="new-superbill",
    ),
    path(
        "billing/visits/<int:pk>/new-cms-1500/",
        views.new_bill,
        {"kind": Bill.Kind.CMS1500},
        name="new-cms1500",
    ),
    path(
        "clients/<int:pk>/new-superbill/",
        views.new_bill_of_visits,
        {"kind": Bill.Kind.SUPERBILL},
        name="new-superbill-of-visits",
    ),
    path(
        "clients/<int:pk>/new-cms-1500/",
        views.new_bill_of_visits,
        {"kind": Bill.Kind.CMS1500},
        name="new-cms1500-of-visits",
    ),
    path("billing/bills/<int:pk>/", views.bill, name="bill"),
    path("billing/bills/<int:pk>/sheet.svg", views.bill_sheet, name="bill-sheet"),
    path("billing/bills/<int:pk>/issue/", views.issue_bill, name="issue-bill"),
    path("billing/bills/<int:pk>/correct/", views.correct_claim, name="correct-claim"),
    path("billing/bills/<int:pk>/discard/", views.discard_draft, name="discard-draft"),
    path("billing/bills/<int:pk>/draft/<slug:form>.pdf", views.draft_file, name="draft-file"),
    path(
        "billing/bills/<int:pk>/printers/<int:printer>.pdf",
        views.file_for_printer,
        name="file-for-printer",
    ),
    path("billing/bills/<int:pk>/<slug:form>.pdf", views.issued_file, name="issued-file"),
]
