"""What every public page is given besides its own."""

from typing import Any

from django.http import HttpRequest

from standfirst.publications.queries import publication


def on_every_page(request: HttpRequest) -> dict[str, Any]:
    """The publication: its name, navigation and footer."""
    return {"publication": publication()}
