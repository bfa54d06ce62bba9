import django.db.models.deletion
from django.db import migrations, models


def keep_the_slugs_of_now(apps, schema_editor):
    kept = apps.get_model("practices", "PracticeSlug")
    practices = apps.get_model("practices", "Practice").objects.values_list("pk", "slug")
    rows = (kept(owner_id=pk, slug=slug) for pk, slug in practices.iterator())
    kept.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0013_all_countries'),
    ]

    operations = [
        migrations.CreateModel(
            name='PracticeSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slugs', to='practices.practice')),
            ],
        ),
        migrations.RunPython(keep_the_slugs_of_now, migrations.RunPython.noop),
    ]
