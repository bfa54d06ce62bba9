"""Addresses of the calendar feed."""

from django.urls import path

from letterhead.scheduling.feeds import views

urlpatterns = [
    path("my-details/calendar-feed/", views.calendar_feed, name="calendar-feed"),
    path("calendar/feed/<str:token>.ics", views.calendar_feed_file, name="calendar-feed-file"),
]
