"""Users and how they log in, on django-allauth."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "letterhead.accounts"

    def ready(self) -> None:
        from allauth.account.signals import user_logged_in
        from allauth.mfa.models import Authenticator
        from django.contrib.auth.signals import user_logged_in as begins
        from django.contrib.auth.signals import user_logged_out
        from django.db.models.signals import post_init, pre_save

        from letterhead.accounts.log_ins import begin
        from letterhead.accounts.mails import ABOUT_DEVICE, send_about_device
        from letterhead.accounts.passwords.actions import on_password_change
        from letterhead.accounts.passwords.reset import JOB, mail_link
        from letterhead.accounts.recording import logged_in, logged_out
        from letterhead.accounts.two_factor.seeds import (
            bind_new_seed,
            rotate_seeds,
            tell_seed_its_place,
        )
        from letterhead.accounts.two_factor.trusted import forget_all
        from letterhead.encryption.rotation import register as register_secrets
        from letterhead.outbox.handlers import register

        register(JOB, mail_link)
        register(ABOUT_DEVICE, send_about_device)
        register_secrets("seeds of codes", rotate_seeds)
        pre_save.connect(bind_new_seed, sender=Authenticator, dispatch_uid="bind seeds")
        post_init.connect(tell_seed_its_place, sender=Authenticator, dispatch_uid="place seeds")
        on_password_change(forget_all)
        begins.connect(begin, dispatch_uid="note where")
        user_logged_in.connect(logged_in, dispatch_uid="record logins")
        user_logged_out.connect(logged_out, dispatch_uid="record logouts")
