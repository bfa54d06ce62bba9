"""Addresses of printers. Claims are bills, with their addresses in billing."""

from django.urls import path

from letterhead.claims.printers import views as printer_views

urlpatterns = [
    path("account-settings/printers/add/", printer_views.new_printer, name="add-printer"),
    path("account-settings/printers/<int:pk>/", printer_views.edit_printer, name="edit-printer"),
    path(
        "account-settings/printers/<int:pk>/test-page/",
        printer_views.print_test_page,
        name="printer-test-page",
    ),
]
