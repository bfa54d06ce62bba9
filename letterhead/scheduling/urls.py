"""Addresses of scheduling, section by section."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
