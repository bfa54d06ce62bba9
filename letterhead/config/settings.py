"""All settings. The environment is read here and nowhere else; README.md explains the names.

Nothing is made here: `letterhead migrate` and `serve` make data directory and keys.
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from letterhead.config.base_url import split_base_url
from letterhead.config.cache import cache_settings
from letterhead.config.mail import mail_settings
from letterhead.config.service_url import split_service_url

DATA_DIR = Path(os.environ.get("LETTERHEAD_DATA_DIR", "data")).resolve()

DEBUG = os.environ.get("LETTERHEAD_DEBUG", "").lower() in {"1", "true", "yes", "on"}
SECRET_KEY = os.environ.get("LETTERHEAD_SECRET_KEY", "")
SECRET_KEY_FILE = None if SECRET_KEY else DATA_DIR / "secret_key"
if SECRET_KEY_FILE and SECRET_KEY_FILE.is_file():
    SECRET_KEY = SECRET_KEY_FILE.read_text().strip()
# Newest first. Those in the data directory are read again when `letterhead rotate-keys` adds one.
ENCRYPTION_KEYS = os.environ.get("LETTERHEAD_ENCRYPTION_KEYS", "").split(",")
ENCRYPTION_KEYS_FILE = None if any(ENCRYPTION_KEYS) else DATA_DIR / "encryption_keys"

# Where we are reached. Links in mails and the passkeys' owner come from here, never from a header.
BASE_URL_AS_TYPED = os.environ.get("LETTERHEAD_BASE_URL", "http://localhost:8000").rstrip("/")
_base = split_base_url(BASE_URL_AS_TYPED)
BASE_URL = _base.geturl()
_OVER_TLS = _base.scheme == "https"
_host = _base.netloc.removesuffix(f":{_base.port}")  # an IPv6 address keeps its brackets
ALLOWED_HOSTS = sorted({_host, "localhost", "127.0.0.1"})
CSRF_TRUSTED_ORIGINS = [BASE_URL] if _OVER_TLS else []
TRUSTED_PROXIES = os.environ.get("LETTERHEAD_TRUSTED_PROXIES", "127.0.0.1").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    # ours stand before allauth, whose pages we dress
    "letterhead.ui",
    "letterhead.encryption",
    "letterhead.activity",
    "letterhead.outbox",
    "letterhead.accounts",
    "letterhead.practices",
    "letterhead.notifications",
    "letterhead.details",
    "letterhead.clients",
    "letterhead.scheduling",
    "letterhead.billing",
    "letterhead.claims",
    "letterhead.booking",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "letterhead.ui.proxies.TrustedProxyMiddleware",
    "letterhead.activity.middleware.OriginMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "letterhead.ui.headers.HeadersMiddleware",
    "letterhead.ui.error_ids.ErrorIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "letterhead.ui.front_door.FrontDoorMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "letterhead.practices.middleware.PracticeMiddleware",
    "letterhead.practices.security.gate.TwoFactorMiddleware",
    "letterhead.accounts.sessions.middleware.IdleMiddleware",
    "letterhead.accounts.sessions.middleware.TypedAgainMiddleware",
]

# The same bytes for everyone: nobody asks here who is signed in.
PUBLIC_PATHS = ("/book/", "/photos/", "/robots.txt")

# Where a form is sent by PUT, to be shown and not to be saved.
PREVIEW_PATHS = ("/my-details/where-it-appears/",)

# What a page asks for by itself: it doesn't say that a person is there.
UNATTENDED_PATHS = ("/session/left/",)

ROOT_URLCONF = "letterhead.config.urls"
WSGI_APPLICATION = "letterhead.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "letterhead.ui.folding.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "letterhead.ui.templatetags.edit_button",
                "letterhead.ui.templatetags.help",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "letterhead.practices.context.frame",
                "letterhead.practices.security.gate.notice",
                "letterhead.accounts.sessions.context.idle",
                "letterhead.details.faces.face",
            ],
        },
    }
]
FORM_RENDERER = "letterhead.ui.forms.rendering.FormRenderer"

split_service_url("DATABASE_URL", os.environ.get("DATABASE_URL", ""))
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA_DIR / 'letterhead.sqlite3'}", conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
else:
    raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Limits and marks are shared by all web workers, so they live in the database by default.
CACHES = {"default": cache_settings(os.environ.get("CACHE_URL", ""))}

# Rows that no one changes or deletes, by table; the columns named may be encrypted anew.
FROZEN_TABLES: dict[str, tuple[str, ...]] = {
    "activity_activity": (),
    "billing_issuedbill": ("sealed",),
    "billing_issuedfile": (),
    "details_cardslug": (),
    "practices_practiceslug": (),
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Argon2id, three times what OWASP asks at least (19 MiB, twice); on one lane, so that a login
# keeps one core busy and leaves the others to their work.
ARGON2 = {"memory_cost": 64 * 1024, "time_cost": 2, "parallelism": 1}
PASSWORD_HASHERS = [
    "letterhead.accounts.hashing.NormalizingHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",  # of passwords set before it
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"letterhead.accounts.passwords.validators.{rule}"}
    for rule in ("Length", "NotOfNames", "NotCommon")
]
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/my-details/"
ACCOUNT_ADAPTER = "letterhead.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "letterhead.accounts.log_in.forms.LogInForm",
    "reauthenticate": "letterhead.accounts.two_factor.forms.ConfirmByPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")  # no codes by email: there is no such page
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Ours are in accounts/limits.py. allauth's count an account's failures wherever they come from,
# which lets a stranger lock somebody out: of these only the address is counted.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "50/5m/ip"}
ACCOUNT_LOGOUT_REDIRECT_URL = "/login/"

# As many as of logins by password: those of an office come from one address.
MFA_RATE_LIMITS = {"webauthn_login": "50/5m/ip"}
MFA_ADAPTER = "letterhead.accounts.two_factor.adapter.TwoFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Letterhead"
MFA_TOTP_TOLERANCE = 0  # accounts/two_factor/codes.py also takes the step before
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a login email changes by a support act only
MFA_FORMS = {
    "authenticate": "letterhead.accounts.two_factor.forms.CodeForm",
    "authenticate_webauthn": "letterhead.accounts.two_factor.forms.PasskeyForm",
    "login_webauthn": "letterhead.accounts.two_factor.forms.PasskeyAloneForm",
    "reauthenticate": "letterhead.accounts.two_factor.forms.ConfirmByCodeForm",
    "reauthenticate_webauthn": "letterhead.accounts.two_factor.forms.ConfirmByPasskeyForm",
    "activate_totp": "letterhead.accounts.two_factor.forms.TurnOnForm",
    "add_webauthn": "letterhead.accounts.two_factor.forms.AddPasskeyForm",
    "edit_webauthn": "letterhead.accounts.two_factor.forms.RenamePasskeyForm",
}

SESSION_ENGINE = "letterhead.accounts.sessions.store"
SESSION_COOKIE_AGE = 24 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "letterhead.ui.toasts.Toasts"
TOAST_COOKIE_NAME = "toasts"
if _OVER_TLS:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    TOAST_COOKIE_NAME = "__Host-toasts"
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(health|ready)z$"]  # asked beside the proxy, by whoever watches
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],  # frames, plug-ins, workers, media, manifests: none
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the QR code of two-factor authentication
        "font-src": [SELF],
        "connect-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "letterhead.ui.uploads.BoundedTemporaryFile",
]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "letterhead.config.static_files.StaticFiles"},
}

EMAIL_FILE_PATH = DATA_DIR / "mail"
globals().update(
    mail_settings(
        os.environ.get("EMAIL_URL", ""),
        folder=EMAIL_FILE_PATH,
        host=_base.hostname or "localhost",
    )
)

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-us"
# Languages that every text is translated to; the source is American English.
LANGUAGES = [
    ("en-us", "English (United States)"),
    ("en-gb", "English (United Kingdom)"),
]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "letterhead.config.log_lines.Lines",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "filters": {"one line": {"()": "letterhead.ui.error_ids.OneLineForRefusals"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["one line"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
