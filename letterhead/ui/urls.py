"""URLs outside any room."""

from django.urls import path

from letterhead.ui import views

urlpatterns = [
    path("", views.home, name="home"),
    path("guide/", views.guide, name="guide"),
    path("guide/<slug:page>/", views.guide, name="guide-page"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
