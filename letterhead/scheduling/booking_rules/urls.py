"""Addresses of booking rules."""

from django.urls import path

from letterhead.scheduling.booking_rules import views

urlpatterns = [
    path("account-settings/booking-rules/", views.edit_practice_rules, name="edit-booking-rules"),
    path(
        "calendar/availability/<int:pk>/booking-rules/",
        views.edit_own_rules,
        name="edit-own-booking-rules",
    ),
]
