"""Binds what was sealed to the bills it is of."""

from django.db import migrations

from letterhead.encryption.fields import EncryptedTextField
from letterhead.encryption.rotation import bind_column


def bind(apps, editor):
    """Encrypt each again, for its own row; the triggers let this one column through."""
    bind_column(apps.get_model("billing", "IssuedBill"), "sealed")


class Migration(migrations.Migration):

    dependencies = [("billing", "0005_what_the_list_of_bills_shows")]

    operations = [
        migrations.AlterField("issuedbill", "sealed", EncryptedTextField(row="bill")),
        migrations.RunPython(bind),
    ]
