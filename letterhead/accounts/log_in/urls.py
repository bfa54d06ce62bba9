"""Addresses of logging in and out; allauth links to these names."""

from django.urls import path

from letterhead.accounts.log_in import views

urlpatterns = [
    path("login/", views.log_in, name="account_login"),
    path("logout/", views.log_out, name="account_logout"),
]
