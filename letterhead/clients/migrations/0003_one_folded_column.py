from django.db import migrations, models

from letterhead.texts.folded import FoldedField, fold_rows


def fold_names(apps, schema_editor):
    fold_rows(apps.get_model("clients", "Client"))


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0002_plain_words'),
        ('details', '0009_names_in_order'),
        ('practices', '0011_payers_in_order'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='client',
            name='clients_by_name',
        ),
        migrations.AddField(
            model_name='client',
            name='folded',
            field=FoldedField('last_name', 'first_name', 'middle_name', 'suffix', 'email', default='', editable=False),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name='client',
            index=models.Index(fields=['practice', 'folded', 'id'], name='clients_by_name'),
        ),
    ]
