"""Addresses of services."""

from django.urls import path

from letterhead.scheduling.services import views

urlpatterns = [
    path("account-settings/services/add/", views.new_service, name="add-service"),
    path("account-settings/services/<int:pk>/", views.edit_service, name="edit-service"),
    path("account-settings/services/<int:pk>/end/", views.end_service, name="end-service"),
]
