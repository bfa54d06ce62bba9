"""What allauth's two-factor part asks of us: where we are reached, keys, words."""

from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from letterhead.accounts.queries import is_last, required_by
from letterhead.encryption import fields

PRODUCT = "Letterhead"


class TwoFactorAdapter(DefaultMFAAdapter):
    """Seeds encrypted; the passkeys' owner from LETTERHEAD_BASE_URL, never from a header."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": (
            "Your practice requires two-factor authentication, and this is your only second step. "
            "Add another one first."
        ),
        "incorrect_code": (
            "This doesn't fit. A code is good for 30 seconds and works once: type the one that "
            "shows now."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a seed with the newest key."""
        return fields.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a seed."""
        return fields.decrypt(encrypted_text)

    def _get_site_name(self) -> str:
        return PRODUCT

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name us to passkeys: a passkey belongs to the host that people reach us at."""
        return {"id": urlsplit(settings.BASE_URL).hostname or "localhost", "name": PRODUCT}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last second step of who must have one."""
        return not (required_by(authenticator.user) and is_last(authenticator))

    def generate_authenticator_name(
        self, user: AbstractBaseUser, type: Authenticator.Type, **_: Any
    ) -> str:
        """Name a key for who gives it no name."""
        rows = Authenticator.objects.filter(user_id=user.pk, type=type)
        return f"Passkey {rows.count() + 1}"
