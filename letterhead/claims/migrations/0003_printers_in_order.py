from django.db import migrations

from letterhead.texts.folded import FoldedField, fold_rows


def fold_names(apps, schema_editor):
    fold_rows(apps.get_model("claims", "Printer"))


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0002_printer_version'),
    ]

    operations = [
        migrations.AddField(
            model_name='printer',
            name='folded',
            field=FoldedField('name', default='', editable=False),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop, elidable=True),
    ]
