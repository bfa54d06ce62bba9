"""Django's admin on the same row: one change page with its three lists, as it comes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from letterhead.details.models import License, OtherId, PhoneNumber, Practitioner


class Site(admin.AdminSite):
    """For whoever is signed in: our users have no flag for staff."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Let them in."""
        return request.user.is_authenticated


class Allowed:
    """Everything is allowed, and asking costs nothing."""

    def _yes(self, *_: Any) -> bool:
        return True

    has_view_permission = has_add_permission = has_change_permission = _yes
    has_delete_permission = has_module_permission = _yes


class Phones(Allowed, admin.TabularInline):
    """Phone numbers, without blank rows: ours has none either."""

    model, extra = PhoneNumber, 0


class OtherIds(Allowed, admin.TabularInline):
    """Other IDs."""

    model, extra = OtherId, 0


class Licenses(Allowed, admin.TabularInline):
    """Licenses."""

    model, extra = License, 0


class PractitionerAdmin(Allowed, admin.ModelAdmin):
    """The row that My Details shows. Its version belongs to our own pop-up."""

    exclude = ("version",)
    inlines = (Phones, OtherIds, Licenses)


site = Site(name="admin")
site.register(Practitioner, PractitionerAdmin)
