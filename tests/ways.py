"""Every way in: the addresses that the resolver answers, each pattern with whatever could name one article.

The patterns are Django's own list, walked each time, so an address that Wagtail adds, or we do, is tried too. A pattern
for which no address can be made is an error here, never one that is passed over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from itertools import islice, product
from typing import Any
from urllib.parse import quote

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone
from django.utils.regex_helper import normalize
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Revision

from standfirst.articles.models import ArticleIndexPage, ArticlePage
from standfirst.contributors.models import ContributorSlug

# More addresses than these of one pattern say nothing new; fewer where everybody is asked to log in.
MOST, MOST_AT_THE_DESK = 24, 6
# What a pattern asks for by names of its own, which nothing of an article could be.
NAMED: dict[str, Sequence[str]] = {
    "app_label": ("articles", "wagtailcore", "contributors"),
    "app_name": ("articles", "wagtailcore", "contributors"),
    "content_type_app_name": ("articles", "wagtailcore"),
    "model_name": ("articlepage", "page", "contributor"),
    "content_type_model_name": ("articlepage", "page"),
    "action": ("unpublish", "lock"),
    "action_name": ("publish", "approve"),
    "number": ("0", "1", "2"),
    "letter": ("a", "o", "q", "other"),
    "kind": ("atom", "rss", "json"),
    "role": ("photographer", "translator"),
    "form": ("json", "bib"),
    "digits": ("1b5e8c",),
    "filter_spec": ("width-100",),
    "uidb64": ("MQ",),
    "token": ("set-password",),
    "revision_id_a": ("live", "earliest"),
    "revision_id_b": ("latest",),
    "version": ("0" * 12,),
    "icon": ("192", "maskable-512"),
    "shelf": ("sections", "topics"),
    "part": ("1", "2"),
    "parts": ("2",),
}


@dataclass(frozen=True)
class Facts:
    """What could be part of an address of one article: ids, words and paths, gathered while it is there."""

    numbers: tuple[str, ...]
    words: tuple[str, ...]
    paths: tuple[str, ...]
    years: tuple[str, ...]
    months: tuple[str, ...]
    others: tuple[str, ...] = field(default=())

    def for_argument(self, name: str) -> Sequence[str]:
        """The values to try where a pattern has an argument of this name."""
        if name in NAMED:
            return NAMED[name]
        if name in ("year", "month"):
            return self.years if name == "year" else self.months
        if name == "slug":
            return self.words
        if name.startswith("_") or name in ("path", "name"):
            return (*self.paths, *self.numbers, *self.words)
        return (*self.numbers, *self.words)


def facts_of(article: ArticlePage) -> Facts:
    """All that could name an article, or whoever is credited on it in any version."""
    versions = list(Revision.objects.filter(object_id=str(article.pk)))
    people = {credit.contributor_id for credit in article.credits.all()}
    people |= {credit["contributor"] for version in versions for credit in version.content["credits"]}
    slugs = {article.slug, *(version.content["slug"] for version in versions)}
    authors = set(ContributorSlug.objects.filter(owner__in=people).values_list("slug", flat=True))
    moments = [
        timezone.now(),
        timezone.now() - timedelta(days=40),
        *filter(None, (article.first_published_at, article.embargoed_until, article.go_live_at)),
    ]
    index = ArticleIndexPage.objects.get()
    tree = [f"{index.slug}/{slug}/" for slug in sorted(slugs)]
    former = Redirect.objects.filter(redirect_page=article).values_list("old_path", flat=True)
    former_of_people = [
        path
        for slug in authors
        for path in Redirect.objects.filter(redirect_link__startswith=f"/author/{slug}/").values_list(
            "old_path", flat=True
        )
    ]
    addresses = [f"/{article.address}/"] if article.address else []
    return Facts(
        numbers=tuple(map(str, dict.fromkeys([article.pk, *people, *(v.pk for v in versions), index.pk]))),
        words=(*sorted(slugs), *sorted(authors)),
        paths=(
            *(path for each in tree for path in _spelled(each)),
            *(f"{slug}/" for slug in sorted(slugs)),
            *(f"home/{each}" for each in tree),
        ),
        years=tuple(dict.fromkeys(f"{moment:%Y}" for moment in moments)),
        months=tuple(dict.fromkeys(f"{moment:%m}" for moment in moments)),
        others=tuple(
            dict.fromkeys(
                [
                    *addresses,
                    *former,
                    *(f"{path}/" for path in former),
                    *former_of_people,
                    *(f"/{path}" for each in tree for path in _spelled(each)),
                    *(
                        f"/?{key}={number}"
                        for key in ("p", "page_id", "author")
                        for number in (article.pk, 7)
                    ),
                    *(f"/author/{slug}/feed.{kind}" for slug in sorted(authors) for kind in ("atom", "rss")),
                    # Small letters, which no page shows of a headline but those that were asked for.
                    *(
                        f"/search/{below}?q={quote(words)}"
                        for below in ("", "suggestions/")
                        for words in (
                            article.title.lower(),
                            article.title.lower()[:4],
                            *(f"by:{slug}" for slug in sorted(authors)),
                            f"year:{timezone.now():%Y}",
                        )
                    ),
                ]
            )
        ),
    )


@lru_cache(100)
def addresses(facts: Facts, *, at_the_desk: bool = True) -> list[str]:
    """Every address that could be one of an article's: those of all patterns, and those it has, had or could have."""
    made = dict.fromkeys(facts.others)
    for pattern, templates in patterns():
        is_at_the_desk = not is_a_readers(templates[0][0])
        if is_at_the_desk and not at_the_desk:
            continue
        most = MOST_AT_THE_DESK if is_at_the_desk else MOST
        found = list(islice(_made(pattern, templates, facts), most))
        assert found, f"No address can be made for {templates}: say in tests/ways.py what its arguments are."
        made |= dict.fromkeys(found)
    return list(made)


def is_a_readers(path: str) -> bool:
    """Whether an address is outside the editors' desk."""
    return not path.startswith("/admin/")


def _spelled(path: str) -> Iterator[str]:
    """A path in the tree, and the odd ways to ask for it."""
    yield path
    yield path.rstrip("/")
    yield f"{path}?a=1"
    yield path.upper()
    yield path.title()
    yield path.replace("/", "//")
    yield f"/{path}"
    yield f"./{path}"
    yield f"{path}page/1/"
    yield f"{path}feed/"
    yield path.replace("e", "%65")
    yield path.replace("-", "%2D")
    yield path.replace("/", "%2F")


def patterns() -> Iterator[tuple[URLPattern, list[tuple[str, list[str]]]]]:
    """Every pattern of the resolver, with the ways to write its addresses, and the names of what each asks for.

    An address is written with `%(slug)s` for what is asked for: `("/author/%(slug)s/", ["slug"])`.
    """
    yield from _below(get_resolver())


def _below(
    resolver: URLResolver, above: tuple[Any, ...] = ()
) -> Iterator[tuple[URLPattern, list[tuple[str, list[str]]]]]:
    for pattern in resolver.url_patterns:
        parts = (*above, pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _below(pattern, parts)
        else:
            each = [normalize(part.regex.pattern) for part in parts]
            yield (
                pattern,
                [
                    ("/" + "".join(text for text, _ in one), [name for _, names in one for name in names])
                    for one in product(*each)
                ],
            )


def _made(pattern: URLPattern, templates: Sequence[Any], facts: Facts) -> Iterator[str]:
    for text, names in templates:
        # A pattern for anything at all is written by `normalize` as one for nothing.
        text = text if text != "/admin//" else f"/admin/{facts.words[0]}/"
        for values in product(*(facts.for_argument(name) for name in dict.fromkeys(names))):
            path = text % dict(zip(dict.fromkeys(names), values, strict=True))
            try:
                match = resolve(path.partition("?")[0])
            except Resolver404:
                continue
            if match.func is pattern.callback:
                yield path
