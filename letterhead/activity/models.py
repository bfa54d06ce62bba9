"""Who did what, when and from where; and the newest link of each chain."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from letterhead.encryption.fields import EncryptedTextField


class Kind(models.TextChoices):
    """What sort of act a row records."""

    LOG_IN = "log-in", _("Logins and logouts")
    FAILURE = "failure", _("Failed logins")
    REFUSED = "refused", _("Refused tries")
    REVEAL = "reveal", _("Private details viewed")
    CHANGE = "change", _("Changes")
    EXPORT = "export", _("Exports")
    SUPPORT = "support", _("Letterhead administrator")


class Activity(models.Model):
    """One thing that a person did. Values, not foreign keys: the record outlives its subjects.

    `act` is English; `words.in_words` translates it. The rows of one practice are a chain (chain 0
    for no practice): `place` counts them, `previous` is the hash of the row before, `hash` covers
    the row and `previous`.
    """

    practice = models.BigIntegerField(null=True)
    person = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=254)
    at = models.DateTimeField()
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.CHANGE)
    act = models.CharField(max_length=60)
    about = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=dict)
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=60, blank=True)
    chain = models.BigIntegerField()
    place = models.BigIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "activity"
        constraints = [
            models.UniqueConstraint(fields=["chain", "place"], name="activity_place_once_in_chain")
        ]
        indexes = [  # each in the order of the page, whatever is looked for
            models.Index(fields=["chain", *sought, "at", "place"], name=f"activity_by_{name}")
            for name, *sought in (
                ("time",),
                ("person", "person"),
                ("kind", "kind"),
                ("person_and_kind", "person", "kind"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_name}: {self.act} {self.about}"


class ChainHead(models.Model):
    """The newest link of a chain. Adding a row locks it, so that a chain never forks.

    The seal is the hash again, or chain.BEGUN, encrypted for this chain. Someone who can write to
    the database but has no key could hash a chain again from any row on, or cut it short, but
    couldn't seal it.
    """

    chain = models.BigIntegerField(primary_key=True)
    place = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    seal = EncryptedTextField(blank=True)

    def __str__(self) -> str:
        return f"chain {self.chain}, {self.place} rows"
