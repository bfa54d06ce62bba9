from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("details", "0003_photo_and_card_for_everyone")]

    operations = [
        migrations.AddConstraint(
            model_name="practitioner",
            constraint=models.UniqueConstraint(
                fields=("practice", "slug"), name="card_address_once"
            ),
        ),
    ]
