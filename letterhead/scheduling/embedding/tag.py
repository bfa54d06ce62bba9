"""What a practice puts on its own site and on paper: the tag of the scheduler, and its QR code."""

from base64 import b64encode

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from letterhead.practices.models import Practice


def scheduler_url(practice: Practice) -> str:
    """Return the complete address of the practice's online scheduler."""
    return str(settings.BASE_URL) + reverse("book", args=[practice.slug])


def frame_tag(practice: Practice) -> str:
    """Return the HTML that shows the scheduler in a page of another site, as high as it needs."""
    return format_html(
        '<iframe src="{}" title="{}" data-letterhead width="100%" height="900" loading="lazy" '
        'frameborder="0"></iframe>\n<script src="{}" async></script>',
        scheduler_url(practice),
        _("Make an appointment at %(practice)s") % {"practice": practice.name},
        settings.BASE_URL + reverse("book-embed"),
    )


def qr_code(url: str) -> str:
    """Return the address as a QR code, an SVG in a data: URL."""
    import qrcode.image.svg  # type: ignore[import-untyped]  # late: 50 ms

    picture = qrcode.make(url, image_factory=qrcode.image.svg.SvgPathFillImage, border=4)
    return f"data:image/svg+xml;base64,{b64encode(picture.to_string()).decode()}"
