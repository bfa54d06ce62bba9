"""Telling people, and keeping how often they want to be told."""

from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from letterhead.activity.actions import record
from letterhead.notifications.addresses import contact_email
from letterhead.notifications.events import EVENTS, Event
from letterhead.notifications.models import Frequency, HowOften, Notice
from letterhead.notifications.queries import Chosen, chosen_by
from letterhead.notifications.unsubscribing import unsubscribe_url
from letterhead.outbox.mail import absolute, post
from letterhead.practices.models import Membership


class StaleChoices(Exception):
    """The member's choices were changed after the form was opened; `now` is what is kept."""

    def __init__(self, now: Chosen) -> None:
        super().__init__("changed meanwhile")
        self.now = now


@transaction.atomic
def notify(*, membership: Membership, event: Event, key: str, text: str, url: str) -> bool:
    """Tell a member once of what `key` names, by mail unless they chose Never; say whether new.

    `text` is one sentence that names no client and no fact of health; `url` an address of ours.
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
    )


@transaction.atomic(durable=True)
def choose(membership: Membership, *, new: Mapping[str, HowOften], read_at_version: int) -> bool:
    """Keep how often a member hears of each event; say whether anything was changed.

    Raises StaleChoices, and writes nothing, if they moved on from `read_at_version`.
    """
    now = _locked(membership)
    if now.version != read_at_version:
        raise StaleChoices(now)
    return _write(membership, now, {name: new[name] for name in EVENTS if new[name] != now[name]})


@transaction.atomic(durable=True)
def unsubscribe(membership: Membership, event: Event) -> None:
    """Never tell a member of this event again, until they choose otherwise."""
    now = _locked(membership)
    if now[event.name] != HowOften.NEVER:
        _write(membership, now, {event.name: HowOften.NEVER})


def _locked(membership: Membership) -> Chosen:
    """Read the choices with the membership locked: whoever else writes them waits here."""
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
            "changed notifications",
            practice=membership.practice_id,
            person=membership.user_id,
            person_name=membership.user.email,
            changes={name: [now[name], how_often] for name, how_often in changed.items()},
        )
    return bool(changed)
