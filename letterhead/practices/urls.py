"""URLs of registration, Account Settings, User Management and Activity."""

from django.urls import path

from letterhead.practices import views
from letterhead.practices.account_settings import views as edits
from letterhead.practices.activity import views as activity_views
from letterhead.practices.preferences import views as preference_views
from letterhead.practices.registration import views as registration_views
from letterhead.practices.security import views as security_views
from letterhead.practices.team import views as team_views

urlpatterns = [
    path("signup/", registration_views.sign_up, name="sign-up"),
    path("account-settings/", views.account_settings, name="account-settings"),
    path(
        "account-settings/practice/",
        edits.edit_practice_details,
        name="edit-practice-details",
    ),
    path("account-settings/practice/country/", edits.follow_country, name="follow-country"),
    path(
        "account-settings/billing/",
        edits.edit_billing_details,
        name="edit-billing-details",
    ),
    path(
        "account-settings/public-address/",
        edits.edit_public_address,
        name="edit-public-address",
    ),
    path("account-settings/logo/", edits.edit_logo, name="edit-logo"),
    path("account-settings/locations/add/", edits.new_location, name="add-location"),
    path("account-settings/locations/<int:pk>/", edits.edit_location, name="edit-location"),
    path(
        "account-settings/locations/<int:pk>/remove/",
        edits.remove_a_location,
        name="remove-location",
    ),
    path("account-settings/payers/add/", edits.new_payer, name="add-payer"),
    path("account-settings/payers/<int:pk>/", edits.edit_payer, name="edit-payer"),
    path("account-settings/security/", security_views.edit_security, name="edit-security"),
    path("my-details/preferences/", preference_views.edit_preferences, name="edit-preferences"),
    path("activity/", activity_views.activity, name="activity"),
    path("activity/csv/", activity_views.activity_csv, name="activity-csv"),
    path("users/", team_views.users, name="users"),
    path("users/invite/", team_views.invite_user, name="invite-user"),
    path("users/<int:pk>/", team_views.edit_user, name="edit-user"),
    path("users/<int:pk>/end/", team_views.end_user_access, name="end-access"),
    path("users/<int:pk>/hand-over/", team_views.hand_clients_over, name="hand-clients-over"),
    path("users/<int:pk>/back/", team_views.give_back, name="give-access-back"),
    path(
        "users/invitations/<int:pk>/again/",
        team_views.send_invitation_again,
        name="send-invitation-again",
    ),
    path(
        "users/invitations/<int:pk>/revoke/",
        team_views.revoke_invitation,
        name="revoke-invitation",
    ),
    path("switch/", team_views.switch, name="switch"),
    path("logo/<str:sha256>.png", edits.logo, name="logo"),
]
