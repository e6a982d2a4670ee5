"""An article as its page shows it: frozen rows for its template, everything fetched."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from markupsafe import escape

from standfirst.addresses.richtext import rich
from standfirst.bodies.cachekeys import page_text
from standfirst.bodies.pages import head_of
from standfirst.bodies.pictures import captioned, pictures
from standfirst.bodies.printing import body_images, printed_body
from standfirst.bodies.rows import Link
from standfirst.bylines.models import Credit
from standfirst.bylines.wording import PrintedCredit, byline, foot_credits
from standfirst.contributors.cachekeys import contributor, handle
from standfirst.pagecache.recording import shows
from standfirst.publications.cachekeys import section, topic

from .paths import CITED_AS, cite_path, path_at
from .records import modified_at
from .rows import ContributorNote, CorrectionNote, PrintedArticle

if TYPE_CHECKING:
    from .models import ArticlePage


def printed_article(article: "ArticlePage") -> dict[str, Any]:
    """What the template of an article is given, less what other rooms add."""
    # While it is written, a credit may have nobody yet, and a correction no day.
    named = (credit for credit in article.credits.all() if credit.contributor_id and credit.role_id)
    credits = sorted(named, key=lambda credit: credit.sort_order or 0)
    shows(page_text(article.pk or 0), *(contributor(credit.contributor_id) for credit in credits))
    shows(*(topic(filed.pk) for filed in article.topics.all()))
    if article.section_id:
        shows(section(article.section_id))
    printed = [printed_credit(credit) for credit in credits]
    images = pictures([article.lead_image_id, *body_images(article.body)])
    corrections = sorted(
        ((correction.dated or timezone.localdate(), correction) for correction in article.corrections.all()),
        key=lambda dated: dated[0],
    )
    return head_of(article, article.standfirst, path_at(article.address)) | {
        "article": PrintedArticle(
            headline=article.title,
            url=path_at(article.address),
            standfirst=article.standfirst,
            kicker=article.kicker,
            byline=byline(printed, article.byline_wording),
            foot=foot_credits(printed, article.byline_wording),
            published_at=timezone.localtime(article.first_published_at)
            if article.first_published_at
            else None,
            updated_at=timezone.localtime(article.updated_at) if article.updated_at else None,
            printed_on=article.printed_on,
            section=Link(article.section.name, article.section.path) if article.section else None,
            topics=tuple(Link(topic.name, topic.path) for topic in article.topics.all()),
            lead_image=captioned(
                images.get(article.lead_image_id),
                alt=article.lead_image_alt,
                caption=rich(article.lead_image_caption),
                credit=article.lead_image_credit,
            ),
            body=printed_body(article.body, images),
            corrections=tuple(
                CorrectionNote(correction.get_kind_display(), dated, rich(correction.text))
                for dated, correction in corrections
            ),
            notes=contributor_notes(credits),
            more=(),
            cited_as=tuple(Link(name, cite_path(article.address, kind)) for kind, name in CITED_AS.items())
            if article.address
            else (),
            id=article.pk or 0,
            modified_at=modified_at(article, [dated for dated, _correction in corrections])
            if article.first_published_at
            else None,
            authors=tuple(
                dict.fromkeys(
                    Link(shown.name, shown.url)
                    for credit, shown in zip(credits, printed, strict=True)
                    if credit.role.is_authorship
                )
            ),
            handles=_handles(credits),
        )
    }


def _handles(credits: Iterable[Credit]) -> tuple[str, ...]:
    """The names in the fediverse of those who gave one, and have a page."""
    shows(*(handle(credit.contributor_id) for credit in credits))
    people = (credit.contributor for credit in credits)
    return tuple(dict.fromkeys(one.fediverse for one in people if one.fediverse and one.has_page))


def printed_credit(credit: Credit) -> PrintedCredit:
    """A credit as a byline needs it; a contributor without a page is named and not linked."""
    contributor, role = credit.contributor, credit.role
    return PrintedCredit(
        name=credit.name,
        url=contributor.path if contributor.has_page else "",
        phrase=role.byline_phrase,
        prints=role.prints,
        role_order=role.sort_order,
        label=role.label,
    )


def contributor_notes(credits: Iterable[Credit]) -> tuple[ContributorNote, ...]:
    """Who the contributors are, as printed with the article, each once."""
    notes: dict[int, ContributorNote] = {}
    for credit in credits:
        note = credit.printed_note or ("" if credit.printed_name else credit.contributor.note)
        if note and credit.contributor_id not in notes:
            shown = printed_credit(credit)
            notes[credit.contributor_id] = ContributorNote(shown.name, shown.url, escape(note))
    return tuple(notes.values())
