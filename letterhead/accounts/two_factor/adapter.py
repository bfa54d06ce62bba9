"""What allauth's two-factor part calls: our address, encryption, words."""

from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.accounts.queries import is_last, required_by
from letterhead.accounts.two_factor.seeds import new_seed, read_seed

PRODUCT = "Letterhead"


class TwoFactorAdapter(DefaultMFAAdapter):
    """Encrypts seeds; passkeys belong to LETTERHEAD_BASE_URL, never to a header's host."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": (
            _(
                "Your practice requires two-factor authentication, and this is your only second "
                "step. Add another one first."
            )
        ),
        "incorrect_code": (
            _(
                "This code isn't right. A code works once, and only while it is shown: type the "
                "one that is shown now."
            )
        ),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a seed; it is bound to its person when the row is saved."""
        return new_seed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a seed of its person. Raises cryptography's InvalidToken."""
        return read_seed(encrypted_text)

    def _get_site_name(self) -> str:
        return PRODUCT

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return our identity for passkeys: they belong to the host at which people reach us."""
        return {"id": urlsplit(settings.BASE_URL).hostname or "localhost", "name": PRODUCT}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse to delete the last second step of someone who must have one."""
        return not (required_by(authenticator.user) and is_last(authenticator))

    def generate_authenticator_name(
        self, user: AbstractBaseUser, type: Authenticator.Type, **_: Any
    ) -> str:
        """Return a name for a key without one."""
        rows = Authenticator.objects.filter(user_id=user.pk, type=type)
        return gettext("Passkey %(number)d") % {"number": rows.count() + 1}
