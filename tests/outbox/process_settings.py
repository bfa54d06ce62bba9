"""Production's settings with one handler of the tests' own."""

from letterhead.config.settings import *  # noqa: F403
from letterhead.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.outbox"]
