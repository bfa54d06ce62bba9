from django.db import migrations

from letterhead.places.countries import state_letters


def letters(text):
    return "".join(filter(str.isalnum, text.casefold()))


def keys_without_spelling(apps, schema_editor):
    """Leave the license type out of the keys of reminders, so that none is sent again."""
    notices = apps.get_model("notifications", "Notice").objects.filter(event="license-expiring")
    for notice in notices.order_by("pk"):
        parts = notice.key.rsplit("/", 4)
        if len(parts) < 5:
            continue
        _type, state, number, expires, before = parts
        key = f"{letters(state_letters(state))}/{letters(number)}/{expires}/{before}"
        if not notices.filter(membership=notice.membership_id, key=key).exists():
            notices.filter(pk=notice.pk).update(key=key)


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(keys_without_spelling, migrations.RunPython.noop),
    ]
