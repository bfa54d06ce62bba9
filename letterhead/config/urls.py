"""All addresses, room by room."""

from django.urls import include, path

from letterhead.accounts import views as accounts

urlpatterns = [
    path("", include("letterhead.ui.urls")),
    path("", include("letterhead.accounts.password_urls")),
    path("", include("letterhead.accounts.session_urls")),
    path("", include("letterhead.accounts.two_factor_urls")),
    path("", include("letterhead.practices.urls")),
    path("", include("letterhead.notifications.urls")),
    path("", include("letterhead.details.urls")),
    path("", include("letterhead.clients.urls")),
    path("", include("letterhead.billing.urls")),
    path("", include("letterhead.claims.urls")),
    path("", include("letterhead.booking.urls")),
    path("login/", accounts.log_in, name="account_login"),
    path("logout/", accounts.log_out, name="account_logout"),
]

handler400 = "letterhead.ui.views.bad_request"
handler500 = "letterhead.ui.views.server_error"
