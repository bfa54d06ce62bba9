"""Which proxies to trust when they say where a request came from."""

import logging
import re
from collections.abc import Callable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse  # noqa: TID251 (a middleware)

UNREAD_ORIGIN = "letterhead.unread_origin"  # in META: what a proxy sent in place of an address
_MAPPED = 96  # bits before an IPv4 address that a socket for both kinds shows as IPv6
_WITH_PORT = re.compile(r"\[(?P<v6>[^\]]+)\](:[0-9]{1,5})?|(?P<v4>[0-9.]+):[0-9]{1,5}")

log = logging.getLogger(__name__)


class TrustedProxyMiddleware:
    """Accept the origin of a request from trusted proxies only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.trusted = trusted_networks()
        self.has_warned = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set REMOTE_ADDR to the address that the nearest trusted proxy saw; ignore other claims.

        X-Forwarded-For grows to the right: the first address from the right that isn't a trusted
        proxy is the last one we can rely on. Anyone can make up what is left of it.
        """
        forwarded = request.META.pop("HTTP_X_FORWARDED_FOR", "")
        nearest = read_address(request.META.get("REMOTE_ADDR", ""))
        if nearest:
            request.META["REMOTE_ADDR"] = str(nearest)
        if not self._trusts(nearest):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        elif forwarded:
            self._believe(request, forwarded)
        return self.get_response(request)

    def _believe(self, request: HttpRequest, forwarded: str) -> None:
        for text in reversed([each.strip() for each in forwarded.split(",")]):
            address = read_address(text)
            if address is None:
                request.META[UNREAD_ORIGIN] = text
                self._warn_once(request.META["REMOTE_ADDR"], text)
                return
            request.META["REMOTE_ADDR"] = str(address)
            if not self._trusts(address):
                return

    def _warn_once(self, proxy: str, text: str) -> None:
        if not self.has_warned:
            self.has_warned = True
            told = "the proxy %s sends %a in X-Forwarded-For, which isn't an address; see README.md"
            log.warning(told, proxy, text[:60])

    def _trusts(self, address: IPv4Address | IPv6Address | None) -> bool:
        return address is not None and any(address in net for net in self.trusted)


def trusted_networks() -> list[IPv4Network | IPv6Network]:
    """Return the trusted proxies. Raises ImproperlyConfigured for anything but networks."""
    try:
        return [_network(name.strip()) for name in settings.TRUSTED_PROXIES if name.strip()]
    except ValueError as wrong:
        raise ImproperlyConfigured(
            f"LETTERHEAD_TRUSTED_PROXIES: {wrong}; use addresses or networks separated by commas"
        ) from wrong


def read_address(text: str) -> IPv4Address | IPv6Address | None:
    """Return an internet address without its port, IPv4 inside IPv6 as IPv4; None for others."""
    if found := _WITH_PORT.fullmatch(text):
        text = found["v6"] or found["v4"]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _network(text: str) -> IPv4Network | IPv6Network:
    network = ip_network(text)
    inside = read_address(str(network.network_address))
    if isinstance(network, IPv6Network) and isinstance(inside, IPv4Address):
        return ip_network((inside, max(network.prefixlen - _MAPPED, 0)))
    return network
