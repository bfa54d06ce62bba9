import json
from decimal import Decimal
from itertools import islice

import django.db.models.deletion
from django.db import connection, migrations, models
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

_AT_ONCE = 1000


def fill(apps, schema_editor):
    """Drafts as their visits are now, issued bills as they were printed."""
    bill, visit, line, issued = (
        apps.get_model("billing", name) for name in ("Bill", "Visit", "ServiceLine", "IssuedBill")
    )
    visits = visit.objects.filter(pk=OuterRef("visit"))
    lines = line.objects.filter(visit=OuterRef("visit")).order_by().values("visit")
    bill.objects.update(
        client_id=Subquery(visits.values("client")),
        practitioner_id=Subquery(visits.values("practitioner")),
        visited_on=Subquery(visits.values("visited_on")),
        total=Coalesce(Subquery(lines.annotate(sum=Sum("charge")).values("sum")), Decimal(0)),
    )
    rows = issued.objects.order_by("pk").values_list("bill", "contents").iterator(_AT_ONCE)
    while some := list(islice(rows, _AT_ONCE)):
        printed = [_as_printed(bill, pk, json.loads(contents)) for pk, contents in some]
        bill.objects.bulk_update(
            printed, ["state", "practitioner", "visited_on", "total", "currency"], batch_size=100
        )
    if connection.vendor == "postgresql":  # else the columns can't be altered in this transaction
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _as_printed(bill, pk, contents):
    visit, letterhead = contents["visit"], contents["letterhead"]
    return bill(
        pk=pk,
        state="issued",
        practitioner_id=letterhead["clinician"]["id"],
        visited_on=visit["visited_on"],
        total=sum((Decimal(line["charge"]) for line in visit["lines"]), Decimal(0)),
        currency=letterhead["practice"]["currency"],
    )


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0004_visits_of_a_clinician'),
        ('clients', '0004_signatures_with_date_and_how'),
        ('details', '0010_cards_published_by_choice'),
        ('practices', '0012_who_sees_no_clients_is_on_no_calendar'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='visit',
            name='visits_of_client',
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['client', 'visited_on', 'id'], name='visits_of_client'),
        ),
        migrations.AddField(
            model_name='bill',
            name='client',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bills', to='clients.client'),
        ),
        migrations.AddField(
            model_name='bill',
            name='currency',
            field=models.CharField(blank=True, default='', max_length=3),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='bill',
            name='practitioner',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bills', to='details.practitioner'),
        ),
        migrations.AddField(
            model_name='bill',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('issued', 'Issued')], default='draft', max_length=6),
        ),
        migrations.AddField(
            model_name='bill',
            name='total',
            field=models.DecimalField(decimal_places=2, max_digits=12, null=True),
        ),
        migrations.AddField(
            model_name='bill',
            name='visited_on',
            field=models.DateField(null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='bill',
            name='client',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='bills', to='clients.client'),
        ),
        migrations.AlterField(
            model_name='bill',
            name='practitioner',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='bills', to='details.practitioner'),
        ),
        migrations.AlterField(
            model_name='bill',
            name='total',
            field=models.DecimalField(decimal_places=2, max_digits=12),
        ),
        migrations.AlterField(
            model_name='bill',
            name='visited_on',
            field=models.DateField(),
        ),
        migrations.AddIndex(
            model_name='bill',
            index=models.Index(fields=['practice', 'visited_on', 'id', 'kind', 'state', 'practitioner'], name='bills_by_day'),
        ),
        migrations.AddIndex(
            model_name='bill',
            index=models.Index(fields=['practice', 'total', 'id', 'kind', 'state', 'practitioner', 'visited_on'], name='bills_by_total'),
        ),
        migrations.AddIndex(
            model_name='bill',
            index=models.Index(fields=['practitioner', 'visited_on', 'id', 'kind', 'state'], name='bills_of_clinician'),
        ),
        migrations.AddIndex(
            model_name='bill',
            index=models.Index(fields=['client', 'id', 'kind', 'state', 'practitioner', 'visited_on'], name='bills_of_client'),
        ),
        migrations.AddIndex(
            model_name='bill',
            index=models.Index(fields=['practice', 'kind', 'state', 'practitioner', 'visited_on', 'total', 'currency'], name='bills_sought'),
        ),
    ]
