"""Claims: readiness, the CMS-1500 and its printers."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "letterhead.claims"

    def ready(self) -> None:
        from letterhead.billing.contents import Contents
        from letterhead.billing.sample import sample_contents
        from letterhead.claims.appearance import cms1500_sheet
        from letterhead.details.appearances import Appearance, Details, register

        def contents(details: Details) -> Contents:
            return sample_contents(details.letterhead, today=details.today)

        register(
            Appearance(
                slug="cms-1500",
                name="CMS-1500",
                fields={
                    "name": "CMS-1500 item 31",
                    "claim_name": "CMS-1500 item 31",
                    "credentials": "CMS-1500 item 31",
                    "signature": "CMS-1500 item 31",
                    "npi": "CMS-1500 item 24J",
                    "other_ids": "CMS-1500 items 24I, 24J",
                    "tax_id": "Never on claims",
                },
                draw=lambda now, saved: cms1500_sheet(
                    contents(now), contents(saved) if saved else None
                ),
            )
        )
