"""What readers see of an article, before a change and after it, and what to announce if they differ."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.models import Page

from standfirst.addresses import cachekeys as addresses
from standfirst.bodies.cachekeys import page_text
from standfirst.bylines.models import Credit
from standfirst.pagecache.actions import changed
from standfirst.publications.actions import link_target_changed

from . import cachekeys
from .entries import entries_by_id
from .listings import articles, corrections
from .paths import path_at
from .records import modified_at
from .rows import ArchiveEntry


@dataclass(frozen=True, slots=True)
class Face:
    """An article as others show it: in lists, beside its picture, as the target of a link, to crawlers."""

    listed: tuple[ArchiveEntry, tuple[Any, ...]]
    picture: tuple[int | None, str]
    title: str
    address: str
    modified_at: datetime

    @property
    def crawled(self) -> tuple[Any, ...]:
        """What crawlers are told of it."""
        return self.address, self.listed[0].published_at, self.modified_at, self.picture[0]


def face_of(article: Page) -> Face | None:
    """The stored article as others show it; None if no reader can see it."""
    if article.pk is None:
        return None
    # Its picture only by id: making the sizes of a new one takes long, and a writer may hold up others.
    entry = entries_by_id([article.pk]).get(article.pk)
    if entry is None:
        return None
    credits = Credit.objects.filter(article=article.pk).order_by("sort_order", "pk")
    columns = ("lead_image_id", "lead_image_alt", "title", "address")
    dates = ("first_published_at", "last_published_at", "updated_at")
    row = articles().values_list(*columns, *dates, named=True).get(pk=article.pk)
    credited = tuple(credits.values_list("contributor", "role", "printed_name", "sort_order"))
    corrected = corrections().filter(article=article.pk).order_by().values_list("dated", flat=True)
    return Face(
        (entry, credited),
        (row.lead_image_id, row.lead_image_alt),
        row.title,
        row.address,
        modified_at(row, corrected),
    )


def announce(article: Page, before: Face | None, after: Face | None) -> None:
    """Announce what a change of an article changed for readers."""
    if before is None and after is None:
        return
    keys = {page_text(article.pk)}
    if (before and before.listed) != (after and after.listed):
        keys.add(cachekeys.article(article.pk))
    if (before and before.picture) != (after and after.picture):
        keys.add(cachekeys.picture(article.pk))
    if (before and before.crawled) != (after and after.crawled):
        moments = [face.listed[0].published_at for face in (before, after) if face]
        keys |= {cachekeys.MONTHS, *(cachekeys.month(moment.year, moment.month) for moment in moments)}
    was, now = (face and face.address for face in (before, after))
    if was != now:
        keys.add(addresses.page(article.pk))
        for face in filter(None, (before, after)):
            slug = face.address.rpartition("/")[2]
            keys |= {addresses.address(path_at(face.address)), cachekeys.in_tree(slug)}
    if was != now or (before and after and before.title != after.title):
        link_target_changed(article)
    changed(*keys)
