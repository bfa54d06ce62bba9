"""On PostgreSQL, no two appointments take the same time of a clinician, whatever wrote them.

SQLite has no exclusion constraints: there, as everywhere, `diaries.lock` is asked first.
"""

from django.db import migrations

_ADD = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE scheduling_appointment ADD CONSTRAINT time_taken_once EXCLUDE USING gist (
    practitioner_id WITH =, tstzrange(busy_from, busy_until) WITH &&
) WHERE (takes_time AND NOT booked_anyway)
"""
_REMOVE = "ALTER TABLE scheduling_appointment DROP CONSTRAINT time_taken_once"


def _on_postgresql(statement):
    def run(apps, editor):
        if editor.connection.vendor == "postgresql":
            editor.execute(statement)

    return run


class Migration(migrations.Migration):

    dependencies = [("scheduling", "0001_services_hours_appointments")]

    operations = [migrations.RunPython(_on_postgresql(_ADD), _on_postgresql(_REMOVE))]
