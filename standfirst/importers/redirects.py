"""Makes every old address lead to its new one, in one hop."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from standfirst.addresses.models import FormerAddress
from standfirst.archives.archive import Archive
from standfirst.database.batches import batched
from standfirst.database.inserting import insert_rows, row_class
from standfirst.importers.reading.records import ParsedSite
from standfirst.importers.report import Tally
from standfirst.pagecache.actions import everything_changed
from standfirst.text.urls import parts_of


class OldAddress(NamedTuple):
    """An old address and where it leads: to a page, wherever that moves later, or to a path."""

    path: str
    page_id: int | None = None
    link: str = ""
    here: str = ""  # the path of what it leads to, to tell whether it is the same


@dataclass(slots=True)
class _Row:
    """A redirect's row, without the cost of a model's instance."""

    old_path: str
    site_id: int
    redirect_page_id: int | None
    redirect_link: str
    created_at: datetime
    is_permanent: bool = True
    redirect_page_route_path: str = ""
    automatically_created: bool = False  # Wagtail's word for rows that it may delete


@dataclass
class OldAddresses:
    """Writes the redirects of one import. What leads somewhere already is left alone, and so is what was closed here.

    What is gone comes back: an import that is run again names every address anew.
    """

    tally: Tally
    site: Site = field(default_factory=lambda: Site.objects.get(is_default_site=True))

    def write(self, addresses: Iterable[OldAddress]) -> None:
        new = self._new(addresses)
        insert_rows(Redirect, new, [f for f in Redirect._meta.local_concrete_fields if not f.primary_key])
        on_record = self._on_record([row.old_path for row in new])
        former = row_class(FormerAddress)
        insert_rows(
            FormerAddress,
            [
                former(path=row.old_path, page_id=row.redirect_page_id)
                for row in new
                if row.old_path not in on_record
            ],
            FormerAddress._meta.local_concrete_fields,
        )
        if new:
            everything_changed()
        self.tally.redirects["created"] += len(new)

    def followed(self, rules: Mapping[str, str], site: ParsedSite) -> list[OldAddress]:
        """Redirects the old site had itself (from a path, to an address), each to where that address leads now."""
        hosts = {parts_of(address).netloc.lower().removeprefix("www.") for address in site.addresses}
        by_path = {normal_path(old): new for old, new in rules.items()}
        ends = {path: _end_of(path, by_path, hosts) for path in rules}
        inner = {normal_path(end) for end in ends.values() if end.startswith("/")}
        known: dict[str, Redirect] = {}
        for some in batched(sorted(inner)):
            rows = Redirect.objects.filter(site=self.site, old_path__in=some)
            known.update((row.old_path, row) for row in rows.select_related("redirect_page"))
        found: list[OldAddress] = []
        for path, end in ends.items():
            row = known.get(normal_path(end)) if end.startswith("/") else None
            if row is None:
                found.append(OldAddress(path, link=end))
            else:
                found.append(OldAddress(path, page_id=row.redirect_page_id, link=row.redirect_link))
        return [address for address in found if address.page_id or address.link]

    def _new(self, addresses: Iterable[OldAddress]) -> list[_Row]:
        now = timezone.now()
        wanted: dict[str, _Row] = {}
        for address in addresses:
            old = normal_path(address.path)
            if old == normal_path(address.here or address.link) or old in ("", "/") or len(old) > 255:
                self.tally.redirects["not_needed"] += 1
            elif old not in wanted:
                wanted[old] = _Row(old, self.site.pk, address.page_id, address.link, now)
        for some in batched(list(wanted)):
            known = Redirect.get_for_site(self.site).filter(old_path__in=some)
            for path in known.values_list("old_path", flat=True):
                if wanted.pop(path, None) is not None:
                    self.tally.redirects["unchanged"] += 1
        for path, is_closed in self._on_record(wanted).items():
            if is_closed:
                del wanted[path]
                self.tally.redirects["not_needed"] += 1
        return list(wanted.values())

    def _on_record(self, paths: Iterable[str]) -> dict[str, bool]:
        """Which of the paths are on record already, and whether each was closed."""
        found: dict[str, bool] = {}
        for some in batched(paths):
            found.update(FormerAddress.objects.filter(path__in=some).values_list("path", "is_closed"))
        return found


def _end_of(path: str, by_path: Mapping[str, str], hosts: Collection[str]) -> str:
    """Where a chain of redirects ends: a path of the old site, or an address of another; empty for a circle."""
    seen: set[str] = set()
    while normal_path(path) in by_path:
        if normal_path(path) in seen:
            return ""
        seen.add(normal_path(path))
        path = by_path[normal_path(path)]
        parts = parts_of(path)
        if parts.netloc and parts.netloc.lower().removeprefix("www.") in hosts:
            path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return path


# Paths of these characters alone are as Wagtail keeps them, but for a slash at the end.
_PLAIN_PATH = re.compile(r"/[a-zA-Z0-9/_.-]*(?:\?[a-z_]+=[a-zA-Z0-9_-]+)?\Z")


def normal_path(path: str) -> str:
    """A path as Wagtail's redirects keep it."""
    if _PLAIN_PATH.match(path) and not path.startswith("//"):
        head, mark, query = path.partition("?")
        return (head if head == "/" else head.rstrip("/")) + mark + query
    return Redirect.normalise_path(path)


def feed_below(listing: str, old_path: str) -> str:
    """The feed of a listing at this path, of the kind that the old one was."""
    return Archive(listing).path_of_feed("atom" if "atom" in old_path else "rss")
