"""Begins the chain of what belongs to no practice, once.

A practice's chain begins when the practice registers. A head that is missing by now stays so:
`letterhead doctor` reports it.
"""

from django.db import migrations
from django.utils import timezone

from letterhead.activity.chain import hash_of


def begin(apps, editor):
    """Add the first row and its head, unless something was recorded there before."""
    Activity, ChainHead = (apps.get_model("activity", name) for name in ("Activity", "ChainHead"))
    if Activity.objects.filter(chain=0).exists() or ChainHead.objects.filter(chain=0).exists():
        return
    row = Activity(
        person_name="Letterhead",
        at=timezone.now(),
        kind="support",
        act="began the record",
        chain=0,
        place=1,
    )
    row.hash = hash_of(row)
    row.save()
    ChainHead.objects.create(chain=0, place=1, hash=row.hash, seal=row.hash)


class Migration(migrations.Migration):

    dependencies = [("activity", "0004_plain_words")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
