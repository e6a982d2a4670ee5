"""What was withdrawn on purpose answers 410, wherever the view notices it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .errors import Withdrawn
from .failures import gone


class WithdrawnIsGone:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return gone(request) if isinstance(exception, Withdrawn) else None
