"""Addresses of Availability."""

from django.urls import path

from letterhead.scheduling.availability import views

_PAGE = "calendar/availability/"
urlpatterns = [
    path(_PAGE, views.availability, name="availability"),
    path(f"{_PAGE}<int:pk>/hours/add/", views.new_hours, name="add-hours"),
    path(f"{_PAGE}<int:pk>/exceptions/add/", views.new_exception, name="add-exception"),
    path(f"{_PAGE}<int:pk>/time-off/add/", views.new_time_off, name="add-time-off"),
    path(f"{_PAGE}hours/<int:pk>/", views.edit_hours, name="edit-hours"),
    path(f"{_PAGE}hours/<int:pk>/remove/", views.remove_some_hours, name="remove-hours"),
    path(f"{_PAGE}time-off/<int:pk>/remove/", views.remove_some_time_off, name="remove-time-off"),
]
