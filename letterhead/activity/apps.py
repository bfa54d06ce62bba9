"""The append-only record of who did what."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ActivityConfig(AppConfig):
    name = "letterhead.activity"

    def ready(self) -> None:
        from letterhead.activity.freezing import freeze_after_migration

        # Once, although Django sends the signal for each app: by ours, all tables exist.
        post_migrate.connect(
            freeze_after_migration, sender=self, dispatch_uid="freeze frozen tables"
        )
