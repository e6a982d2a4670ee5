"""Old addresses and where they lead: Wagtail's redirects, and a history of them that is ours.

Ours are never marked `automatically_created`: that is Wagtail's word for rows it may delete, and its handlers have
deleted every one so marked (https://github.com/wagtail/wagtail/issues/13978).
"""

from collections.abc import Collection

from django.db.models import QuerySet
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from standfirst.database.batches import batched
from standfirst.database.turns import in_turn
from standfirst.pagecache.actions import changed

from . import cachekeys
from .models import FormerAddress


@in_turn()
def lead_to_page(old_path: str, page: Page) -> None:
    """Make an old address lead to a page, wherever the page moves later."""
    path = Redirect.normalise_path(old_path)
    Redirect.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        old_path=path,
        defaults={"redirect_page_id": page.pk, "redirect_link": "", "automatically_created": False},
    )
    FormerAddress.objects.update_or_create(path=path, defaults={"page_id": page.pk, "is_closed": False})


@in_turn()
def page_moved(page: Page, *, former: str) -> None:
    """Make the addresses that a page and those below it had lead to where they are now, and announce it.

    `former` is the page's `url_path` of before. Passed over is what no reader ever saw, and what has an address that is
    not its place in the tree, as articles have.
    """
    if former == page.url_path:
        return
    moved = Page.objects.filter(path__startswith=page.path)
    for below in moved.specific(defer=True).iterator(chunk_size=200):
        # What leads to it, seen by readers or not, leads elsewhere now.
        changed(cachekeys.page(below.pk))
        tree = _tree_address(below.url_path)
        if (below.live or below.first_published_at) and tree and below.get_url() == tree:
            lead_to_page(_tree_address(former + below.url_path.removeprefix(page.url_path)), below)
            is_at(tree, below)
            changed(cachekeys.address(tree))


def is_at(path: str, page: Page) -> None:
    """Say that a page is at this address, as it may have been before: no redirect may lead from there to itself."""
    for redirect in Redirect.objects.filter(old_path=Redirect.normalise_path(path), redirect_page_id=page.pk):
        redirect.delete()


@in_turn()
def readdress(old_path: str, new_path: str) -> None:
    """Move every redirect that led to `old_path`, or below it, to `new_path`, so that each still takes one hop."""
    redirects = list(leading_to(old_path))
    for redirect in redirects:
        redirect.redirect_link = new_path + redirect.redirect_link.removeprefix(old_path)
    Redirect.objects.bulk_update(redirects, ["redirect_link"], batch_size=200)
    former = (redirect.old_path for redirect in redirects)
    changed(*(cachekeys.address(path) for path in (*former, old_path, new_path)))


@in_turn()
def close(redirects: QuerySet[Redirect]) -> None:
    """Let old addresses lead nowhere from now on, also when an import is run again. Nobody else ever gets them."""
    found = list(redirects)
    Redirect.objects.filter(pk__in=[redirect.pk for redirect in found]).delete()
    FormerAddress.objects.filter(path__in=[redirect.old_path for redirect in found]).update(is_closed=True)
    changed(*(cachekeys.address(redirect.old_path) for redirect in found))


def leading_to(path: str) -> QuerySet[Redirect]:
    """The redirects that lead to a path, which ends with a slash, or below it."""
    redirects: QuerySet[Redirect] = Redirect.objects.filter(redirect_link__startswith=path)
    return redirects


def redirect_changed(redirect: Redirect) -> None:
    """Announce that a redirect has been made, changed or removed."""
    without_query = redirect.old_path.partition("?")[0]
    changed(cachekeys.address(redirect.old_path), cachekeys.address(without_query))


def former_owners(paths: Collection[str]) -> dict[str, set[int]]:
    """Whose each of these paths was, by the ids of pages, and -1 where that is no page, or none any more.

    Those that were nobody's are not in it. Each path is as it was given.
    """
    asked = {Redirect.normalise_path(path): path for path in paths}
    owners: dict[str, set[int]] = {}
    for some in batched(list(asked)):
        leading = Redirect.objects.filter(old_path__in=some).values_list("old_path", "redirect_page_id")
        on_record = FormerAddress.objects.filter(path__in=some).values_list("path", "page_id")
        for path, page in (*leading, *on_record):
            owners.setdefault(asked[path], set()).add(page or -1)
    return owners


def is_former_address(path: str) -> bool:
    """Whether a path once was the address of something."""
    return bool(former_owners([path]))


def _tree_address(url_path: str) -> str:
    """The address of a place in the tree of pages; empty outside the publication."""
    root = Site.objects.select_related("root_page").get(is_default_site=True).root_page.url_path
    return f"/{url_path.removeprefix(root)}" if url_path.startswith(root) else ""
