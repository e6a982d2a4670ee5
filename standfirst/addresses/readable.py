"""Whether a reader may follow a link to a page, asked of whatever page it is."""

from wagtail.models import Page


def readable_address(page: Page | None) -> str:
    """The address at which a reader can read a page; empty if nobody can at present.

    `page` is the specific page: one that keeps apart what is live and what is public, as articles do, says so by
    `is_public`.
    """
    if page is None or not page.live or not getattr(page, "is_public", True):
        return ""
    return page.get_url() or ""
