"""Binds seeds to their people, and what was typed to its own row; says who proved their email."""

from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone

from letterhead.accounts.two_factor.seeds import bind_seeds
from letterhead.encryption.fields import EncryptedTextField
from letterhead.encryption.rotation import bind_column


def bind(apps, editor):
    """Encrypt each again, for its own place."""
    bind_column(apps.get_model("accounts", "TypedText"), "fields")
    bind_seeds(apps.get_model("mfa", "Authenticator"))


def prove(apps, editor):
    """Take an email as proven that was invited, whose password was reset by email, or by support.

    No one can have an address under .example; the demo's are.
    """
    opened = apps.get_model("account", "EmailAddress").objects.filter(verified=True)
    reset = apps.get_model("activity", "Activity").objects.filter(act="reset the password")
    users = apps.get_model("accounts", "User").objects.filter(
        Q(pk__in=opened.values("user_id"))
        | Q(pk__in=reset.exclude(person=None).values("person"))
        | Q(email__endswith=".example")
    )
    users.update(proven_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0006_reset_links"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("activity", "0007_begun_and_bound"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.AlterField("typedtext", "fields", EncryptedTextField(row="public_id")),
        migrations.RunPython(bind),
        migrations.AddField("user", "proven_at", models.DateTimeField(null=True)),
        migrations.RunPython(prove, migrations.RunPython.noop),
    ]
