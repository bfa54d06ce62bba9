"""Binds seals to their heads, and begins the chain of what belongs to no practice, once.

A practice's chain begins when the practice registers. A head that is missing by now stays so:
`letterhead doctor` reports it.
"""

from django.db import migrations

from letterhead.activity.chain import BEGUN
from letterhead.encryption.rotation import bind_column


def bind(apps, editor):
    """Encrypt each seal again, for its own head."""
    bind_column(apps.get_model("activity", "ChainHead"), "seal")


def begin(apps, editor):
    """Seal an empty head, unless something was recorded there before."""
    Activity, ChainHead = (apps.get_model("activity", name) for name in ("Activity", "ChainHead"))
    if Activity.objects.filter(chain=0).exists() or ChainHead.objects.filter(chain=0).exists():
        return
    ChainHead.objects.create(chain=0, seal=BEGUN)


class Migration(migrations.Migration):

    dependencies = [("activity", "0006_refused_tries")]

    operations = [
        migrations.RunPython(bind),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
