"""Booking: the practice's public pages and each clinician's public card."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingConfig(AppConfig):
    name = "letterhead.booking"

    def ready(self) -> None:
        from letterhead.booking.appearance import scheduler_card
        from letterhead.details.appearances import Appearance, register
        from letterhead.details.fields import CARD_PLACES

        fields = (*CARD_PLACES, "photo", "description", "about_me")
        scheduler = Appearance(
            slug="scheduler",
            name=_("Online scheduler"),
            fields=dict.fromkeys(fields, _("Online scheduler")),
            draw=lambda now, saved: scheduler_card(now.card, saved.card if saved else None),
        )
        register(lambda practice: scheduler)
