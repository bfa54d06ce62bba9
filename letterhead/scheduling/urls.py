"""Addresses of scheduling, section by section."""

from letterhead.scheduling.services.urls import urlpatterns as services

urlpatterns = [*services]
