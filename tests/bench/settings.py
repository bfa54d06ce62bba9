"""Production's settings; beside the product a bare view and Django's admin on the same server."""

from letterhead.config.settings import *  # noqa: F403
from letterhead.config.settings import INSTALLED_APPS, MIDDLEWARE, TEMPLATES

INSTALLED_APPS = ["django.contrib.admin", *INSTALLED_APPS]
MIDDLEWARE = [
    "tests.bench.bare.PracticesOnly" if name.endswith("PracticeMiddleware") else name
    for name in MIDDLEWARE
]
ROOT_URLCONF = "tests.bench.urls"
TEMPLATES[0]["OPTIONS"]["context_processors"].append(  # type: ignore[index]
    "django.contrib.auth.context_processors.auth"  # which the admin's templates want
)
