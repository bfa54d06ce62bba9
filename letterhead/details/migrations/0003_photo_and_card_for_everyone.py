from django.db import migrations
from django.utils.text import slugify


def fill(apps, schema_editor):
    """Give each practitioner the photo, card and card's address that joining brings now."""
    Practitioner = apps.get_model("details", "Practitioner")
    taken = set()
    for row in Practitioner.objects.order_by("pk"):
        wanted = slugify(f"{row.first_name} {row.last_name}")[:50] or "clinician"
        slug, number = wanted, 1
        while (row.practice_id, slug) in taken:
            number += 1
            slug = f"{wanted}-{number}"
        taken.add((row.practice_id, slug))
        Practitioner.objects.filter(pk=row.pk).update(slug=slug)
        apps.get_model("details", "Photo").objects.get_or_create(practitioner=row)
        apps.get_model("details", "Card").objects.get_or_create(practitioner=row)


class Migration(migrations.Migration):

    dependencies = [("details", "0002_photo_card_signature_email")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
