"""Where a request comes from, for what is recorded while it is answered."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from letterhead.activity.origin import Origin, agent_in_words, coming_from


class OriginMiddleware:
    """Provide a request's address and browser. Comes after the one that reads proxy headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the origin set."""
        agent = agent_in_words(request.META.get("HTTP_USER_AGENT", ""))
        with coming_from(Origin(request.META.get("REMOTE_ADDR", "")[:45], agent)):
            return self.get_response(request)
