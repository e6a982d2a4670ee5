"""What readers see of a page of the publication's, before a change and after it, and what to announce if they differ."""

from wagtail.models import Page

from standfirst.addresses import cachekeys as addresses
from standfirst.bodies.cachekeys import page_text
from standfirst.pagecache.actions import changed

from .actions import link_target_changed
from .models import PublicationPage


def remember_page(page: PublicationPage) -> None:
    """Note, before a page of the publication's is stored, moved or deleted, what is where."""
    page.was_known_as = _known_as(page)


def page_was(page: PublicationPage) -> None:
    """Announce what has changed of a page of the publication's, and of those below it, since `remember_page`."""
    was, now = getattr(page, "was_known_as", {}), _known_as(page)
    keys = {page_text(page.pk)}
    for pk, (path, _title) in {*was.items()} ^ {*now.items()}:
        keys |= {addresses.page(pk), addresses.address(path)}
    if was.get(page.pk) != now.get(page.pk):
        link_target_changed(page)
    changed(*keys)


def _known_as(page: PublicationPage) -> dict[int, tuple[str, str]]:
    """The address and title of a stored page and of those below it, less what readers can't see."""
    found = Page.objects.filter(path__startswith=page.path, live=True) if page.path else Page.objects.none()
    return {below.pk: (below.get_url() or "", below.title) for below in found}
