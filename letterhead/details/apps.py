"""My Details and the letterhead that everything else takes."""

from django.apps import AppConfig


class DetailsConfig(AppConfig):
    name = "letterhead.details"

    def ready(self) -> None:
        import datetime as dt

        from letterhead.accounts.actions import register_names
        from letterhead.accounts.mails import register_addresses
        from letterhead.accounts.proof import on_claim, on_proof
        from letterhead.details.confirming import ask_what_waits, end_what_was_before
        from letterhead.details.contact_email.address import (
            contact_email_of,
            contact_emails_of_user,
        )
        from letterhead.details.licenses.reminders import remind_of_licenses
        from letterhead.details.photo.deleting import delete_photo_files
        from letterhead.details.queries import names_of_user
        from letterhead.notifications.addresses import register_contact_email
        from letterhead.outbox.handlers import every, register

        register_contact_email(contact_email_of)
        register_addresses(contact_emails_of_user)
        register_names(names_of_user)
        on_proof(ask_what_waits)
        on_claim(end_what_was_before)
        register("forget photo files", delete_photo_files)  # the name of jobs that already wait
        every("license reminders", remind_of_licenses, hours=24, after=dt.timedelta(hours=13))
