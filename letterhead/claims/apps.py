"""Claims: readiness, the CMS-1500 and its printers."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "letterhead.claims"

    def ready(self) -> None:
        from letterhead.billing import kinds
        from letterhead.claims.kind import CMS1500

        kinds.register(CMS1500)
