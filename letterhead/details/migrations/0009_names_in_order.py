from django.db import migrations

from letterhead.texts.folded import FoldedField, fold_rows


def fold_names(apps, schema_editor):
    fold_rows(apps.get_model("details", "Practitioner"))


class Migration(migrations.Migration):

    dependencies = [
        ('details', '0008_longer_short_form'),
    ]

    operations = [
        migrations.AddField(
            model_name='practitioner',
            name='folded',
            field=FoldedField('last_name', 'first_name', default='', editable=False),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop, elidable=True),
    ]
