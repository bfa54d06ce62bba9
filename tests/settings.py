"""The product's settings, with a data directory of the tests' own and cheap passwords."""

import atexit
import os
import shutil
import tempfile

# Set before the settings are read. pytest-xdist's workers inherit the first process's directory.
if "LETTERHEAD_TEST_DIR" not in os.environ:
    os.environ["LETTERHEAD_TEST_DIR"] = tempfile.mkdtemp(prefix="letterhead-tests-")
    atexit.register(shutil.rmtree, os.environ["LETTERHEAD_TEST_DIR"], ignore_errors=True)
_place = os.path.join(
    os.environ["LETTERHEAD_TEST_DIR"], os.environ.get("PYTEST_XDIST_WORKER", "main")
)
os.environ["LETTERHEAD_DATA_DIR"] = _place
os.environ.pop("LETTERHEAD_BASE_URL", None)
os.environ.pop("LETTERHEAD_DEBUG", None)
os.environ.pop("EMAIL_URL", None)

from cryptography.fernet import Fernet  # noqa: E402
from django.core.management.utils import get_random_secret_key  # noqa: E402

from letterhead.cli.data_dir import read_or_make  # noqa: E402
from letterhead.config.settings import *  # noqa: E402, F403
from letterhead.config.settings import DATA_DIR, DATABASES, LOGGING, STATIC_ROOT, STORAGES  # noqa: E402

SECRET_KEY = read_or_make(DATA_DIR / "secret_key", get_random_secret_key)
read_or_make(DATA_DIR / "encryption_keys", lambda: Fernet.generate_key().decode())

# pytest keeps what is logged; another handler's stream is closed once its first test ended.
LOGGING = {**LOGGING, "root": {"handlers": [], "level": "INFO"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production (threads, WAL), but without waiting for the disk.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
