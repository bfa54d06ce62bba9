"""URLs of clients and their policies."""

from django.urls import path

from letterhead.clients import views

urlpatterns = [
    path("clients/", views.clients, name="clients"),
    path("clients/add/", views.add_client, name="add-client"),
    path("clients/<int:pk>/", views.client, name="client"),
    path("clients/<int:pk>/edit/", views.edit_client, name="edit-client"),
    path("clients/<int:pk>/policies/add/", views.add_policy, name="add-policy"),
    path("clients/policies/<int:pk>/edit/", views.edit_policy, name="edit-policy"),
]
