"""Addresses of scheduling, section by section."""

from django.urls import include, path

urlpatterns = [
    path("", include("letterhead.scheduling.appointments.urls")),
    path("", include("letterhead.scheduling.availability.urls")),
    path("", include("letterhead.scheduling.booking_rules.urls")),
    path("", include("letterhead.scheduling.calendar.urls")),
    path("", include("letterhead.scheduling.embedding.urls")),
    path("", include("letterhead.scheduling.feeds.urls")),
    path("", include("letterhead.scheduling.services.urls")),
]
