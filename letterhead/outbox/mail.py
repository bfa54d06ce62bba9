"""Emails: written from a template in the transaction of their cause, sent by the worker."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from email.mime.text import MIMEText
from email.utils import formataddr
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import salted_hmac

from letterhead.outbox.actions import enqueue
from letterhead.outbox.handlers import Hopeless
from letterhead.outbox.models import Job
from letterhead.texts.emails import wire_email

SUBJECT = "Subject: "
PERMANENT = range(500, 600)  # an SMTP server's answers to what it will never take
DEFAULT_LANGUAGE = "en-us"


@dataclass(frozen=True)
class File:
    """A text to attach: its file name, the kind after "text/", and parameters of that kind."""

    name: str
    kind: str
    text: str
    parameters: dict[str, str] = field(default_factory=dict)


def absolute(url: str) -> str:
    """Return the full address for an email: under BASE_URL, whatever Host header was sent."""
    return settings.BASE_URL + url


def post(
    *,
    to: str | Sequence[str],
    template: str,
    context: dict[str, Any],
    key: str = "",
    headers: dict[str, str] | None = None,
    practice: int | None = None,
    language: str = "",
    files: Sequence[File] = (),
) -> None:
    """Write an email now, in the caller's transaction; it is sent once that is committed.

    `<template>.txt` has a line "Subject: …", an empty line, and the text in paragraphs. A paragraph
    that is only an address of ours becomes a link in the HTML version, the first one a button; one
    of some words, a colon and such an address on the next line becomes a link with these words.
    Nothing is escaped in the text.
    `context` is for the template; its `practice_name` is also the name of the sender. `key`: see
    `enqueue`. `language` is the recipient's, such as "en-GB"; "" if unknown. Lazy texts in
    `context` are translated into it.

    Raises ValueError if the template, or a value in its subject, breaks that form.
    """
    language = language.lower() or DEFAULT_LANGUAGE
    sender = " ".join(str(context.get("practice_name", "")).split())
    with translation.override(language):
        subject, text = _rendered(template, context)
        paragraphs = _paragraphs(text)
        if paragraphs and paragraphs[0]["text"].rstrip(".") == subject:
            del paragraphs[0]  # it is the heading of the HTML
        html = render_to_string(
            "ui/mail.html",
            {
                "subject": subject,
                "paragraphs": paragraphs,
                "practice_name": sender,
                "language": language,
            },
        )
    enqueue(
        "mail",
        key=key,
        practice=practice,
        to=[to] if isinstance(to, str) else list(to),
        sender=formataddr((sender, settings.DEFAULT_FROM_EMAIL)),
        subject=subject,
        text=text,
        html=html,
        headers={**(headers or {}), "Message-ID": _message_id(key)},
        language=language,
        files=[asdict(file) for file in files],
    )


def forget_undelivered(to: str, *, practice: int) -> None:
    """Delete a practice's parked emails to an address: the caller sends a newer one."""
    parked = Job.objects.filter(name="mail", practice=practice).exclude(parked_at=None)
    parked.filter(values__to=[to]).delete()


def send(
    *,
    to: list[str],
    sender: str,
    subject: str,
    text: str,
    html: str,
    headers: dict[str, str],
    language: str = DEFAULT_LANGUAGE,  # jobs from before there were languages have none
    files: Sequence[dict[str, Any]] = (),  # nor files
) -> None:
    """Pass one email to the mail server. If sent twice, it has the same Message-ID both times.

    Raises Hopeless if the server will never take it.
    """
    ours = {"Auto-Submitted": "auto-generated", "Content-Language": language}
    there = [wire_email(address) for address in to]  # Django's own way there is IDNA 2003
    mail = EmailMultiAlternatives(subject, text, sender, there, headers={**ours, **headers})
    mail.attach_alternative(html, "text/html")
    for file in files:
        mail.attach(_attached(**file))
    try:
        mail.send()
    except SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        if all(code in PERMANENT for code in codes):
            raise Hopeless(f"the mail server refuses the recipient ({codes[0]})") from refused
        raise
    except SMTPDataError as refused:
        if refused.smtp_code in PERMANENT:
            raise Hopeless(f"the mail server refuses the email ({refused.smtp_code})") from refused
        raise


def _attached(name: str, kind: str, text: str, parameters: dict[str, str]) -> MIMEText:
    part = MIMEText(text, kind, "utf-8")
    for parameter, value in parameters.items():
        part.set_param(parameter, value)
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part


def _rendered(template: str, context: dict[str, Any]) -> tuple[str, str]:
    plain = Context(context, autoescape=False)
    rendered = Engine.get_default().get_template(f"{template}.txt").render(plain)
    head, _, text = rendered.strip().partition("\n\n")
    if not head.startswith(SUBJECT) or len(head.splitlines()) != 1:
        raise ValueError(f"{template}.txt must begin with a line 'Subject: …' and an empty line")
    return head.removeprefix(SUBJECT), text.strip() + "\n"


def _paragraphs(text: str) -> list[dict[str, str]]:
    """Split a text for ui/mail.html; the first of our addresses becomes the button."""
    paragraphs: list[dict[str, str]] = []
    for part in filter(None, (part.strip() for part in re.split(r"\n\s*\n", text))):
        has_button = any(each["button"] for each in paragraphs)
        words, _, address = part.partition(":\n")
        if _is_ours(address):
            paragraphs.append({"text": "", "link": address, "button": "", "words": words})
            continue
        kind = "text" if not _is_ours(part) else "link" if has_button else "button"
        paragraphs.append({"text": "", "link": "", "button": "", "words": "", kind: part})
    return paragraphs


def _is_ours(part: str) -> bool:
    """Only our own addresses become links: a name that someone typed never does."""
    return part.startswith(f"{settings.BASE_URL}/") and len(part.split()) == 1


def _message_id(key: str) -> str:
    """The same key always makes the same id, and the id doesn't reveal the key."""
    keyed = salted_hmac("letterhead.outbox.mail", key, algorithm="sha256").hexdigest()[:32]
    return f"<{keyed if key else uuid.uuid4().hex}@{urlsplit(settings.BASE_URL).hostname}>"
