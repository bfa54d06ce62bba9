"""Visits, superbills, and what was issued."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "letterhead.billing"

    def ready(self) -> None:
        from letterhead.billing.contents import Contents
        from letterhead.billing.leaving import JOB, hand_over_when_due
        from letterhead.billing.sample import sample_contents
        from letterhead.billing.superbill.appearance import superbill_sheet
        from letterhead.details.appearances import Appearance, Details, register
        from letterhead.outbox import handlers

        def contents(details: Details) -> Contents:
            return sample_contents(details.letterhead, today=details.today, kind="superbill")

        handlers.register(JOB, hand_over_when_due)
        plain = ("name", "credentials", "paper_signature", "contact_email", "phones", "npi")
        register(
            Appearance(
                slug="superbill",
                name="Superbill",
                fields={
                    **dict.fromkeys((*plain, "other_ids", "licenses"), "Superbill"),
                    "npi_label": "Superbill",
                    "tax_id": "Superbill, where ticked",
                },
                draw=lambda now, saved: superbill_sheet(
                    contents(now),
                    contents(saved) if saved else None,
                    drawn=now.drawn_signature,
                ),
            )
        )
