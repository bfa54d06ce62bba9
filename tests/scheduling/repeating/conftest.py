"""Riverside a week before its appointments, as in the tests of appointments."""

from tests.scheduling.appointments.conftest import _now, dana, shop

__all__ = ["_now", "dana", "shop"]
