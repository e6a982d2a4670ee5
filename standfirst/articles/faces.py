"""What readers see of an article or a page, before a change and after it, and what to announce if they differ."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wagtail.models import Page

from standfirst.addresses import cachekeys as addresses
from standfirst.addresses.redirects import page_moved
from standfirst.bylines.models import Credit
from standfirst.pagecache.actions import changed
from standfirst.publications.actions import link_target_changed

from . import cachekeys
from .rows import ArchiveEntry

if TYPE_CHECKING:
    from .models import ArticlePage, PublicationPage


@dataclass(frozen=True, slots=True)
class Face:
    """An article as others show it: in lists, beside its picture, and as the target of a link."""

    listed: tuple[ArchiveEntry, tuple[Any, ...]]
    picture: tuple[int | None, str]
    title: str
    address: str


def face_of(article: "ArticlePage") -> Face | None:
    """The stored article as others show it; None if no reader can see it."""
    from .entries import entries_by_id

    if article.pk is None:
        return None
    # Its picture only by id: making the sizes of a new one takes long, and a writer may hold up others.
    entry = entries_by_id([article.pk]).get(article.pk)
    if entry is None:
        return None
    credits = Credit.objects.filter(article=article.pk).order_by("sort_order", "pk")
    image, alt, title, address = (
        type(article)
        .objects.values_list("lead_image_id", "lead_image_alt", "title", "address")
        .get(pk=article.pk)
    )
    credited = tuple(credits.values_list("contributor", "role", "printed_name", "sort_order"))
    return Face((entry, credited), (image, alt), title, address)


def announce(article: "ArticlePage", before: Face | None, after: Face | None) -> None:
    """Announce what a change of an article changed for readers."""
    if before is None and after is None:
        return
    keys = {cachekeys.page_text(article.pk)}
    if (before and before.listed) != (after and after.listed):
        keys.add(cachekeys.article(article.pk))
    if (before and before.picture) != (after and after.picture):
        keys.add(cachekeys.picture(article.pk))
    was, now = (face and face.address for face in (before, after))
    if was != now:
        keys |= {addresses.page(article.pk), *(addresses.address(f"/{path}/") for path in (was, now) if path)}
    if was != now or (before and after and before.title != after.title):
        link_target_changed(article)
    changed(*keys)


def remember_page(page: "PublicationPage") -> None:
    """Note, before a page of the publication's is stored or deleted, what is where, and where it stands in the tree."""
    page.was_known_as = _known_as(page)
    page.was_at = Page.objects.filter(pk=page.pk).values_list("url_path", flat=True).first()


def page_was(page: "PublicationPage") -> None:
    """Announce what has changed of a page of the publication's, and of those below it, since `remember_page`.

    Where they were leads to where they are.
    """
    was, now = page.was_known_as, _known_as(page)
    if page.was_at:
        page_moved(page, former=page.was_at)
    keys = {cachekeys.page_text(page.pk)}
    for pk, (path, _title) in {*was.items()} ^ {*now.items()}:
        keys |= {addresses.page(pk), addresses.address(path)}
    if was.get(page.pk) != now.get(page.pk):
        link_target_changed(page)
    changed(*keys)


def _known_as(page: "PublicationPage") -> dict[int, tuple[str, str]]:
    """The address and title of a stored page and of those below it, less what readers can't see."""
    found = Page.objects.filter(path__startswith=page.path, live=True) if page.path else Page.objects.none()
    return {below.pk: (below.get_url() or "", below.title) for below in found}
