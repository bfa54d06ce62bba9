"""Addresses of logging in and out; allauth links to these names."""

from django.urls import path

from letterhead.accounts.log_in import proof_views, views

urlpatterns = [
    path("login/", views.log_in, name="account_login"),
    path("logout/", views.log_out, name="account_logout"),
    path(
        "my-details/login-email/again/",
        proof_views.send_proof_again,
        name="send-login-email-link-again",
    ),
    path(
        "my-details/login-email/<str:token>/",
        proof_views.confirm_login_email,
        name="confirm-login-email",
    ),
]
