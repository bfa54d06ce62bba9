import django.db.models.deletion
from django.db import connections, migrations, models

import letterhead.texts.folded
from letterhead.clients.triggers import remove


def remove_triggers(apps, schema_editor):
    remove(connections[schema_editor.connection.alias])


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0005_country_of_the_insured'),
        ('details', '0010_cards_published_by_choice'),
        ('practices', '0012_who_sees_no_clients_is_on_no_calendar'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClientWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('practice', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='practices.practice')),
                ('word', letterhead.texts.folded.BytewiseField()),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='clients.client')),
            ],
        ),
        migrations.AddConstraint(
            model_name='clientword',
            constraint=models.UniqueConstraint(fields=('practice', 'word', 'client'), name='word_once_per_client'),
        ),
        migrations.AddIndex(
            model_name='client',
            index=models.Index(fields=['clinician', 'folded', 'id'], name='clients_of_clinician'),
        ),
        # The words are found after all migrations, by the triggers that keep them.
        migrations.RunPython(migrations.RunPython.noop, remove_triggers),
    ]
