"""Binds seeds to their people, and what was typed to its own row."""

from django.db import migrations

from letterhead.accounts.two_factor.seeds import bind_seeds
from letterhead.encryption.fields import EncryptedTextField
from letterhead.encryption.rotation import bind_column


def bind(apps, editor):
    """Encrypt each again, for its own place."""
    bind_column(apps.get_model("accounts", "TypedText"), "fields")
    bind_seeds(apps.get_model("mfa", "Authenticator"))


class Migration(migrations.Migration):

    dependencies = [("accounts", "0006_reset_links"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [
        migrations.AlterField("typedtext", "fields", EncryptedTextField(row="public_id")),
        migrations.RunPython(bind),
    ]
