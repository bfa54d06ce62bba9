"""Addresses of bills and visits."""

from django.urls import include, path

urlpatterns = [
    path("", include("letterhead.billing.appointments.urls")),
    path("", include("letterhead.billing.visits.urls")),
    path("", include("letterhead.billing.bills.urls")),
]
