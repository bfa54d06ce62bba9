"""Addresses on the way to an appointment; the words in them are nobody's slug (texts/slugs.py)."""

from django.urls import path

from letterhead.booking.scheduler import change_views, views, wait_views

urlpatterns = [
    path("book/<slug:practice>/services/<int:service>/", views.service, name="book-service"),
    path("book/<slug:practice>/services/<int:service>/book/", views.form, name="book-form"),
    path(
        "book/<slug:practice>/<slug:clinician>/services/<int:service>/",
        views.service,
        name="book-clinician-service",
    ),
    path(
        "book/<slug:practice>/<slug:clinician>/services/<int:service>/book/",
        views.form,
        name="book-clinician-form",
    ),
    path("book/<slug:practice>/services/<int:service>/wait/", wait_views.wait, name="book-wait"),
    path(
        "book/<slug:practice>/<slug:clinician>/services/<int:service>/wait/",
        wait_views.wait,
        name="book-clinician-wait",
    ),
    path(
        "book/<slug:practice>/waiting-list/<str:token>/",
        wait_views.place,
        name="book-waiting-list",
    ),
    path("book/<slug:practice>/booked/<str:token>/", change_views.booked, name="book-booked"),
    path("book/<slug:practice>/prove/<str:token>/", change_views.prove_email, name="book-prove"),
    path(
        "book/<slug:practice>/reschedule/<str:token>/",
        change_views.reschedule_appointment,
        name="book-reschedule",
    ),
    path(
        "book/<slug:practice>/cancel/<str:token>/",
        change_views.cancel_appointment,
        name="book-cancel",
    ),
]
