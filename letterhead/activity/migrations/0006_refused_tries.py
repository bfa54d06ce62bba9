from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activity', '0005_in_the_order_of_the_page'),
    ]

    operations = [
        migrations.AlterField(
            model_name='activity',
            name='kind',
            field=models.CharField(choices=[('log-in', 'Logins and logouts'), ('failure', 'Failed logins'), ('refused', 'Refused tries'), ('reveal', 'Private details viewed'), ('change', 'Changes'), ('export', 'Exports'), ('support', 'Letterhead administrator')], default='change', max_length=7),
        ),
    ]
