"""All addresses, room by room."""

from allauth.account import views as allauth
from django.urls import include, path

urlpatterns = [
    path("", include("letterhead.ui.urls")),
    path("", include("letterhead.practices.urls")),
    path("", include("letterhead.details.urls")),
    path("", include("letterhead.clients.urls")),
    path("", include("letterhead.billing.urls")),
    path("", include("letterhead.claims.urls")),
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
]

handler400 = "letterhead.ui.views.bad_request"
handler500 = "letterhead.ui.views.server_error"
