"""The append-only record of who did what."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ActivityConfig(AppConfig):
    name = "letterhead.activity"

    def ready(self) -> None:
        from letterhead.activity.freezing import freeze_after_migration

        # Once, though Django announces a migration for each app: by then all tables are there.
        post_migrate.connect(
            freeze_after_migration, sender=self, dispatch_uid="freeze frozen tables"
        )
