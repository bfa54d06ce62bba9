from typing import Any

from django.db import migrations, models

from letterhead.places.countries import country_choices


def where_the_practice_is(apps: Any, schema_editor: Any) -> None:
    """Until now the insured had no country: they lived in that of the practice."""
    policies = apps.get_model("clients", "Policy").objects
    countries = apps.get_model("practices", "Practice").objects.exclude(country="US")
    for country in countries.values_list("country", flat=True).distinct():
        of_country = policies.filter(client__practice__country=country)
        of_country.update(insured_country=country)


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0004_signatures_with_date_and_how"),
        ("practices", "0013_all_countries"),
    ]

    operations = [
        migrations.AddField(
            model_name="policy",
            name="insured_country",
            field=models.CharField(
                choices=country_choices,
                default="US",
                max_length=2,
                verbose_name="Country of the insured",
            ),
        ),
        migrations.AlterField(
            model_name="client",
            name="country",
            field=models.CharField(
                choices=country_choices, default="US", max_length=2, verbose_name="Country"
            ),
        ),
        migrations.RunPython(where_the_practice_is, migrations.RunPython.noop),
    ]
