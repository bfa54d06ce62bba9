"""Django's sessions in the database, whose rows also show who is logged in where and since when.

The row is the session: deleting it logs a browser out in every process, with the next request.
Where and when the login was is in the session's data, so that a new key doesn't lose it.
"""

import datetime as dt
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from letterhead.accounts.log_ins import LOG_IN
from letterhead.accounts.models import Session

ABSOLUTE_LIMIT = dt.timedelta(hours=24)


class SessionStore(DatabaseStore):
    """Sessions that end a day after the login, even with activity."""

    last_used_at: dt.datetime | None = None

    @classmethod
    def get_model_class(cls) -> Any:
        """Return our own table."""
        return Session

    def load(self) -> dict[str, Any]:
        """Read the row, and remember when the session was last used."""
        row = self._get_session_from_db()  # type: ignore[attr-defined]  # Django's, undeclared
        self.last_used_at = row.last_used_at if row else None
        return self.decode(row.session_data) if row else {}

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row to save."""
        row: Any = super().create_model_instance(data)
        now = timezone.now()
        row.last_used_at = self.last_used_at = self.last_used_at or now
        row.began_at = now
        if SESSION_KEY in data and LOG_IN in data:
            log_in = data[LOG_IN]
            row.user_id = int(data[SESSION_KEY])
            row.public_id, row.device, row.address = (
                log_in[name] for name in ("id", "device", "address")
            )
            row.began_at = dt.datetime.fromtimestamp(log_in["at"], dt.UTC)
            row.expire_date = min(row.expire_date, row.began_at + ABSOLUTE_LIMIT)
        return row
