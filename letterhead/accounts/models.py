"""Who logs in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class User(AbstractBaseUser):
    """A person's log-in; what practices know of the person is in Membership and Practitioner."""

    email = models.EmailField("Login email", max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = BaseUserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="login_email_once",
                violation_error_message="Somebody logs in with this email already.",
            )
        ]

    def __str__(self) -> str:
        return self.email
