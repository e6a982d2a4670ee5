"""What readers see of a page of the publication's, before a change and after it, and what to announce if they differ."""

from wagtail.models import Page

from standfirst.addresses import cachekeys as addresses
from standfirst.addresses.redirects import page_moved
from standfirst.bodies.cachekeys import page_text
from standfirst.pagecache.actions import changed

from .actions import link_target_changed
from .cachekeys import PAGES


def remember_page(page: Page) -> None:
    """Note, before a page of the publication's is stored or deleted, what is where, and where it stands in the tree."""
    page.was_known_as = _known_as(page)
    page.was_at = Page.objects.filter(pk=page.pk).values_list("url_path", flat=True).first()


def page_was(page: Page) -> None:
    """Announce what has changed of a page of the publication's, and of those below it, since `remember_page`.

    Where they were leads to where they are.
    """
    was, now = page.was_known_as, _known_as(page)
    if page.was_at:
        page_moved(page, former=page.was_at)
    keys = {page_text(page.pk)}
    for pk, (path, _title) in {*was.items()} ^ {*now.items()}:
        keys |= {addresses.page(pk), addresses.address(path), PAGES}
    if was.get(page.pk) != now.get(page.pk):
        link_target_changed(page)
    changed(*keys)


def _known_as(page: Page) -> dict[int, tuple[str, str]]:
    """The address and title of a stored page and of those below it, less what readers can't see."""
    found = Page.objects.filter(path__startswith=page.path, live=True) if page.path else Page.objects.none()
    return {below.pk: (below.get_url() or "", below.title) for below in found}
