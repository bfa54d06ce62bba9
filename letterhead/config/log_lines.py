"""Log lines without secrets: the tokens of emailed links stand in their addresses."""

import logging
import re

# Each address with a token; tests/test_log_lines.py finds those that are missing here.
_TOKENS = re.compile(
    r"(/invitation/|/password/reset/[^/\s]+/|/contact-email/|/login-email/"
    r"|/notifications/unsubscribe/|/calendar/feed/"
    r"|/book/[^/\s]+/(?:booked|prove|reschedule|cancel|waiting-list)/)"
    r"(?!new/|sent/|again/)[^/\s\"'?&]+"
)


class Lines(logging.Formatter):
    """Replaces every token, in messages and tracebacks alike."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line with "…" in place of tokens."""
        return _TOKENS.sub(r"\1…", super().format(record))
