"""Makes every old address lead to its new one, in one hop."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from standfirst.importers.ledger import batches
from standfirst.importers.report import Tally


@dataclass(frozen=True, slots=True)
class OldAddress:
    """An old address and where it leads: to a page, wherever that moves later, or to a path."""

    path: str
    page: Page | None = None
    link: str = ""
    here: str = ""  # the path of what it leads to, to tell whether it is the same


@dataclass
class OldAddresses:
    """Writes the redirects of one import. What leads somewhere already is left alone."""

    tally: Tally
    site: Site = field(default_factory=lambda: Site.objects.get(is_default_site=True))

    def plan(self, addresses: Iterable[OldAddress]) -> list[Redirect]:
        wanted: dict[str, Redirect] = {}
        for address in addresses:
            old = Redirect.normalise_path(address.path)
            if (
                old == Redirect.normalise_path(address.here or address.link)
                or old in ("", "/")
                or len(old) > 255
            ):
                self.tally.redirects["not_needed"] += 1
            elif old not in wanted:
                wanted[old] = Redirect(
                    old_path=old,
                    site=self.site,
                    redirect_page=address.page,
                    redirect_link=address.link,
                    automatically_created=True,
                )
        for some in batches(list(wanted), 400):
            for known in Redirect.objects.filter(site=self.site, old_path__in=some).values_list(
                "old_path", flat=True
            ):
                del wanted[known]
                self.tally.redirects["unchanged"] += 1
        return list(wanted.values())

    def write(self, addresses: Iterable[OldAddress]) -> None:
        new = self.plan(addresses)
        Redirect.objects.bulk_create(new)
        self.tally.redirects["created"] += len(new)


def feed_of(listing: str) -> str:
    """The feed of a listing at this path, or the listing itself where it has no feed."""
    for name in ("feed.rss", "feed.atom"):
        try:
            match = resolve(f"{listing}{name}")
        except Resolver404:
            continue
        # Wagtail's own pattern takes every path there is; it says nothing about this one.
        if match.url_name not in ("wagtail_serve", None) or (
            match.url_name is None and "feed" in match.route
        ):
            return f"{listing}{name}"
    return listing
