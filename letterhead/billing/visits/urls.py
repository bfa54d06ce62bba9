"""Addresses of visits."""

from django.urls import path

from letterhead.billing.visits import views as visit_views

urlpatterns = [
    path("clients/<int:pk>/visits/add/", visit_views.add, name="add-visit"),
    path("billing/visits/<int:pk>/edit/", visit_views.edit, name="edit-visit"),
]
