"""Which proxies to trust when they say where a request came from."""

from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse  # noqa: TID251 (a middleware)


class TrustedProxyMiddleware:
    """Accept the origin of a request from trusted proxies only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.trusted = trusted_networks()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set REMOTE_ADDR to the address that the nearest trusted proxy saw; ignore other claims.

        X-Forwarded-For grows to the right: the first address from the right that isn't a trusted
        proxy is the last one we can rely on. Anyone can make up what is left of it.
        """
        forwarded = request.META.pop("HTTP_X_FORWARDED_FOR", "").split(",")
        if not self._trusts(request.META.get("REMOTE_ADDR", "")):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
            return self.get_response(request)
        for address in reversed([each.strip() for each in forwarded]):
            if not _is_address(address):
                break
            request.META["REMOTE_ADDR"] = address
            if not self._trusts(address):
                break
        return self.get_response(request)

    def _trusts(self, address: str) -> bool:
        return _is_address(address) and any(ip_address(address) in net for net in self.trusted)


def trusted_networks() -> list[IPv4Network | IPv6Network]:
    """Return the trusted proxies. Raises ImproperlyConfigured for anything but networks."""
    try:
        return [ip_network(name.strip()) for name in settings.TRUSTED_PROXIES if name.strip()]
    except ValueError as wrong:
        raise ImproperlyConfigured(
            f"LETTERHEAD_TRUSTED_PROXIES: {wrong}; use addresses or networks separated by commas"
        ) from wrong


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
