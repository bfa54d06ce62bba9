"""Addresses that lead from an appointment to a bill."""

from django.urls import path

from letterhead.billing.appointments import views
from letterhead.billing.models import Bill

urlpatterns = [
    path(
        "billing/attendances/<int:pk>/new-superbill/",
        views.new_bill,
        {"kind": Bill.Kind.SUPERBILL},
        name="new-superbill-of-attendee",
    ),
    path(
        "billing/attendances/<int:pk>/new-cms-1500/",
        views.new_bill,
        {"kind": Bill.Kind.CMS1500},
        name="new-cms1500-of-attendee",
    ),
]
