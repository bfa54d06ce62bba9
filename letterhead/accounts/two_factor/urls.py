"""Addresses of two-factor authentication; allauth links to these names."""

from django.urls import path

from letterhead.accounts.two_factor import views

HERE = "my-details/two-factor/"

urlpatterns = [
    path("login/two-factor/", views.SecondStep.as_view(), name="mfa_authenticate"),
    path("login/passkey/", views.LogInByPasskey.as_view(), name="mfa_login_webauthn"),
    path("confirm/password/", views.ConfirmByPassword.as_view(), name="account_reauthenticate"),
    path("confirm/code/", views.ConfirmByCode.as_view(), name="mfa_reauthenticate"),
    path("confirm/passkey/", views.ConfirmByPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path(HERE, views.Overview.as_view(), name="mfa_index"),
    path(f"{HERE}app/", views.SetUpApp.as_view(), name="mfa_activate_totp"),
    path(f"{HERE}app/replace/", views.ReplaceApp.as_view(), name="replace-authenticator-app"),
    path(f"{HERE}app/remove/", views.TurnOffApp.as_view(), name="mfa_deactivate_totp"),
    path(f"{HERE}passkeys/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(f"{HERE}passkeys/<int:pk>/", views.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path(
        f"{HERE}passkeys/<int:pk>/remove/",
        views.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(f"{HERE}recovery-codes/", views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path(
        f"{HERE}recovery-codes/new/",
        views.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path(f"{HERE}off/", views.turn_all_off, name="turn-off-two-factor"),
    path(f"{HERE}devices/<int:pk>/forget/", views.forget_device, name="forget-device"),
]
