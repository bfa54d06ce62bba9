"""Addresses of logging in and out; the names are those by which allauth leads on."""

from django.urls import path

from letterhead.accounts.log_in import views

urlpatterns = [
    path("login/", views.log_in, name="account_login"),
    path("logout/", views.log_out, name="account_logout"),
]
