"""Binds tax IDs to the practices they are of; says who registered them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from letterhead.encryption.rotation import bind_column


def bind(apps, editor):
    """Encrypt each again, for its own row."""
    bind_column(apps.get_model("practices", "Practice"), "tax_id")


def say_who_registered(apps, editor):
    """Whoever has been a member for longest did."""
    Membership, Practice = (
        apps.get_model("practices", name) for name in ("Membership", "Practice")
    )
    first = Membership.objects.filter(practice=OuterRef("pk")).order_by("pk")
    Practice.objects.update(registered_by=Subquery(first.values("user_id")[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ("practices", "0014_slugs_for_ever"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(bind),
        migrations.AddField("membership", "last_chosen_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "practice",
            "registered_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(say_who_registered, migrations.RunPython.noop),
    ]
