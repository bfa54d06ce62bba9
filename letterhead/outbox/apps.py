"""Jobs that are committed with their cause, and the worker that does them."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "letterhead.outbox"

    def ready(self) -> None:
        from letterhead.outbox import mail
        from letterhead.outbox.handlers import register

        register("mail", mail.send)
