"""Scheduling: services, availability, free times, appointments."""

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "letterhead.scheduling"

    def ready(self) -> None:
        from letterhead.outbox import handlers
        from letterhead.scheduling.actions import offer_times
        from letterhead.scheduling.diaries import WAITING

        handlers.register(WAITING, offer_times)
