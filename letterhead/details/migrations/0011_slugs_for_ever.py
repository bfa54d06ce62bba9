import django.db.models.deletion
from django.db import migrations, models


def keep_the_slugs_of_now(apps, schema_editor):
    kept = apps.get_model("details", "CardSlug")
    people = apps.get_model("details", "Practitioner").objects
    values = people.values_list("practice_id", "pk", "slug")
    rows = (
        kept(practice_id=practice, owner_id=pk, slug=slug)
        for practice, pk, slug in values.iterator()
    )
    kept.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('details', '0010_cards_published_by_choice'),
        ('practices', '0014_slugs_for_ever'),
    ]

    operations = [
        migrations.CreateModel(
            name='CardSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slugs', to='details.practitioner')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='card_slugs', to='practices.practice')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('practice', 'slug'), name='card_slug_ever_once')],
            },
        ),
        migrations.RunPython(keep_the_slugs_of_now, migrations.RunPython.noop),
    ]
