"""Addresses of logging in, section by section."""

from django.urls import include, path

urlpatterns = [
    path("", include("letterhead.accounts.log_in.urls")),
    path("", include("letterhead.accounts.passwords.urls")),
    path("", include("letterhead.accounts.sessions.urls")),
    path("", include("letterhead.accounts.two_factor.urls")),
]
