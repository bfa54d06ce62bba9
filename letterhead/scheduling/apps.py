"""Scheduling: services, availability, free times, appointments."""

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "letterhead.scheduling"

    def ready(self) -> None:
        from letterhead.outbox import handlers
        from letterhead.scheduling.actions import offer_times
        from letterhead.scheduling.diaries import FORGET, WAITING, forget_lapsed
        from letterhead.scheduling.mailing.mails import write_emails
        from letterhead.scheduling.telling import JOB

        handlers.register(WAITING, offer_times)
        handlers.register(JOB, write_emails)
        handlers.every(FORGET, forget_lapsed, hours=24)
