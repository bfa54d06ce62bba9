"""Practices: tenants, memberships, locations, payers, Account Settings."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "letterhead.practices"

    def ready(self) -> None:
        from letterhead.accounts.recording import register_practices
        from letterhead.accounts.sessions import register_idle_limit
        from letterhead.accounts.two_factor import register_requirement
        from letterhead.practices.idle import idle_limit
        from letterhead.practices.queries import practices_of
        from letterhead.practices.security_queries import practices_requiring

        register_practices(practices_of)
        register_requirement(practices_requiring)
        register_idle_limit(idle_limit)
