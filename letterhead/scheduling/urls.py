"""Addresses of scheduling, section by section."""

from letterhead.scheduling.embedding.urls import urlpatterns as embedding

urlpatterns = [*embedding]
