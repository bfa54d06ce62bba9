from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0003_longer_numbers'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['practitioner', 'visited_on'], name='visits_of_clinician'),
        ),
    ]
