"""What the frame of every page shows: the rooms, and the menu under the practice's name."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from letterhead.practices.roles import Act, may


@dataclass(frozen=True)
class Door:
    """A link of the frame."""

    label: str
    url: str
    current: bool


def pages_of_my_details(current: str) -> list[Door]:
    """Give the tabs of the pages under My Details, of which `current` (a url's name) is open."""
    pages = {"my-details": "My Details", "notifications": "Notifications"}
    return [Door(label, reverse(name), current=name == current) for name, label in pages.items()]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give `practice`, `rooms` and `menu` to every template."""
    membership = getattr(request, "membership", None)
    if membership is None or not request.user.is_authenticated:
        return {"practice": None, "rooms": [], "menu": []}
    rooms = [_door(request, "Clients", "clients")]
    menu = [_door(request, "My Details", "my-details")]
    if may(membership, Act.SEE_BILLS):
        rooms.append(_door(request, "Billing", "bills"))
    if may(membership, Act.CHANGE_SETTINGS):
        menu.append(_door(request, "Account Settings", "account-settings"))
    if may(membership, Act.MANAGE_USERS):
        menu.append(_door(request, "User Management", "users"))
    if may(membership, Act.SEE_ACTIVITY):
        menu.append(_door(request, "Activity", "activity"))
    menu.append(_door(request, "Guide", "guide"))
    return {
        "practice": membership.practice,
        "rooms": rooms,
        "menu": menu,
        "elsewhere": [each.practice for each in getattr(request, "elsewhere", [])],
        "switch_url": reverse("switch"),
        "log_out_url": reverse("account_logout"),
    }


def _door(request: HttpRequest, label: str, name: str) -> Door:
    url = reverse(name)
    return Door(label, url, current=request.path.startswith(url))
