"""Practices: memberships, locations, payers, Account Settings."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "letterhead.practices"

    def ready(self) -> None:
        from letterhead.accounts.log_ins import register_idle_limit
        from letterhead.accounts.mails import register_language, register_way
        from letterhead.accounts.proof import register_what_was_registered
        from letterhead.accounts.queries import register_requirement
        from letterhead.accounts.recording import register_practices
        from letterhead.practices.queries import (
            language_of,
            practices_of,
            registered_names,
            way_of_user,
        )
        from letterhead.practices.security.idle import idle_limit
        from letterhead.practices.security.queries import practices_requiring

        register_language(language_of)
        register_way(way_of_user)
        register_what_was_registered(registered_names)
        register_practices(practices_of)
        register_requirement(practices_requiring)
        register_idle_limit(idle_limit)
