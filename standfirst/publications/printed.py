"""A page of the publication's own as readers get it: everything fetched."""

from typing import TYPE_CHECKING, Any

from standfirst.addresses.cachekeys import page
from standfirst.bodies.cachekeys import page_text
from standfirst.bodies.pages import head_of
from standfirst.bodies.pictures import pictures
from standfirst.bodies.printing import body_images, printed_body
from standfirst.pagecache.recording import shows

if TYPE_CHECKING:
    from .models import PublicationPage


def printed_page(shown: "PublicationPage") -> dict[str, Any]:
    """What the template of a publication page is given, less what other rooms add."""
    shows(page(shown.pk or 0), page_text(shown.pk or 0))
    return head_of(shown, shown.standfirst, shown.url or "") | {
        "title": shown.title,
        "standfirst": shown.standfirst,
        "body": printed_body(shown.body, pictures(body_images(shown.body))),
    }
