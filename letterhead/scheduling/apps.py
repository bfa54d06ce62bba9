"""Scheduling: services, availability, free times, appointments."""

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "letterhead.scheduling"
