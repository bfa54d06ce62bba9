import django.utils.timezone
import uuid
from django.db import migrations, models


def one_uid_each(apps, schema_editor):
    rows = apps.get_model("details", "Practitioner").objects
    for pk in rows.values_list("pk", flat=True):
        rows.filter(pk=pk).update(uid=uuid.uuid4())


class Migration(migrations.Migration):

    dependencies = [
        ('details', '0009_names_in_order'),
    ]

    operations = [
        migrations.AddField(
            model_name='card',
            name='changed_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name='photo',
            name='changed_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name='practitioner',
            name='changed_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name='practitioner',
            name='uid',
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AlterField(
            model_name='card',
            name='for_search_engines',
            field=models.BooleanField(default=False, verbose_name='Search engines may list my card'),
        ),
        migrations.AlterField(
            model_name='card',
            name='is_shown',
            field=models.BooleanField(default=False, verbose_name='Show my card to the public'),
        ),
        migrations.RunPython(one_uid_each, migrations.RunPython.noop),
    ]
