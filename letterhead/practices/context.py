"""What every page shows around its content: rooms, and the menu under the practice's name."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from letterhead.practices.roles import Act, may


@dataclass(frozen=True)
class Link:
    """A link in the bar, the menu or the tabs."""

    label: str
    url: str
    current: bool


def pages_of_my_details(current: str) -> list[Link]:
    """Tabs of the pages under My Details; `current` is the URL name of the open one."""
    pages = {"my-details": _("My Details"), "notifications": _("Notifications")}
    return [Link(label, reverse(name), current=name == current) for name, label in pages.items()]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `practice`, `rooms`, `menu` and what else ui/top.html shows."""
    membership = getattr(request, "membership", None)
    if membership is None or not request.user.is_authenticated:
        return {"practice": None, "rooms": [], "menu": []}
    rooms = [
        _link(request, _("Calendar"), "calendar"),
        _link(request, _("Clients"), "clients"),
    ]
    menu = [_link(request, _("My Details"), "my-details")]
    if may(membership, Act.SEE_BILLS):
        rooms.append(_link(request, _("Billing"), "bills"))
    if may(membership, Act.CHANGE_SETTINGS):
        menu.append(_link(request, _("Account Settings"), "account-settings"))
    if may(membership, Act.MANAGE_USERS):
        menu.append(_link(request, _("User Management"), "users"))
    if may(membership, Act.SEE_ACTIVITY):
        menu.append(_link(request, _("Activity"), "activity"))
    menu.append(_link(request, _("Guide"), "guide"))
    return {
        "practice": membership.practice,
        "rooms": rooms,
        "menu": menu,
        "elsewhere": [each.practice for each in getattr(request, "elsewhere", [])],
        "switch_url": reverse("switch"),
        "log_out_url": reverse("account_logout"),
    }


def _link(request: HttpRequest, label: str, name: str) -> Link:
    url = reverse(name)
    return Link(label, url, current=request.path.startswith(url))
