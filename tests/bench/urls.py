"""The product's addresses, and what it is measured against below /bench/."""

from django.urls import path

from letterhead.config.urls import urlpatterns as ours
from tests.bench import bare
from tests.bench.admin import site

urlpatterns = [
    *ours,
    path("bench/bare/", bare.view),
    path("bench/bare-update/", bare.update),
    path("bench/bare-public/", bare.public),
    path("bench/admin/", site.urls),
]
