"""Mail templates moved into folders by section: waiting jobs name them by their old place."""

from django.db import migrations

MOVED = {
    "accounts/mail/device_trusted": "accounts/two_factor/mail/device_trusted",
    "accounts/mail/login_email_changed": "accounts/log_in/mail/login_email_changed",
    "accounts/mail/new_device": "accounts/log_in/mail/new_device",
    "accounts/mail/password_changed": "accounts/passwords/mail/password_changed",
    "accounts/mail/password_reset": "accounts/passwords/mail/password_reset",
    "accounts/mail/password_was_reset": "accounts/passwords/mail/password_was_reset",
    "accounts/mail/two_factor_changed": "accounts/two_factor/mail/two_factor_changed",
    "details/mail/confirm_contact_email": "details/contact_email/mail/confirm_contact_email",
    "details/mail/contact_email_changed": "details/contact_email/mail/contact_email_changed",
    "practices/mail/invitation": "practices/team/mail/invitation",
}


def to_sections(apps, schema_editor):
    _rename(apps, MOVED)


def back(apps, schema_editor):
    _rename(apps, {new: old for old, new in MOVED.items()})


def _rename(apps, names):
    Job = apps.get_model("outbox", "Job")
    for job in Job.objects.filter(values__template__in=list(names)):
        job.values["template"] = names[job.values["template"]]
        job.save(update_fields=["values"])


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]

    operations = [migrations.RunPython(to_sections, back)]
