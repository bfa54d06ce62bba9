"""Practices: tenants, memberships, locations, payers, Account Settings."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "letterhead.practices"

    def ready(self) -> None:
        from letterhead.accounts.recording import register_practices
        from letterhead.accounts.sessions import register_idle_limit
        from letterhead.practices.idle import idle_limit
        from letterhead.practices.queries import practices_of

        register_practices(practices_of)
        register_idle_limit(idle_limit)
