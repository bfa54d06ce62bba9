from django.db import migrations

from letterhead.texts.folded import FoldedField, fold_rows


def fold_names(apps, schema_editor):
    fold_rows(apps.get_model("practices", "Payer"))


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0010_longer_numbers'),
    ]

    operations = [
        migrations.AddField(
            model_name='payer',
            name='folded',
            field=FoldedField('name', default='', editable=False),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop, elidable=True),
    ]
