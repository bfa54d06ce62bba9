"""Addresses of printers; those of claims are billing's, as of all bills."""

from django.urls import path

from letterhead.claims import printers

urlpatterns = [
    path("account-settings/printers/add/", printers.new_printer, name="add-printer"),
    path("account-settings/printers/<int:pk>/", printers.edit_printer, name="edit-printer"),
    path(
        "account-settings/printers/<int:pk>/test-page/",
        printers.print_test_page,
        name="printer-test-page",
    ),
]
