"""Notifying people, and saving how often they want that."""

from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from letterhead.activity.actions import record
from letterhead.notifications.addresses import contact_email
from letterhead.notifications.events import EVENTS, Event
from letterhead.notifications.models import Frequency, HowOften, Notice
from letterhead.notifications.queries import Chosen, chosen_by
from letterhead.notifications.unsubscribing import unsubscribe_url
from letterhead.outbox.mail import absolute, post
from letterhead.practices.models import Membership


class StaleChoices(Exception):
    """The member's choices were changed after the form was opened; `now` are the saved ones."""

    def __init__(self, now: Chosen) -> None:
        super().__init__("changed after the form was opened")
        self.now = now


@transaction.atomic
def notify(*, membership: Membership, event: Event, key: str, text: str, url: str) -> bool:
    """Notify a member once about what `key` names, by email unless they chose Never.

    `text` is one sentence in the member's language, without a client's name or health information;
    `url` is an address of ours. Return whether the member wasn't notified about it before.
    """
    text = " ".join(text.split())
    notice, is_new = Notice.objects.get_or_create(
        membership=membership, event=event.name, key=key, defaults={"text": text, "url": url}
    )
    if is_new and chosen_by(membership)[event.name] != HowOften.NEVER:
        _mail(notice, membership, event)
        notice.mailed_at = timezone.now()
        notice.save(update_fields=["mailed_at"])
    return is_new


def _mail(notice: Notice, membership: Membership, event: Event) -> None:
    leave = absolute(unsubscribe_url(membership, event))
    context = {
        "practice_name": membership.practice.name,
        "text": notice.text,
        "url": absolute(notice.url),
        "to_do": event.to_do,
        "words": event.words,
        "choices_url": absolute(reverse("notifications")),
        "leave_url": leave,
    }
    post(
        to=contact_email(membership.pk) or membership.user.email,
        template="notifications/mail/notice",
        context=context,
        key=f"notice-{notice.pk}",
        headers={
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        practice=membership.practice_id,
        language=membership.preferences.language,
    )


@transaction.atomic(durable=True)
def choose(membership: Membership, *, new: Mapping[str, HowOften], read_at_version: int) -> bool:
    """Save how often a member is notified about each event; return whether anything changed.

    Raises StaleChoices, and saves nothing, if the choices are no longer at `read_at_version`.
    """
    now = _locked(membership)
    if now.version != read_at_version:
        raise StaleChoices(now)
    return _write(membership, now, {name: new[name] for name in EVENTS if new[name] != now[name]})


@transaction.atomic(durable=True)
def unsubscribe(membership: Membership, event: Event) -> None:
    """Stop emails about this event until the member chooses otherwise."""
    now = _locked(membership)
    if now[event.name] != HowOften.NEVER:
        _write(membership, now, {event.name: HowOften.NEVER})


def _locked(membership: Membership) -> Chosen:
    """Return the choices with the membership locked, so that another save has to wait."""
    Membership.objects.select_for_update().get(pk=membership.pk)
    return chosen_by(membership)


def _write(membership: Membership, now: Chosen, changed: Mapping[str, HowOften]) -> bool:
    for name, how_often in changed.items():
        Frequency.objects.update_or_create(
            membership=membership,
            event=name,
            defaults={"how_often": how_often, "version": now.version + 1},
        )
    if changed:
        record(
            gettext_noop("changed notifications"),
            practice=membership.practice_id,
            person=membership.user_id,
            person_name=membership.user.email,
            changes={name: [now[name], how_often] for name, how_often in changed.items()},
        )
    return bool(changed)
