from django.db import migrations, models

from letterhead.places.countries import country_choices


class Migration(migrations.Migration):
    """Only the lists are longer; nothing changes in the database."""

    dependencies = [("practices", "0012_who_sees_no_clients_is_on_no_calendar")]

    operations = [
        *(
            migrations.AlterField(
                model_name=model,
                name="country",
                field=models.CharField(
                    choices=country_choices, default="US", max_length=2, verbose_name="Country"
                ),
            )
            for model in ("location", "payer", "practice")
        ),
        migrations.AlterField(
            model_name="practice",
            name="remit_country",
            field=models.CharField(choices=country_choices, default="US", max_length=2),
        ),
    ]
