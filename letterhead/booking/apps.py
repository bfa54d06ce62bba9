"""Booking: the practice's public pages and each clinician's public card."""

from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "letterhead.booking"
