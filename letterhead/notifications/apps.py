"""What people are notified about, and how often."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "letterhead.notifications"
