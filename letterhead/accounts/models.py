"""Users, their sessions, second steps and trusted devices."""

import uuid
from importlib import import_module

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from letterhead.activity.origin import UNKNOWN_DEVICE, agent_for_people
from letterhead.encryption.fields import EncryptedTextField
from letterhead.texts.emails import EmailField


class User(AbstractBaseUser):
    """A person's login; what practices know about the person is in Membership and Practitioner."""

    email = EmailField(_("Login email"), max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    proven_at = models.DateTimeField(null=True)  # when its owner opened a link mailed to the email
    reset_links = models.PositiveIntegerField(default=0)  # mailed so far; only the newest works

    objects = BaseUserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="login_email_once",
                violation_error_message=_("This email is already in use."),
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_proven(self) -> bool:
        """Whether the login email is known to be this person's."""
        return self.proven_at is not None


class Session(AbstractBaseSession):
    """A browser's session, and where someone is logged in; see sessions/store.py.

    The key is the browser's secret; pages use the public id.
    """

    public_id = models.UUIDField(
        default=uuid.uuid4, db_index=True
    )  # not unique while a key is renewed
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    device = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=45, blank=True)
    began_at = models.DateTimeField()
    last_used_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.device} of {self.user}" if self.user_id else "logged out"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Return the class that reads and writes these rows, which the settings name."""
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store


class TypedText(models.Model):
    """What someone typed into a form before they were logged out; see sessions/typed_again.py.

    `practice` is a plain id: practices are in a higher room.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="typed_texts")
    practice = models.BigIntegerField(null=True)
    practice_name = models.CharField(max_length=100, blank=True)
    path = models.CharField(max_length=500)
    title = models.CharField(max_length=100)
    fields = EncryptedTextField(row="public_id")
    had_files = models.BooleanField(default=False)
    held_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "practice", "path"], name="typed_once_for_each_form"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} of {self.user}"


class UsedStep(models.Model):
    """The newest time step whose code of this authenticator app was used.

    Moving it forward uses the code; it never moves back.
    """

    authenticator = models.OneToOneField(
        "mfa.Authenticator", on_delete=models.CASCADE, primary_key=True, related_name="used_step"
    )
    step = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.step)


class TrustedDevice(models.Model):
    """A browser that isn't asked for a second step until `expires_at`.

    The browser has a random token; only its hash is stored.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="trusted_devices")
    token_sha256 = models.CharField(max_length=64, unique=True)
    device = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=45, blank=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "expires_at"], name="trusted_devices_of_user")]

    def __str__(self) -> str:
        return f"{self.device} of {self.user}"

    @property
    def device_in_words(self) -> str:
        """The browser and system, in the present language."""
        return agent_for_people(self.device or UNKNOWN_DEVICE)
