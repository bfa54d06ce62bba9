"""Addresses of My Details."""

from django.urls import path

from letterhead.details import views

urlpatterns = [
    path("my-details/", views.my_details, name="my-details"),
    path("my-details/general/", views.edit_general_details, name="edit-general-details"),
    path("my-details/tax-id/", views.individual_tax_id, name="show-tax-id"),
]
