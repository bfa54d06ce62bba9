"""Where limits and marks are kept: what CACHE_URL says, as Django's settings."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from letterhead.config.service_url import split_service_url

KINDS = ("redis", "rediss", "unix")


def cache_settings(url: str) -> dict[str, Any]:
    """Give the cache of a CACHE_URL; without one it is in the database, shared by all processes.

    Raises ImproperlyConfigured, in one line, where the URL can't be used.
    """
    if not url:
        return {
            "BACKEND": "letterhead.config.json_cache.JsonDatabaseCache",
            "LOCATION": "cache",
            # Above it a third is thrown away, limits in force among it; Django's own number is 300.
            "OPTIONS": {"MAX_ENTRIES": 200_000},
        }
    kind = url.partition(":")[0]  # no more of it is told: it may hold a password
    if kind not in KINDS:
        raise ImproperlyConfigured(
            f"CACHE_URL begins with {kind[:20]!r}: write it as in redis://cache.example/0"
        )
    parts = split_service_url("CACHE_URL", url)
    number = parts.path.strip("/")
    if "@" in parts.query or (kind != "unix" and number and not number.isdecimal()):
        raise ImproperlyConfigured(
            "CACHE_URL ends in the number of a database, as in redis://cache.example/0; in the "
            "password, write / as %2F and ? as %3F"
        )
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "OPTIONS": {"serializer": "letterhead.config.json_cache.JsonSerializer"},
    }
