"""Clients and their insurance policies."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ClientsConfig(AppConfig):
    name = "letterhead.clients"

    def ready(self) -> None:
        from letterhead.clients.triggers import keep_words_after_migration

        post_migrate.connect(
            keep_words_after_migration, sender=self, dispatch_uid="keep words of clients"
        )
