"""All addresses, room by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("letterhead.ui.urls")),
    path("", include("letterhead.accounts.urls")),
    path("", include("letterhead.practices.urls")),
    path("", include("letterhead.notifications.urls")),
    path("", include("letterhead.details.urls")),
    path("", include("letterhead.clients.urls")),
    path("", include("letterhead.scheduling.urls")),
    path("", include("letterhead.billing.urls")),
    path("", include("letterhead.claims.urls")),
    path("", include("letterhead.booking.urls")),
]

handler400 = "letterhead.ui.views.bad_request"
handler500 = "letterhead.ui.views.server_error"
