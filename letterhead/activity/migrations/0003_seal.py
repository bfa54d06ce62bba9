"""Seals the heads that are there."""

from django.db import migrations

from letterhead.encryption.fields import EncryptedTextField


def seal(apps, editor):
    """Believe each head once more: until now nothing said who wrote it."""
    ChainHead = apps.get_model("activity", "ChainHead")
    for head in ChainHead.objects.all():
        head.seal = head.hash
        head.save(update_fields=["seal"])


class Migration(migrations.Migration):

    dependencies = [("activity", "0002_chain")]

    operations = [
        migrations.AddField("chainhead", "seal", EncryptedTextField(blank=True, default=""), False),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
