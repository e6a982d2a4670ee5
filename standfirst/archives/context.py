"""What every public page is given besides its own."""

from typing import Any

from django.http import HttpRequest

from standfirst.publications.queries import publication
from standfirst.publications.rows import PublicationRow


def on_every_page(request: HttpRequest) -> dict[str, Any]:
    """The publication: its name, navigation and footer."""
    return {"publication": publication_for(request)}


def publication_for(request: HttpRequest) -> PublicationRow:
    """The publication, read once for each request."""
    if not hasattr(request, "publication"):
        request.publication = publication()  # type: ignore[attr-defined]
    found: PublicationRow = request.publication  # type: ignore[attr-defined]
    return found
