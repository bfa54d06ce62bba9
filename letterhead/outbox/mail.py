"""Mail: written from a template in the transaction of its cause, sent by the worker."""

import re
import uuid
from collections.abc import Sequence
from email.utils import formataddr
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from letterhead.outbox.actions import enqueue
from letterhead.outbox.handlers import Hopeless

SUBJECT = "Subject: "
PERMANENT = range(500, 600)  # an SMTP server's answers to what it will never take


def absolute(url: str) -> str:
    """Give an address of ours as it stands in a mail: under BASE_URL, whatever Host was asked."""
    return settings.BASE_URL + url


def post(
    *,
    to: str | Sequence[str],
    template: str,
    context: dict[str, Any],
    key: str = "",
    headers: dict[str, str] | None = None,
    practice: int | None = None,
) -> None:
    """Write a mail now, in the caller's transaction, and have it sent once that is committed.

    `<template>.txt` holds a line "Subject: …", an empty line, and the text in paragraphs; one
    that is only an address of ours is a link in the HTML beside it, the first of them a button.
    Nothing is escaped in it.
    `context` gives what it names; `practice_name` also stands as the sender. `key`: see `enqueue`.

    Raises ValueError where the template, or a value put into its subject, breaks that form.
    """
    subject, text = _written(template, context)
    sender = " ".join(str(context.get("practice_name", "")).split())
    told = _paragraphs(text)
    if told and told[0]["text"].rstrip(".") == subject:
        del told[0]  # the HTML says it as its heading
    seen = {"subject": subject, "paragraphs": told, "practice_name": sender}
    enqueue(
        "mail",
        key=key,
        practice=practice,
        to=[to] if isinstance(to, str) else list(to),
        sender=formataddr((sender, settings.DEFAULT_FROM_EMAIL)),
        subject=subject,
        text=text,
        html=render_to_string("ui/mail.html", seen),
        headers={**(headers or {}), "Message-ID": _message_id(key)},
    )


def send(
    *,
    to: list[str],
    sender: str,
    subject: str,
    text: str,
    html: str,
    headers: dict[str, str],
) -> None:
    """Hand one mail to the mail server. Sent twice, it has the same Message-ID both times.

    Raises Hopeless where the server says that it will never take it.
    """
    marked = {"Auto-Submitted": "auto-generated", **headers}
    mail = EmailMultiAlternatives(subject, text, sender, to, headers=marked)
    mail.attach_alternative(html, "text/html")
    try:
        mail.send()
    except SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        if all(code in PERMANENT for code in codes):
            raise Hopeless(f"the mail server refuses who it is for ({codes[0]})") from refused
        raise
    except SMTPDataError as refused:
        if refused.smtp_code in PERMANENT:
            raise Hopeless(f"the mail server refuses the mail ({refused.smtp_code})") from refused
        raise


def _written(template: str, context: dict[str, Any]) -> tuple[str, str]:
    plain = Context(context, autoescape=False)
    written = Engine.get_default().get_template(f"{template}.txt").render(plain)
    head, _, text = written.strip().partition("\n\n")
    if not head.startswith(SUBJECT) or len(head.splitlines()) != 1:
        raise ValueError(f"{template}.txt must begin with a line 'Subject: …' and an empty line")
    return head.removeprefix(SUBJECT), text.strip() + "\n"


def _paragraphs(text: str) -> list[dict[str, str]]:
    """Take a text apart for ui/mail.html; the first of our addresses is what to press."""
    told: list[dict[str, str]] = []
    for part in filter(None, (part.strip() for part in re.split(r"\n\s*\n", text))):
        pressed = any(each["button"] for each in told)
        kind = "text" if not _is_ours(part) else "link" if pressed else "button"
        told.append({"text": "", "link": "", "button": "", kind: part})
    return told


def _is_ours(part: str) -> bool:
    """Only our own addresses become links: a name typed by someone never does."""
    return part.startswith(f"{settings.BASE_URL}/") and len(part.split()) == 1


def _message_id(key: str) -> str:
    """Name a mail by its key, kept secret, so that the same cause is always the same mail."""
    keyed = salted_hmac("letterhead.outbox.mail", key, algorithm="sha256").hexdigest()[:32]
    return f"<{keyed if key else uuid.uuid4().hex}@{urlsplit(settings.BASE_URL).hostname}>"
