"""Reads for the sitemaps: what is public, in ranges of an index, however much there is.

The articles of all months are those of `Archive.of_everything`, and the contributors those of the A to Z.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.utils import timezone
from wagtail.images import get_image_model

from standfirst.addresses.cachekeys import page as linked_page
from standfirst.addresses.gate import readable_address
from standfirst.addresses.paths import absolute
from standfirst.archives import cachekeys as archive_keys
from standfirst.archives.a_to_z import with_work
from standfirst.archives.archive import Archive
from standfirst.archives.cachekeys import newest
from standfirst.articles import cachekeys as article_keys
from standfirst.articles.models import ArticlePage, Correction, Listing
from standfirst.articles.paths import EVERYTHING, path_at
from standfirst.articles.records import modified_at
from standfirst.bodies.cachekeys import image, image_sizes, page_text
from standfirst.bodies.pictures import FILTERS
from standfirst.contributors import cachekeys as contributor_keys
from standfirst.contributors.models import Contributor
from standfirst.contributors.paths import CONTRIBUTOR_PATHS, EVERYBODY
from standfirst.database.batches import batched
from standfirst.database.prepared import Prepared
from standfirst.pagecache.recording import shows
from standfirst.publications import cachekeys as publication_keys
from standfirst.publications.models import PublicationPage, Section, Topic

from .months import Month
from .paths import PAGES, articles_path, chunk_path
from .rows import News, Place

# In a file; the protocol allows five times as many. A month with more is cut into parts.
MOST_IN_FILE = 10_000
# How many ids a file of contributors, or of sections or topics, spans.
SPAN = 5_000
SHELF_SPAN = 1_000
NEWS_DAYS, MOST_NEWS = 2, 1_000
SHELVES: dict[str, type[Section] | type[Topic]] = {"sections": Section, "topics": Topic}

NEXT = Prepared(
    lambda moment: (
        Archive.of_everything()
        .listings.filter(published_at__gte=moment)
        .oldest_first()
        .values_list("published_at", flat=True)
    )
)
LAST_BEFORE = Prepared(
    lambda moment: (
        Archive.of_everything()
        .listings.filter(published_at__lt=moment)
        .newest_first()
        .values_list("published_at", flat=True)
    )
)


def files() -> list[Place]:
    """Every sitemap that has anything in it, with when the newest thing in it appeared or changed."""
    shows(article_keys.MONTHS, archive_keys.ANY, contributor_keys.EVERYBODY, publication_keys.SHELVES)
    moments = [page.modified_at for page in pages() if page.modified_at]
    found = [Place(absolute(PAGES), max(moments, default=None)), *_files_of_articles()]
    found += _spans("contributors", SPAN, _newest_of_contributors(with_work()))
    for kind, model in SHELVES.items():
        found += _spans(kind, SHELF_SPAN, _newest_of_shelves(model.objects.all()))
    return found


def articles_in(month: Month, *, part: int, parts: int) -> list[Place] | None:
    """The articles that appeared in a month, or a part of them, oldest first; None if there is no such file."""
    shows(article_keys.month(month.year, month.number))
    if parts != parts_of(month) or not 1 <= part <= parts:
        return None
    rows = list(
        _published_in(month, part, parts).values_list(
            "pk",
            "address",
            "first_published_at",
            "last_published_at",
            "updated_at",
            "lead_image_id",
            named=True,
        )
    )
    # One part of several may have none at times.
    if not rows and parts == 1:
        return None
    of_month = _published_in(month, part, parts).order_by().values("pk")
    corrected = _corrected_on(Correction.objects.filter(article__in=of_month))
    pictures = _addresses_of_pictures({row.lead_image_id for row in rows if row.lead_image_id})
    return [
        Place(
            absolute(path_at(row.address)),
            timezone.localtime(modified_at(row, corrected.get(row.pk, ()))),
            tuple(filter(None, [pictures.get(row.lead_image_id, "")])),
        )
        for row in rows
    ]


def parts_of(month: Month) -> int:
    """Into how many files a month is cut: 1, or a power of two, so that they are seldom cut anew."""
    count = _in_month(Archive.of_everything().listings, month).count()
    parts = 1
    while count > parts * MOST_IN_FILE:
        parts *= 2
    return parts


def contributors_in(number: int) -> list[Place]:
    """The contributors of the A to Z whose ids lie in a span, each with when their newest work appeared."""
    shows(contributor_keys.EVERYBODY)
    return [
        Place(absolute(CONTRIBUTOR_PATHS.of(slug)), timezone.localtime(moment))
        for _pk, slug, moment in _newest_of_contributors(_span(with_work(), number, SPAN))
    ]


def shelves_in(kind: str, number: int) -> list[Place]:
    """The sections, or topics, with anything in them whose ids lie in a span, each with when the newest appeared."""
    model = SHELVES[kind]
    shows(publication_keys.SHELVES)
    span = _span(model.objects.all(), number, SHELF_SPAN)
    # One that has nothing yet may have something soon.
    shows(*(newest(_archive_key(model, pk)) for pk in span.order_by("pk").values_list("pk", flat=True)))
    return [
        Place(absolute(model.paths.of(slug)), timezone.localtime(moment))
        for _pk, slug, moment in _newest_of_shelves(span)
    ]


def pages() -> list[Place]:
    """The front page, the lists of everything and everybody, and the pages of the publication's own."""
    shows(newest(Archive.of_everything().key), publication_keys.PAGES, contributor_keys.EVERYBODY)
    latest = LAST_BEFORE.first(moment=timezone.now() + timedelta(days=36_500))
    places = [Place(absolute("/"), _local(latest))]
    if latest:
        places.append(Place(absolute(EVERYTHING), _local(latest)))
    if with_work().exists():
        places.append(Place(absolute(EVERYBODY)))
    for page in PublicationPage.objects.live().order_by("path"):
        shows(linked_page(page.pk), page_text(page.pk))
        if address := readable_address(page):
            places.append(Place(absolute(address), _local(page.last_published_at)))
    return places


def news(now: datetime) -> list[News]:
    """What appeared in the last two days, newest first."""
    listings = Archive.of_everything().listings.filter(published_at__gte=now - timedelta(days=NEWS_DAYS))
    newest_ids = list(listings.newest_first().values_list("article_id", flat=True)[:MOST_NEWS])
    rows = ArticlePage.objects.published().filter(pk__in=newest_ids).order_by("-first_published_at", "-pk")
    return [
        News(absolute(path_at(address)), title, timezone.localtime(published))
        for title, address, published in rows.values_list("title", "address", "first_published_at")
    ]


def _files_of_articles() -> Iterator[Place]:
    changed = _changed_by_month()
    for month in _months():
        appeared = LAST_BEFORE.first(moment=month.ends)
        modified = timezone.localtime(max(filter(None, (appeared, changed.get(month)))))
        parts = parts_of(month)
        for part in range(1, parts + 1):
            yield Place(absolute(articles_path(month, part, parts)), modified)


def _months() -> Iterator[Month]:
    """The months in which anything appeared: the index is asked for what comes after each, and never walked."""
    moment = NEXT.first(moment=datetime.min.replace(year=2, tzinfo=timezone.get_current_timezone()))
    while moment is not None:
        month = Month.of(moment)
        yield month
        moment = NEXT.first(moment=month.ends)


def _changed_by_month() -> dict[Month, datetime]:
    """When an article of each month was last changed in substance, of those that were at all."""
    public = ArticlePage.objects.published().order_by()
    # All of them: they are few, and which are of what is out is asked of their articles.
    corrected = _corrected_on(Correction.objects.all())
    columns = ("pk", "first_published_at", "last_published_at", "updated_at")
    rows: dict[int, Any] = {
        row.pk: row for row in public.filter(updated_at__isnull=False).values_list(*columns, named=True)
    }
    for some in batched(sorted(corrected.keys() - rows.keys())):
        rows |= {row.pk: row for row in public.filter(pk__in=some).values_list(*columns, named=True)}
    changed: dict[Month, datetime] = {}
    for pk, row in rows.items():
        month, modified = Month.of(row.first_published_at), modified_at(row, corrected.get(pk, ()))
        changed[month] = max(modified, changed.get(month, modified))
    return changed


def _corrected_on(corrections: QuerySet[Correction]) -> dict[int, list[date]]:
    """The days of these corrections, by article."""
    found: dict[int, list[date]] = {}
    for article, dated in corrections.order_by().values_list("article_id", "dated"):
        found.setdefault(article, []).append(dated)
    return found


def _published_in(month: Month, part: int, parts: int) -> QuerySet[ArticlePage]:
    articles: QuerySet[ArticlePage] = (
        ArticlePage.objects.published()
        .filter(
            listings__contributor=None,
            listings__section=None,
            listings__topic=None,
            listings__published_at__gte=month.begins,
            listings__published_at__lt=month.ends,
        )
        .order_by("listings__published_at", "listings__article")
    )
    if parts == 1:
        return articles
    return articles.annotate(share=F("pk") % parts).filter(share=part - 1)


def _in_month(listings: QuerySet[Listing], month: Month) -> QuerySet[Listing]:
    return listings.filter(published_at__gte=month.begins, published_at__lt=month.ends)


def _addresses_of_pictures(images: Iterable[int]) -> dict[int, str]:
    """Where the largest size of each of these images is; those of which none was made yet are not in it."""
    wanted = sorted(images)
    shows(*(key(number) for number in wanted for key in (image, image_sizes)))
    model = get_image_model().get_rendition_model()
    storage = model._meta.get_field("file").storage
    found: dict[int, str] = {}
    for some in batched(wanted):
        rows = model.objects.filter(image__in=some, filter_spec=FILTERS[-1].spec).order_by()
        found |= {
            number: absolute(storage.url(name)) for number, name in rows.values_list("image_id", "file")
        }
    return found


def _span(rows: Any, number: int, span: int) -> Any:
    return rows.filter(pk__gte=number * span, pk__lt=(number + 1) * span)


def _spans(kind: str, span: int, rows: Iterable[tuple[int, str, datetime]]) -> Iterator[Place]:
    """The files of a kind, by span of ids, each with when the newest thing of any in it appeared."""
    latest: dict[int, datetime] = {}
    for pk, _slug, moment in rows:
        latest[pk // span] = max(moment, latest.get(pk // span, moment))
    for number, moment in sorted(latest.items()):
        yield Place(absolute(chunk_path(kind, number)), timezone.localtime(moment))


def _newest_of_contributors(people: QuerySet[Contributor]) -> Iterator[tuple[int, str, datetime]]:
    """The id and slug of each, with when their newest work appeared, in whatever role: the ends of two ranges."""
    work = Listing.objects.filter(contributor=OuterRef("pk"))
    articles = work.filter(role=None).newest_first().values("published_at")[:1]
    other = work.filter(role__isnull=False).order_by().values("contributor")
    rows = people.order_by("pk").annotate(
        newest=Subquery(articles), newest_other=Subquery(other.annotate(at=Max("published_at")).values("at"))
    )
    for pk, slug, *moments in rows.values_list("pk", "slug", "newest", "newest_other"):
        yield pk, slug, max(filter(None, moments))


def _newest_of_shelves(shelves: Any) -> Iterator[tuple[int, str, datetime]]:
    """The id and slug of each section or topic with anything in it, with when the newest appeared."""
    owner = "section" if shelves.model is Section else "topic"
    listed = Listing.objects.filter(**{owner: OuterRef("pk")}).newest_first().values("published_at")[:1]
    rows = shelves.order_by("pk").annotate(newest=Subquery(listed)).filter(newest__isnull=False)
    yield from rows.values_list("pk", "slug", "newest")


def _archive_key(model: type[Section] | type[Topic], pk: int) -> str:
    return archive_keys.archive(
        contributor=None,
        role=None,
        section=pk if model is Section else None,
        topic=pk if model is Topic else None,
    )


def _local(moment: datetime | None) -> datetime | None:
    return moment and timezone.localtime(moment)
