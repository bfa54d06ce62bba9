import django.utils.timezone
from django.db import migrations, models


def take_off_the_calendar(apps, schema_editor):
    for name in ("Membership", "Invitation"):
        rows = apps.get_model("practices", name).objects.filter(
            role="administrative", show_on_calendar=True
        )
        rows.update(show_on_calendar=False, version=models.F("version") + 1)


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0011_payers_in_order'),
    ]

    operations = [
        migrations.AddField(
            model_name='practice',
            name='changed_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.RunPython(take_off_the_calendar, migrations.RunPython.noop),
    ]
