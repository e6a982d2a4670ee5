"""Feeds as documents: what each format is given, of one archive or one page of it."""

import re
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.conf import settings as django_settings
from django.template.loader import render_to_string

from standfirst.addresses.paths import absolute
from standfirst.articles.models import ArticleIndexPage
from standfirst.articles.records import ArticleRecord, CreditRecord, records_of
from standfirst.bodies.feed_links import feed_title
from standfirst.database.prepared import Prepared
from standfirst.publications.queries import publication
from standfirst.publications.rows import PublicationRow
from standfirst.search import paths as search
from standfirst.search.rows import FoundArticles

from .conf import settings
from .models import EntryId
from .rows import FeedCategory, FeedDocument, FeedEntry, FeedPerson
from .subjects import Subject
from .whole_addresses import with_whole_addresses

KEPT_IDS = Prepared(
    lambda articles: EntryId.objects.filter(article__in=articles).values_list("article_id", "value")
)
# Made with the publication, and moved with it: what its feeds' own ids are made of.
PLACE = Prepared(lambda: ArticleIndexPage.objects.order_by("pk").values_list("translation_key", flat=True))
# A feed that never had an entry has never changed.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# RFC 3987, less what it allows nowhere.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def document_of(subject: Subject, kind: str, page: int = 0) -> FeedDocument | None:
    """The document of a kind that is subscribed to or, with `page`, that of an archive page; None if there is no such.

    Twelve queries, whatever is in it, besides what the texts themselves refer to.
    """
    archive = subject.archive
    articles = archive.page(page) if page else archive.newest_entries()
    if page and not articles:
        return None
    shown = publication()
    pages = archive.cut.pages
    older = page - 1 if page else pages

    def at(number: int) -> str:
        return absolute(archive.path_of_feed(kind, number or ""))

    return _document(
        shown,
        archive.key,
        subject.title,
        articles,
        description=subject.description or ("" if subject.title else shown.description or shown.tagline),
        page=absolute(archive.path_of_page(page) if page else subject.page),
        own_url=at(page),
        current=at(0),
        older=at(older) if older else "",
        # Named before it is there: an archive document is the same when the next is cut.
        newer=at(page + 1) if page else "",
        hub="" if page else settings().hub,
    )


def document_of_search(found: FoundArticles, kind: str) -> FeedDocument:
    """The newest that readers find by their words: all there is of such a feed, which has no archive."""
    own_url = absolute(search.path_of_feed(found.searched_for, kind))
    return _document(
        publication(),
        f"search {found.searched_for}",
        search.title_of(found.searched_for),
        found.articles,
        page=absolute(search.path_of_results(found.searched_for, by_date=True)),
        own_url=own_url,
        current=own_url,
    )


def _document(
    shown: PublicationRow, key: str, title: str, articles: Sequence[int], **parts: str
) -> FeedDocument:
    """A document of these articles, with what is the same in every feed of the publication."""
    entries = entries_of(articles)
    return FeedDocument(
        id=_id_of(key),
        title=feed_title(title, shown.name),
        language=django_settings.LANGUAGE_CODE,
        publication=shown.name,
        home=absolute("/"),
        updated_at=max((entry.updated_at for entry in entries), default=NEVER),
        entries=entries,
        **parts,
    )


def entries_of(articles: Sequence[int]) -> tuple[FeedEntry, ...]:
    """The entries of these articles (by id), in the same order; those that are not public are left out."""
    records = records_of(articles, with_bodies=settings().has_bodies)
    kept = dict(KEPT_IDS.rows(articles=list(articles))) if articles else {}
    return tuple(_entry(record, kept.get(record.id) or record.permanent_id) for record in records)


def _entry(record: ArticleRecord, known_as: str) -> FeedEntry:
    filed = (*([record.section] if record.section else ()), *record.topics)
    return FeedEntry(
        id=known_as,
        iri=known_as if _IRI.fullmatch(known_as) else record.permanent_id,
        url=record.url,
        title=record.headline,
        standfirst=record.standfirst,
        html=_text_of(record) if record.body is not None else None,
        published_at=record.published_at,
        updated_at=record.modified_at,
        authors=_people(record.authors),
        others=_people(credit for credit in record.credits if not credit.is_authorship),
        categories=tuple(
            FeedCategory(shelf.name, slug, scheme)
            for shelf in filed
            for scheme, slug in [shelf.url.rstrip("/").rsplit("/", 1)]
        ),
        picture=absolute(record.picture.url) if record.picture else "",
    )


def _people(credits: Iterable[CreditRecord]) -> tuple[FeedPerson, ...]:
    return tuple(FeedPerson(credit.name, credit.uri, credit.role) for credit in credits)


def _text_of(record: ArticleRecord) -> str:
    """All that a reader is to have of an article who reads it elsewhere, sanitised as it is printed here."""
    shown = {
        "picture": record.picture,
        "body": record.body,
        "others": [credit for credit in record.credits if not credit.is_authorship],
        "corrections": record.corrections,
    }
    html = render_to_string("feed_entry.html", shown, using="jinja2")
    return with_whole_addresses(html, record.url)


def _id_of(archive: str) -> str:
    """What a feed is known by, wherever the magazine moves and whatever it or its subject is called."""
    place = PLACE.first() or uuid.UUID(int=0)
    return f"urn:uuid:{uuid.uuid5(place, archive)}"
