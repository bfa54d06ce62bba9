"""URLs of My Details."""

from django.urls import path

from letterhead.details import views
from letterhead.details.card import views as card_views
from letterhead.details.contact_email import views as contact_email_views
from letterhead.details.general import views as general_views
from letterhead.details.joining import views as joining_views
from letterhead.details.photo import views as photo_views
from letterhead.details.signature import views as signature_views

urlpatterns = [
    path("my-details/", views.my_details, name="my-details"),
    path("my-details/general/", general_views.edit_general_details, name="edit-general-details"),
    path("my-details/tax-id/", general_views.individual_tax_id, name="show-tax-id"),
    path("my-details/photo/", photo_views.edit_profile_photo, name="edit-profile-photo"),
    path("my-details/photo/original/", photo_views.photo_original, name="photo-original"),
    path("my-details/photo/preview/", photo_views.photo_preview, name="photo-preview"),
    path("photos/<str:sha256>.jpg", photo_views.photo, name="photo"),
    path(
        "my-details/description/",
        card_views.edit_description,
        name="edit-provider-description",
    ),
    path("my-details/about-me/", card_views.edit_about_me, name="edit-about-me"),
    path("users/<int:pk>/card-address/", card_views.edit_address, name="edit-card-address"),
    path("my-details/publish-card/", card_views.publish_card, name="publish-card"),
    path(
        "my-details/where-it-appears/",
        views.where_it_appears,
        name="where-it-appears",
    ),
    path(
        "my-details/where-it-appears/<slug:section>/",
        views.preview,
        name="preview-details",
    ),
    path("invitation/<str:token>/", joining_views.accept, name="accept-invitation"),
    path("my-details/signature/", signature_views.edit_signature, name="edit-signature"),
    path("my-details/signature/now/", signature_views.own_signature, name="own-signature"),
    path(
        "my-details/contact-email/again/",
        contact_email_views.send_confirmation_again,
        name="send-confirmation-again",
    ),
    path(
        "my-details/contact-email/<str:token>/",
        contact_email_views.confirm_contact_email,
        name="confirm-contact-email",
    ),
]
