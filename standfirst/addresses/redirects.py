"""Old addresses and where they lead, kept in Wagtail's redirects."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from standfirst.pagecache.actions import changed

from . import cachekeys


@transaction.atomic
def lead_to_page(old_path: str, page: Page) -> None:
    """Make an old address lead to a page, wherever the page moves later."""
    Redirect.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        old_path=Redirect.normalise_path(old_path),
        defaults={"redirect_page": page, "redirect_link": "", "automatically_created": True},
    )


def is_at(path: str, page: Page) -> None:
    """Say that a page is at this address, as it may have been before: no redirect may lead from there to itself."""
    for redirect in Redirect.objects.filter(old_path=Redirect.normalise_path(path), redirect_page_id=page.pk):
        redirect.delete()


@transaction.atomic
def readdress(old_path: str, new_path: str) -> None:
    """Move every redirect that led to `old_path`, or below it, to `new_path`, so that each still takes one hop."""
    redirects = list(leading_to(old_path))
    for redirect in redirects:
        redirect.redirect_link = new_path + redirect.redirect_link.removeprefix(old_path)
    Redirect.objects.bulk_update(redirects, ["redirect_link"], batch_size=200)
    former = (redirect.old_path for redirect in redirects)
    changed(*(cachekeys.address(path) for path in (*former, old_path, new_path)))


def leading_to(path: str) -> QuerySet[Redirect]:
    """The redirects that lead to a path, which ends with a slash, or below it."""
    redirects: QuerySet[Redirect] = Redirect.objects.filter(redirect_link__startswith=path)
    return redirects


def redirect_changed(redirect: Redirect) -> None:
    """Announce that a redirect has been made, changed or removed."""
    without_query = redirect.old_path.partition("?")[0]
    changed(cachekeys.address(redirect.old_path), cachekeys.address(without_query))


def former_owners(paths: Iterable[str]) -> dict[str, set[int]]:
    """The pages to which each of these paths leads, by id, and -1 where it leads to no page; those that led nowhere are
    not in it.
    """
    asked = {Redirect.normalise_path(path): path for path in paths}
    found = Redirect.objects.filter(old_path__in=asked).values_list("old_path", "redirect_page_id")
    owners: dict[str, set[int]] = {}
    for old_path, page in found:
        owners.setdefault(asked[old_path], set()).add(page or -1)
    return owners


def is_former_address(path: str) -> bool:
    """Whether a path once was the address of something."""
    return bool(former_owners([path]))
