"""Visits, superbills, and what was issued."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "letterhead.billing"

    def ready(self) -> None:
        from letterhead.billing import kinds
        from letterhead.billing.leaving import JOB, hand_over_when_due
        from letterhead.billing.superbill.kind import SUPERBILL
        from letterhead.outbox import handlers

        handlers.register(JOB, hand_over_when_due)
        kinds.register(SUPERBILL)
