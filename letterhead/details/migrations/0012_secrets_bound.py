"""Binds tax IDs to the clinicians they are of."""

from django.db import migrations

from letterhead.encryption.rotation import bind_column


def bind(apps, editor):
    """Encrypt each again, for its own row."""
    bind_column(apps.get_model("details", "Practitioner"), "tax_id")


class Migration(migrations.Migration):

    dependencies = [("details", "0011_slugs_for_ever")]

    operations = [migrations.RunPython(bind)]
