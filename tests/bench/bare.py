"""What a signed-in page costs at the least: session, user, one statement, a short template."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.utils import timezone

from letterhead.accounts.models import User
from letterhead.practices.middleware import PracticeMiddleware, PracticeRequest
from letterhead.practices.models import Membership

TEMPLATE = engines["django"].from_string("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{ membership.practice_id }}</title>
</head>
<body>
<h1>Bare</h1>
{% if membership %}
<dl>
<dt>Person</dt><dd>{{ user.email }}</dd>
<dt>Role</dt><dd>{{ membership.role }}</dd>
{% for act in acts %}
<dt>May</dt><dd>{{ act }}</dd>
{% endfor %}
</dl>
{% endif %}
<p>That is all.</p>
</body>
</html>
""")


class PracticesOnly(PracticeMiddleware):
    """Ask for the practice on the product's own pages only."""

    def __call__(self, request: PracticeRequest) -> HttpResponse:
        """Go straight on below /bench/."""
        if request.path.startswith("/bench/"):
            request.membership = request.practice = None  # type: ignore[assignment]
            request.elsewhere = []
            return self.get_response(request)
        return super().__call__(request)


@login_required
def view(request: HttpRequest) -> HttpResponse:
    """Answer by one query and twenty lines."""
    membership = Membership.objects.filter(user__pk=request.user.pk or 0).first()
    context = {"user": request.user, "membership": membership, "acts": ("see", "do")}
    return HttpResponse(TEMPLATE.render(context))


def public(request: HttpRequest) -> HttpResponse:
    """Answer anyone by one query and twenty lines."""
    membership = Membership.objects.filter(role="director").first()
    context = {"user": "anyone", "membership": membership, "acts": ("see", "do")}
    return HttpResponse(TEMPLATE.render(context))


@login_required
def update(request: HttpRequest) -> HttpResponse:
    """Answer a POST by one update and a redirect."""
    User.objects.filter(email=request.user.get_username()).update(last_login=timezone.now())
    return HttpResponseRedirect("/bench/bare/")
