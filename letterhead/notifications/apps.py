"""What people are told without asking, and how often."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "letterhead.notifications"
