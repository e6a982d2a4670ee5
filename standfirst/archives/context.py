"""What every public page is given besides its own."""

from typing import Any

from django.http import HttpRequest

from standfirst.bodies.feed_links import feed_links
from standfirst.publications.queries import publication_for

from .archive import Archive


def on_every_page(request: HttpRequest) -> dict[str, Any]:
    """The publication: its name, navigation and footer; and its feeds, for what has none of its own."""
    return {
        "publication": publication_for(request),
        "site_feeds": feed_links("", publication_for(request).name, Archive.of_everything().path_of_feed),
    }
