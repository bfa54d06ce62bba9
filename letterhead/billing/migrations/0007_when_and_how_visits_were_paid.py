from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [("billing", "0006_secrets_bound")]

    operations = [
        migrations.AddField("visit", "paid_on", models.DateField("Paid on", blank=True, null=True)),
        migrations.AddField(
            "visit",
            "payment_method",
            models.CharField(
                "Payment method",
                blank=True,
                choices=[
                    ("cash", "Cash"),
                    ("check", "Check"),
                    ("card", "Card"),
                    ("transfer", "Bank transfer"),
                    ("other", "Other"),
                ],
                default="",
                max_length=8,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "visit",
            models.CheckConstraint(
                name="payment_of_an_amount",
                condition=Q(amount_paid__gt=0) | Q(paid_on=None, payment_method=""),
                violation_error_message=(
                    "Enter the amount paid, or clear the day and the payment method."
                ),
            ),
        ),
    ]
