from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outbox', '0002_mail_templates_in_sections'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('parked_at__isnull', False)), fields=['practice'], name='jobs_parked'),
        ),
    ]
