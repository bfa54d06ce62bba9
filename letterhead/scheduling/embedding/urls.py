"""Addresses of the online scheduler's settings."""

from django.urls import path

from letterhead.scheduling.embedding import views

urlpatterns = [
    path("account-settings/online-scheduler/", views.online_scheduler, name="online-scheduler"),
    path(
        "account-settings/online-scheduler/sites/",
        views.edit_sites,
        name="edit-scheduler-sites",
    ),
]
