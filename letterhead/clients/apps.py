"""Clients and their insurance policies."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "letterhead.clients"
