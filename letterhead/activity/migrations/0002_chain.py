"""Links the rows that are there to chains, one for each practice, in the order they came."""

from django.db import migrations, models

from letterhead.activity import freezing
from letterhead.activity.chain import hash_of

AT_ONCE = 500


def link(apps, editor):
    """Fill the new columns. The triggers are lifted for it; post_migrate puts them back."""
    Activity, ChainHead = (apps.get_model("activity", name) for name in ("Activity", "ChainHead"))
    freezing.lift(editor.connection)
    heads, waiting = {}, []
    for row in Activity.objects.order_by("pk").iterator(AT_ONCE):
        row.chain = row.practice or 0
        place, row.previous = heads.get(row.chain, (0, ""))
        row.place = place + 1
        row.kind = "reveal" if row.act.startswith("revealed") else "change"
        row.hash = hash_of(row)
        heads[row.chain] = row.place, row.hash
        waiting.append(row)
        if len(waiting) == AT_ONCE:
            Activity.objects.bulk_update(waiting, _FILLED)
            waiting = []
    Activity.objects.bulk_update(waiting, _FILLED)
    ChainHead.objects.bulk_create(
        ChainHead(chain=chain, place=place, hash=found) for chain, (place, found) in heads.items()
    )


_FILLED = ["chain", "place", "previous", "kind", "hash"]


class Migration(migrations.Migration):

    dependencies = [("activity", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ChainHead",
            fields=[
                ("chain", models.BigIntegerField(primary_key=True, serialize=False)),
                ("place", models.BigIntegerField(default=0)),
                ("hash", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.RemoveIndex(model_name="activity", name="activity_of_practice"),
        migrations.AddField(
            "activity",
            "kind",
            models.CharField(
                choices=[
                    ("log-in", "Log-ins and log-outs"),
                    ("failure", "Failed log-ins"),
                    ("reveal", "Reveals"),
                    ("change", "Changes"),
                    ("export", "Exports"),
                    ("support", "Support acts"),
                ],
                default="change",
                max_length=7,
            ),
        ),
        migrations.AddField(
            "activity", "address", models.CharField(blank=True, default="", max_length=45), False
        ),
        migrations.AddField(
            "activity", "agent", models.CharField(blank=True, default="", max_length=60), False
        ),
        migrations.AddField("activity", "chain", models.BigIntegerField(default=0), False),
        migrations.AddField("activity", "place", models.BigIntegerField(default=0), False),
        migrations.AddField(
            "activity", "previous", models.CharField(blank=True, default="", max_length=64), False
        ),
        migrations.AddField("activity", "hash", models.CharField(default="", max_length=64), False),
        migrations.RunPython(link, migrations.RunPython.noop),  # back: the columns go
        migrations.AddConstraint(
            "activity",
            models.UniqueConstraint(
                fields=["chain", "place"], name="activity_place_once_in_chain"
            ),
        ),
        migrations.AddIndex(
            "activity", models.Index(fields=["chain", "at"], name="activity_by_day")
        ),
        migrations.AddIndex(
            "activity",
            models.Index(fields=["chain", "person", "place"], name="activity_by_person"),
        ),
        migrations.AddIndex(
            "activity", models.Index(fields=["chain", "kind", "place"], name="activity_by_kind")
        ),
    ]
