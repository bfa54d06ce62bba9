"""Addresses of the calendar and its appointments."""

from django.urls import path

from letterhead.scheduling.appointments import edit_views, people_views, views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/appointments/add/", edit_views.add, name="add-appointment"),
    path("calendar/appointments/<int:pk>/", views.appointment, name="appointment"),
    path(
        "calendar/appointments/<int:pk>/move/",
        edit_views.move_appointment,
        name="move-appointment",
    ),
    path(
        "calendar/appointments/<int:pk>/cancel/",
        edit_views.cancel_appointment,
        name="cancel-appointment",
    ),
    path("calendar/appointments/<int:pk>/note/", edit_views.edit_note, name="appointment-note"),
    path(
        "calendar/appointments/<int:pk>/clients/add/",
        edit_views.add_client,
        name="add-client-to-appointment",
    ),
    path("calendar/people/<int:pk>/", people_views.mark, name="mark-appointment"),
]
