"""Addresses of registering, Account Settings, User Management and Activity."""

from django.urls import path

from letterhead.practices import (
    activity_views,
    preference_views,
    security_views,
    users_views,
    views,
)

urlpatterns = [
    path("signup/", views.sign_up, name="sign-up"),
    path("account-settings/", views.account_settings, name="account-settings"),
    path("account-settings/practice/", views.edit_practice_details, name="edit-practice-details"),
    path("account-settings/billing/", views.edit_billing_details, name="edit-billing-details"),
    path("account-settings/logo/", views.edit_logo, name="edit-logo"),
    path("account-settings/locations/<int:pk>/", views.edit_location, name="edit-location"),
    path("account-settings/payers/add/", views.new_payer, name="add-payer"),
    path("account-settings/payers/<int:pk>/", views.edit_payer, name="edit-payer"),
    path("account-settings/security/", security_views.edit_security, name="edit-security"),
    path("my-details/preferences/", preference_views.edit_preferences, name="edit-preferences"),
    path("activity/", activity_views.activity, name="activity"),
    path("activity/csv/", activity_views.activity_csv, name="activity-csv"),
    path("users/", users_views.users, name="users"),
    path("users/invite/", users_views.invite_user, name="invite-user"),
    path("users/<int:pk>/", users_views.edit_user, name="edit-user"),
    path("users/<int:pk>/end/", users_views.end_user_access, name="end-access"),
    path("users/<int:pk>/hand-over/", users_views.hand_clients_over, name="hand-clients-over"),
    path("users/<int:pk>/back/", users_views.give_back, name="give-access-back"),
    path(
        "users/invitations/<int:pk>/again/",
        users_views.send_invitation_again,
        name="send-invitation-again",
    ),
    path(
        "users/invitations/<int:pk>/revoke/",
        users_views.revoke_invitation,
        name="revoke-invitation",
    ),
    path("switch/", users_views.switch, name="switch"),
    path("logo/<str:sha256>.png", views.logo, name="logo"),
]
