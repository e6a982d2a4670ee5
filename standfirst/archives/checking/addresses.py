"""An address lasts: slugs are on record as their owner's, and old addresses lead somewhere in one hop."""

import re
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Exists, Model, OuterRef, Value
from django.db.models.functions import Concat
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from standfirst.addresses.models import FormerAddress
from standfirst.addresses.paths import SlugPaths
from standfirst.addresses.redirects import former_owners
from standfirst.articles.models import ArticlePage
from standfirst.contributors.models import Contributor, ContributorSlug
from standfirst.contributors.paths import CONTRIBUTOR_PATHS
from standfirst.database.batches import batched
from standfirst.publications.models import Section, SectionSlug, Topic, TopicSlug
from standfirst.publications.paths import SECTION_PATHS, TOPIC_PATHS

from .finding import Check, Found

# What is reached by a slug: its word, the thing, its table of slugs, and where it is.
SLUGGED: tuple[tuple[str, type[Model], type[Model], SlugPaths], ...] = (
    ("contributor", Contributor, ContributorSlug, CONTRIBUTOR_PATHS),
    ("section", Section, SectionSlug, SECTION_PATHS),
    ("topic", Topic, TopicSlug, TOPIC_PATHS),
)
ARTICLE_AT = re.compile(r"/([0-9]{4}/[0-9]{2}/[^/]+)/")


def slugs_not_on_record(now: datetime) -> Found:
    for word, things, history, paths in SLUGGED:
        own = history._default_manager.filter(slug=OuterRef("slug"), owner=OuterRef("pk"))
        others = history._default_manager.filter(slug=OuterRef("slug")).exclude(owner=OuterRef("pk"))
        wrong = (
            things._default_manager.filter(~Exists(own))
            .annotate(is_anothers=Exists(others))
            .order_by("pk")
            .values_list("pk", "slug", "is_anothers")
        )
        for number, slug, is_anothers in wrong.iterator():
            said = "is on record as another's" if is_anothers else "is not on record as an address of its own"
            yield (
                f"{word}:{number}",
                f"The address {paths.of(slug)} of {word} {number} {said}.",
            )


def redirects_to_nowhere(now: datetime) -> Found:
    """That a redirect leads to a page which is not published at present is no damage: nor is the page there."""
    redirects = Redirect.objects.order_by("pk")
    for number, old in (
        redirects.filter(redirect_page=None, redirect_link="").values_list("pk", "old_path").iterator()
    ):
        yield f"redirect:{number}", f"The old address {old} leads nowhere."

    page = Page.objects.filter(pk=OuterRef("redirect_page_id"))
    gone = redirects.filter(~Exists(page), redirect_page__isnull=False)
    for number, old in gone.values_list("pk", "old_path").iterator():
        yield f"redirect:{number}", f"The old address {old} leads to a page that is not there."

    yield from _taken_over()
    links = redirects.filter(redirect_page=None).exclude(redirect_link="")
    for batch in batched(links.values_list("pk", "old_path", "redirect_link").iterator()):
        yield from _dead_links(batch)


def former_addresses_gone(now: datetime) -> Found:
    """Addresses on record, from an import or from here, from which no redirect leads any more.

    A page may have come back to an address of its own, and what was closed on purpose is closed.
    """
    leading = Redirect.objects.filter(old_path=OuterRef("path"))
    gone = FormerAddress.objects.filter(~Exists(leading), is_closed=False).order_by("path")
    for batch in batched(gone.values_list("path", flat=True).iterator()):
        living = _living({f"{path}/" for path in batch})
        for path in batch:
            if f"{path}/" not in living:
                yield (
                    f"address:{path}",
                    f"The former address {path} leads nowhere any more: its redirect is gone.",
                )


def _taken_over() -> Found:
    """Old addresses at which another article is now: the redirect is never reached."""
    here = (
        ArticlePage.objects.published()
        .alias(here=Concat(Value("/"), "address"))
        .filter(
            Exists(Redirect.objects.filter(old_path=OuterRef("here")).exclude(redirect_page=OuterRef("pk")))
        )
    )
    for article, title, address in here.order_by("pk").values_list("pk", "title", "address").iterator():
        yield (
            f"article:{article}",
            f"“{title}” (article {article}) is at /{address}/, which is an old address of something else.",
        )


def _dead_links(batch: list[tuple[int, str, str]]) -> Found:
    paths = {number: path for number, _old, link in batch if (path := _local_path(link))}
    living = _living(set(paths.values()))
    dead = {number: path for number, path in paths.items() if path not in living}
    if not dead:
        return
    former = _former(set(dead.values()))
    for number, old, link in batch:
        if number in dead:
            path = dead[number]
            where = "itself" if Redirect.normalise_path(path) == old else link
            why = "a former address itself" if path in former else "no address here"
            said = "" if where == "itself" else f", which is {why}"
            yield f"redirect:{number}", f"The old address {old} leads to {where}{said}."


def _local_path(link: str) -> str:
    """The path a link leads to here; empty if it leads elsewhere."""
    own = settings.WAGTAILADMIN_BASE_URL
    if link == own or link.startswith(f"{own}/"):
        link = link.removeprefix(own) or "/"
    if not link.startswith("/") or link.startswith("//"):
        return ""
    return unquote(urlsplit(link).path)


def _living(paths: Iterable[str]) -> set[str]:
    """Those of the paths at which something is, and which are its present address."""
    living: set[str] = set()
    pages: set[str] = set()
    articles: dict[str, str] = {}
    by_slug: dict[str, dict[str, list[str]]] = {word: {} for word, *_ in SLUGGED}
    for path in paths:
        if not (route := _route(path)):
            pages.add(path)
        elif found := _slug_in(path):
            word, slug = found
            by_slug[word].setdefault(slug, []).append(path)
        elif at := ARTICLE_AT.fullmatch(path):
            articles[at[1]] = path
        elif route:
            living.add(path)
    for word, model, _history, _paths in SLUGGED:
        things = Contributor.objects.present() if model is Contributor else model._default_manager.all()
        for slug in things.filter(slug__in=list(by_slug[word])).values_list("slug", flat=True):
            living.update(by_slug[word][slug])
    public = ArticlePage.objects.published().order_by().filter(address__in=list(articles))
    living.update(articles[address] for address in public.values_list("address", flat=True))
    return living | _pages(pages)


def _slug_in(path: str) -> tuple[str, str] | None:
    """The word of what a path is about, or is below, and its slug."""
    return next(
        ((word, slug) for word, _model, _history, paths in SLUGGED if (slug := paths.slug_in(path))), None
    )


def _route(path: str) -> str:
    """The route of a path of ours; empty if only a page of the tree could be there."""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    return "" if match.url_name == "wagtail_serve" else match.route or "/"


def _pages(paths: set[str]) -> set[str]:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None or not paths:
        return set()
    root = site.root_page.url_path
    places = {f"{root}{path.removeprefix('/')}": path for path in paths}
    return {
        places[place]
        for place in Page.objects.live().filter(url_path__in=list(places)).values_list("url_path", flat=True)
    }


def _former(paths: set[str]) -> set[str]:
    """Those of the paths that were somebody's address, or lead on to another."""
    found = set(former_owners(paths))
    for _word, _model, history, scheme in SLUGGED:
        wanted = {slug: path for path in paths if (slug := scheme.slug_in(path))}
        known = history._default_manager.filter(slug__in=list(wanted)).values_list("slug", flat=True)
        found.update(wanted[slug] for slug in known)
    return found


CHECKS = (
    Check(
        "slug-not-on-record",
        "Addresses that are not on record",
        "Open it in the back office and save; if its slug is refused there, give it another.",
        slugs_not_on_record,
    ),
    Check(
        "redirect-to-nowhere",
        "Old addresses that lead nowhere, or not in one step",
        "Open Settings → Redirects in the back office, and let the old address lead to the present one.",
        redirects_to_nowhere,
    ),
    Check(
        "former-address-gone",
        "Former addresses whose redirects are gone",
        "Run the import again: it brings back what is missing. Or add it in Settings → Redirects in the back office.",
        former_addresses_gone,
    ),
)
