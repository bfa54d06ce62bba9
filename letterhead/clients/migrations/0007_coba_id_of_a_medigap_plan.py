import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clients", "0006_words_to_search_by")]

    operations = [
        migrations.AddField(
            model_name="policy",
            name="other_coba_id",
            field=models.CharField(
                blank=True,
                default="",
                max_length=5,
                validators=[
                    django.core.validators.RegexValidator(
                        r"^5[0-9]{4}\Z", "A COBA ID has five digits, the first a 5."
                    )
                ],
                verbose_name="COBA ID of the Medigap plan",
            ),
            preserve_default=False,
        ),
    ]
