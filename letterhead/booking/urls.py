"""Addresses that everyone may open."""

from django.urls import path

from letterhead.booking import views
from letterhead.booking.scheduler.urls import urlpatterns as scheduler

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("book/embed.js", views.embed_script, name="book-embed"),
    path("book/<slug:practice>/", views.practice, name="book"),
    path("book/<slug:practice>/logo-<slug:sha256>.png", views.logo, name="book-logo"),
    path(
        "book/<slug:practice>/preview-<slug:name>.png",
        views.practice_preview,
        name="book-preview",
    ),
    *scheduler,
    path("book/<slug:practice>/<slug:clinician>/", views.clinician, name="book-clinician"),
    path("book/<slug:practice>/<slug:clinician>.vcf", views.vcard, name="book-vcard"),
    path(
        "book/<slug:practice>/<slug:clinician>/preview-<slug:name>.png",
        views.clinician_preview,
        name="book-clinician-preview",
    ),
]
