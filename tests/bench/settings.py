"""Production's settings; on the same server a bare view, Django's admin and a marked language."""

from letterhead.config.settings import *  # noqa: F403
from letterhead.config.settings import (
    DATA_DIR,
    INSTALLED_APPS,
    LANGUAGES,
    LOCALE_PATHS,
    MIDDLEWARE,
    TEMPLATES,
)
from tests.pseudo import CODE

MARKED = "marked"  # the folder in the data directory with tests.pseudo's language

INSTALLED_APPS = ["django.contrib.admin", *INSTALLED_APPS]
MIDDLEWARE = [
    "tests.bench.bare.PracticesOnly" if name.endswith("PracticeMiddleware") else name
    for name in MIDDLEWARE
]
LANGUAGES = [*LANGUAGES, (CODE, "Marked")]
LOCALE_PATHS = [*LOCALE_PATHS, DATA_DIR / MARKED]
ROOT_URLCONF = "tests.bench.urls"
TEMPLATES[0]["OPTIONS"]["context_processors"].append(  # type: ignore[index]
    "django.contrib.auth.context_processors.auth"  # which the admin's templates want
)
