"""Addresses of Notifications."""

from django.urls import path

from letterhead.notifications import views

urlpatterns = [
    path("my-details/notifications/", views.notifications, name="notifications"),
    path("notifications/unsubscribe/<str:token>/", views.unsubscribe_by_link, name="unsubscribe"),
]
