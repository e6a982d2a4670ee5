"""Whether a reader may follow a link to a page, asked of whatever page it is."""

from wagtail.models import Page


def readable_address(page: Page | None) -> str:
    """The address at which a reader can read a page; empty if nobody can at present.

    `page` is the specific page: one that keeps apart what is live and what is public, as articles do, has no address
    while it is not public.
    """
    return (page.get_url() or "") if page is not None and page.live else ""
