"""Addresses of changing and resetting a password."""

from django.urls import path

from letterhead.accounts.passwords import views as password_views

urlpatterns = [
    path("my-details/password/", password_views.change, name="change-password"),
    path("password/strength/", password_views.how_strong, name="password-strength"),
    path("password/reset/", password_views.ask, name="password-reset"),
    path("password/reset/sent/", password_views.sent, name="password-reset-sent"),
    path("password/reset/new/", password_views.choose, name="password-reset-new"),
    path(
        "password/reset/<str:key>/<str:token>/",
        password_views.open_link,
        name="password-reset-link",
    ),
]
