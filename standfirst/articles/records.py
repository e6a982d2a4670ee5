"""Articles as programs get them. Structured data, feeds, citations and the interface for programs all read these.

There is one place where an article is turned into facts for machines, so that two of them cannot name other people, in
another order, under other ids. What a reader's page says in words is `printed`; what its lists say is `entries`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from markupsafe import Markup

from standfirst.addresses.paths import absolute
from standfirst.addresses.richtext import rich
from standfirst.bodies.cachekeys import page_text
from standfirst.bodies.pictures import captioned, pictures
from standfirst.bodies.printing import body_images, printed_body
from standfirst.bodies.rows import Picture
from standfirst.bodies.text import body_text
from standfirst.bylines.models import Credit, Role
from standfirst.contributors.cachekeys import contributor as credited
from standfirst.contributors.paths import CONTRIBUTOR_PATHS, lasting_path
from standfirst.database.prepared import Prepared
from standfirst.pagecache.recording import shows
from standfirst.publications.cachekeys import section, topic
from standfirst.publications.paths import SECTION_PATHS, TOPIC_PATHS
from standfirst.text.names import PEOPLE

from .listings import articles as all_articles
from .listings import corrections as all_corrections
from .listings import filed_under
from .paths import path_at
from .rows import PrintedArticle

if TYPE_CHECKING:
    from .models import ArticlePage

ARTICLES = Prepared(
    lambda articles: (
        all_articles()
        .published()
        .filter(pk__in=articles)
        .order_by()
        .values_list(
            "pk",
            "translation_key",
            "title",
            "address",
            "standfirst",
            "kicker",
            "first_published_at",
            "last_published_at",
            "updated_at",
            "section_id",
            "section__name",
            "section__slug",
            "lead_image_id",
            "lead_image_alt",
            "lead_image_caption",
            "lead_image_credit",
            named=True,
        )
    )
)
BODIES = Prepared(
    lambda articles: all_articles().published().filter(pk__in=articles).order_by().values_list("pk", "body")
)
TOPICS = Prepared(
    lambda articles: (
        filed_under()
        .objects.filter(articlepage__in=articles)
        .order_by("topic__name", "topic_id")
        .values_list("articlepage_id", "topic_id", "topic__name", "topic__slug", named=True)
    )
)
CORRECTIONS = Prepared(
    lambda articles: (
        all_corrections()
        .filter(article__in=articles)
        .order_by("dated", "pk")
        .values_list("article_id", "kind", "dated", "text", named=True)
    )
)
CREDITS = Prepared(
    lambda articles: (
        Credit.objects.filter(article__in=articles)
        .order_by("sort_order", "pk")
        .values_list(
            "article_id",
            "contributor_id",
            "printed_name",
            "contributor__display_name",
            "contributor__kind",
            "contributor__slug",
            "contributor__is_public",
            "contributor__withdrawn_at",
            "contributor__unassigned_from",
            "role__code",
            "role__label",
            "role__schema_property",
            "role__is_authorship",
            named=True,
        )
    )
)


@dataclass(frozen=True, slots=True)
class ShelfRecord:
    """A section or a topic: its id, name and whole address."""

    id: int
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class CreditRecord:
    """One contributor, in one role, with the name as printed.

    `uri` is what the contributor is known by for good, whatever their slug: the same in every output. It and `url`, their
    page, are empty for who has no page (withdrawn, or split off and nobody's yet): those are named, and not gathered.
    """

    contributor: int
    uri: str
    url: str
    name: str
    is_person: bool
    role: str
    role_label: str
    schema_property: str
    is_authorship: bool


@dataclass(frozen=True, slots=True)
class CorrectionRecord:
    """What was put right, and on which day. `kind` is `correction` or `clarification`."""

    kind: str
    dated: date
    text: Markup


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article for programs. Addresses are whole, moments in the publication's zone, credits in printed order.

    `permanent_id` is never given up and never given to another, wherever the magazine moves. `body`, as printed, and
    `words`, how many there are in it, are None unless bodies were asked for.
    """

    id: int
    permanent_id: str
    url: str
    headline: str
    standfirst: str
    kicker: str
    language: str
    section: ShelfRecord | None
    topics: tuple[ShelfRecord, ...]
    published_at: datetime
    modified_at: datetime
    credits: tuple[CreditRecord, ...]
    corrections: tuple[CorrectionRecord, ...]
    picture: Picture | None
    body: Markup | None = None
    words: int | None = None

    @property
    def authors(self) -> tuple[CreditRecord, ...]:
        """The credits that are authorship, in printed order."""
        return tuple(credit for credit in self.credits if credit.is_authorship)


def records_of(
    articles: Sequence[int], *, with_bodies: bool = False, with_pictures: bool = True
) -> tuple[ArticleRecord, ...]:
    """The records of these articles (by id), in the same order. Those that are not public are left out.

    Six queries, however many, and one for bodies; a body asks for the pictures and pages it refers to, as on its page.
    """
    if not articles:
        return ()
    asked = list(articles)
    rows = {row.pk: row for row in ARTICLES.rows(articles=asked)}
    if not rows:
        return ()
    credits = _by_article(CREDITS.rows(articles=asked))
    topics = _by_article(TOPICS.rows(articles=asked), "articlepage_id")
    corrections = _by_article(CORRECTIONS.rows(articles=asked))
    bodies = dict(BODIES.rows(articles=asked)) if with_bodies else {}
    _note_what_is_shown(rows, credits, topics)
    images = pictures(
        number
        for pk, row in rows.items()
        for number in (
            row.lead_image_id if with_pictures else None,
            *(body_images(bodies[pk]) if pk in bodies else ()),
        )
    )
    return tuple(
        _record(
            rows[pk],
            section=_section(rows[pk]),
            topics=tuple(map(_topic, topics.get(pk, ()))),
            credits=tuple(map(_credit, credits.get(pk, ()))),
            corrections=tuple(map(_correction, corrections.get(pk, ()))),
            picture=_lead_picture(rows[pk], images),
            body=bodies.get(pk),
            printed=printed_body(bodies[pk], images) if pk in bodies else None,
        )
        for pk in articles
        if pk in rows
    )


def record_of(page: "ArticlePage", printed: PrintedArticle) -> ArticleRecord:
    """The record of an article that was fetched for its page (`queries.article_at`): no query, and the same record."""
    credits = sorted(page.credits.all(), key=lambda credit: credit.sort_order or 0)
    section = page.section
    return _record(
        page,
        section=_shelf(section.pk, section.name, section.path) if section else None,
        topics=tuple(_shelf(topic.pk, topic.name, topic.path) for topic in page.topics.all()),
        credits=tuple(
            _credit_record(
                credit.contributor_id,
                slug=credit.contributor.slug,
                has_page=credit.contributor.has_page,
                name=credit.name,
                kind=credit.contributor.kind,
                role=credit.role,
            )
            for credit in credits
        ),
        corrections=tuple(
            CorrectionRecord(note.kind, note.dated, rich(note.text)) for note in page.corrections.all()
        ),
        picture=printed.lead_image,
        body=page.body,
        printed=printed.body,
    )


def _by_article(rows: Iterable[Any], article: str = "article_id") -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, article), []).append(row)
    return found


def _note_what_is_shown(
    rows: Mapping[int, Any], credits: Mapping[int, list[Any]], topics: Mapping[int, list[Any]]
) -> None:
    # More of an article than its lists show: whatever its page says may be in a record.
    shows(*map(page_text, rows))
    shows(*(section(row.section_id) for row in rows.values() if row.section_id))
    for pk in rows:
        shows(*(credited(row.contributor_id) for row in credits.get(pk, ())))
        shows(*(topic(row.topic_id) for row in topics.get(pk, ())))


def _record(
    row: Any, *, corrections: tuple[CorrectionRecord, ...], body: Any, printed: Markup | None, **parts: Any
) -> ArticleRecord:
    """`row` is an article or a row of `ARTICLES`; the parts are what a record has besides its columns."""
    zone = timezone.get_current_timezone()
    days = [correction.dated for correction in corrections]
    return ArticleRecord(
        id=row.pk,
        permanent_id=f"urn:uuid:{row.translation_key}",
        url=absolute(path_at(row.address)),
        headline=row.title,
        standfirst=row.standfirst,
        kicker=row.kicker,
        language=settings.LANGUAGE_CODE,
        published_at=row.first_published_at.astimezone(zone),
        modified_at=modified_at(row, days).astimezone(zone),
        corrections=corrections,
        body=printed,
        words=len(body_text(body.raw_data).split()) if body is not None else None,
        **parts,
    )


def modified_at(article: Any, corrected_on: Iterable[date]) -> datetime:
    """When an article was last changed in substance: when the editor says that it was updated, or was put right.

    A correction has a day. Its moment is when the article was last published, if that was on that day, and otherwise the
    end of the day nearer to it.
    """
    published: datetime = article.first_published_at
    zone = timezone.get_current_timezone()
    moments = [published]
    if article.updated_at:
        moments.append(article.updated_at)
    for day in corrected_on:
        begins = datetime.combine(day, time(), zone)
        ends = datetime.combine(day + timedelta(days=1), time(), zone) - timedelta(seconds=1)
        moments.append(min(max(article.last_published_at or published, begins), ends))
    return max(moments)


def _credit(row: Any) -> CreditRecord:
    # As `Contributor.has_page`; credits of who was merged away are the other's.
    is_hidden = row.contributor__withdrawn_at or row.contributor__unassigned_from
    return _credit_record(
        row.contributor_id,
        slug=row.contributor__slug,
        has_page=row.contributor__is_public and not is_hidden,
        name=row.printed_name or row.contributor__display_name,
        kind=row.contributor__kind,
        role=Role(
            code=row.role__code,
            label=row.role__label,
            schema_property=row.role__schema_property,
            is_authorship=row.role__is_authorship,
        ),
    )


def _credit_record(
    contributor: int, *, slug: str, has_page: bool, name: str, kind: str, role: Role
) -> CreditRecord:
    return CreditRecord(
        contributor=contributor,
        uri=absolute(lasting_path(contributor)) if has_page else "",
        url=absolute(CONTRIBUTOR_PATHS.of(slug)) if has_page else "",
        name=name,
        is_person=kind in PEOPLE,
        role=role.code,
        role_label=role.label,
        schema_property=role.schema_property,
        is_authorship=role.is_authorship,
    )


def _section(row: Any) -> ShelfRecord | None:
    if not row.section_id:
        return None
    return _shelf(row.section_id, row.section__name, SECTION_PATHS.of(row.section__slug))


def _topic(row: Any) -> ShelfRecord:
    return _shelf(row.topic_id, row.topic__name, TOPIC_PATHS.of(row.topic__slug))


def _shelf(pk: int, name: str, path: str) -> ShelfRecord:
    return ShelfRecord(pk, name, absolute(path))


def _correction(row: Any) -> CorrectionRecord:
    return CorrectionRecord(row.kind, row.dated, rich(row.text))


def _lead_picture(row: Any, images: Mapping[int, Picture]) -> Picture | None:
    return captioned(
        images.get(row.lead_image_id),
        alt=row.lead_image_alt,
        caption=rich(row.lead_image_caption),
        credit=row.lead_image_credit,
    )
