"""Addresses of where a person is logged in, of the idle logout, and of what was typed."""

from django.urls import path

from letterhead.accounts.sessions import typed_again_views
from letterhead.accounts.sessions import views as session_views

urlpatterns = [
    path("my-details/sessions/", session_views.where_logged_in, name="where-logged-in"),
    path("my-details/sessions/end/", session_views.end, name="end-session"),
    path("session/left/", session_views.left, name="session-left"),
    path("session/stay/", session_views.stay, name="session-stay"),
    path("typed-again/", typed_again_views.typed_again, name="typed-again"),
    path("typed-again/keep/", typed_again_views.keep, name="keep-typed"),
]
