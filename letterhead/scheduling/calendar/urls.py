"""Addresses of what the calendar draws."""

from django.urls import path

from letterhead.scheduling.calendar import views

urlpatterns = [
    path("calendar/appointments.json", views.drawn, name="calendar-drawn"),
]
