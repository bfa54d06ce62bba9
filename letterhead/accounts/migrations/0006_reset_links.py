"""How many reset links were mailed: only the newest works."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_login_email_message")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="reset_links",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
