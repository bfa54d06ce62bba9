"""Addresses of scheduling, section by section."""

from django.urls import include, path

urlpatterns = [
    path("", include("letterhead.scheduling.feeds.urls")),
    path("", include("letterhead.scheduling.appointments.urls")),
    path("", include("letterhead.scheduling.embedding.urls")),
    path("", include("letterhead.scheduling.services.urls")),
]
from letterhead.scheduling.availability.urls import urlpatterns as availability
from letterhead.scheduling.booking_rules.urls import urlpatterns as booking_rules
from letterhead.scheduling.services.urls import urlpatterns as services

urlpatterns = [*services, *booking_rules, *availability]
