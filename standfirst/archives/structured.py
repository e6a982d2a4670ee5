"""Structured data: what a page says, for machines. The same people, counts and dates as the page has, from the same rows.

Types and properties are schema.org's (https://schema.org/Article, https://schema.org/ProfilePage); what search engines want
of them is written at https://developers.google.com/search/docs/appearance/structured-data. A property that has nothing to
say is left out.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup

from standfirst.addresses.paths import absolute
from standfirst.articles.records import ArticleRecord, CorrectionRecord, CreditRecord
from standfirst.articles.rows import ArchiveEntry
from standfirst.bodies.rows import Link, Picture
from standfirst.contributors.paths import EVERYBODY
from standfirst.publications.rows import PublicationRow
from standfirst.text.markup import plain_text

from .people import ContributorRecord
from .rows import ContributorProfile

Data = dict[str, Any]

# What an article may say of a person without more words. Any other role is said by its name (https://schema.org/Role).
ROLES_OF_ARTICLES = frozenset(
    {
        "accountablePerson",
        "author",
        "creator",
        "editor",
        "funder",
        "maintainer",
        "producer",
        "provider",
        "sponsor",
    }
    | {"translator"}
)


def json_ld(data: Data) -> Markup:
    """The data as the content of a script element; `<` is escaped, so nothing in it can end the element."""
    text = json.dumps({"@context": "https://schema.org"} | data, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


# ------------------------------------------------------------------------------------------------------------- the pages


def website(publication: PublicationRow) -> Data:
    """The front page."""
    return {
        "@type": "WebSite",
        "@id": absolute("/#website"),
        "url": absolute("/"),
        **_said(name=publication.name, description=publication.description or publication.tagline),
        "inLanguage": publication.language,
        "publisher": _publisher(publication),
    }


def article(record: ArticleRecord, shapes: Sequence[Picture], publication: PublicationRow) -> Data:
    """An article's page. `shapes` is its picture as search engines want it (`bodies.pictures.shapes_of`)."""
    section = record.section
    way = [Link(section.name, section.url)] if section else []
    return {
        "@type": "Article",
        "@id": record.permanent_id,
        "url": record.url,
        "mainEntityOfPage": {
            "@type": "WebPage",
            "@id": record.url,
            "breadcrumb": _breadcrumbs(*way, Link(record.headline, record.url)),
        },
        "headline": record.headline,
        **_said(
            alternativeHeadline=record.kicker,
            description=record.standfirst,
            articleSection=section.name if section else "",
            keywords=[topic.name for topic in record.topics],
            wordCount=record.words,
            image=_images(record.picture, shapes),
        ),
        "inLanguage": record.language,
        "datePublished": record.published_at.isoformat(),
        "dateModified": record.modified_at.isoformat(),
        "isAccessibleForFree": True,
        "isPartOf": _wholes(record, publication),
        "publisher": _publisher(publication),
        **_people(record.credits),
        **_said(correction=[_correction(correction) for correction in record.corrections]),
    }


def profile(
    person: ContributorRecord,
    shown: ContributorProfile,
    *,
    count: int,
    biography: str,
    modified_at: datetime | None,
) -> Data:
    """A contributor's page. `count` is the number in its heading, `modified_at` when the newest on it came out."""
    return {
        "@type": "ProfilePage",
        "@id": person.url,
        "url": person.url,
        **_said(dateModified=modified_at.isoformat() if modified_at else ""),
        "breadcrumb": _breadcrumbs(Link(_("Contributors"), EVERYBODY), Link(person.name, person.url)),
        "mainEntity": {
            "@type": _kind(person.is_person),
            "@id": person.uri,
            "name": person.name,
            "url": person.url,
            **_said(
                alternateName=list(shown.aliases),
                description=biography,
                image=_picture(shown.portrait) if shown.portrait else None,
                sameAs=[link.url for link in (*shown.links, *shown.identifiers)],
            ),
            "agentInteractionStatistic": {
                "@type": "InteractionCounter",
                "interactionType": "https://schema.org/WriteAction",
                "userInteractionCount": count,
            },
        },
    }


def collection(
    name: str,
    path: str,
    entries: Iterable[ArchiveEntry],
    *,
    description: str = "",
    count: int | None = None,
    way: Sequence[Link] = (),
) -> Data:
    """A list of articles. `count` is how many the whole archive has, where the page is to change whenever it does."""
    url = absolute(path)
    return {
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "name": name,
        **_said(description=description),
        "breadcrumb": _breadcrumbs(*way, Link(name, url)),
        "mainEntity": {
            "@type": "ItemList",
            "itemListOrder": "https://schema.org/ItemListOrderDescending",
            **({} if count is None else {"numberOfItems": count}),
            "itemListElement": [
                {"@type": "ListItem", "position": place, "url": absolute(entry.url)}
                for place, entry in enumerate(entries, 1)
            ],
        },
    }


# ------------------------------------------------------------------------------------------------------------- the parts


def _said(**properties: Any) -> Data:
    """These properties, less those that say nothing."""
    return {name: value for name, value in properties.items() if value}


def _kind(is_person: bool) -> str:
    return "Person" if is_person else "Organization"


def _people(credits: Iterable[CreditRecord]) -> dict[str, list[Data]]:
    """Everybody who is credited, in printed order, each in the property of their role, all authors in `author`."""
    people: dict[str, list[Data]] = {}
    for credit in credits:
        property = "author" if credit.is_authorship else credit.schema_property
        who = _who(credit)
        if property not in ROLES_OF_ARTICLES:
            property = "contributor"
            who = {"@type": "Role", "roleName": credit.role_label, "contributor": who}
        # Twice the same, as by two roles that are both authorship, says no more than once.
        if who not in people.setdefault(property, []):
            people[property].append(who)
    return people


def _who(credit: CreditRecord) -> Data:
    known = {"@id": credit.uri, "url": credit.url} if credit.uri else {}
    return {"@type": _kind(credit.is_person), **known, "name": credit.name}


def _wholes(record: ArticleRecord, publication: PublicationRow) -> list[Data]:
    """What an article is a part of, the largest first."""
    wholes = [_periodical(publication)]
    if record.section:
        wholes.append({"@type": "CollectionPage", "@id": record.section.url, "name": record.section.name})
    return wholes


def _periodical(publication: PublicationRow) -> Data:
    return {
        "@type": "Periodical",
        "@id": absolute("/#periodical"),
        "name": publication.name,
        "url": absolute("/"),
    }


def _publisher(publication: PublicationRow) -> Data:
    logo = publication.masthead
    return {
        "@type": "Organization",
        "@id": absolute("/#publisher"),
        "name": publication.name,
        "url": absolute("/"),
        **_said(
            logo=_image(logo.url, logo.width, logo.height) if logo else None,
            sameAs=[target.url for target in publication.social],
        ),
    }


def _images(picture: Picture | None, shapes: Iterable[Picture]) -> list[Data]:
    """An article's picture in every shape, each with what is said of it."""
    if picture is None:
        return []
    said = _said(caption=plain_text(picture.caption) or picture.alt, creditText=picture.credit)
    every = [*shapes, picture]
    return [_image(shape.url, shape.width, shape.height) | said for shape in every]


def _picture(picture: Picture) -> Data:
    said = _said(caption=picture.alt, creditText=picture.credit)
    return _image(picture.url, picture.width, picture.height) | said


def _image(url: str, width: int, height: int) -> Data:
    # A drawing may say nothing of its size.
    return {"@type": "ImageObject", "url": absolute(url), **_said(width=width, height=height)}


def _correction(correction: CorrectionRecord) -> Data:
    return {
        "@type": "CorrectionComment",
        "datePublished": correction.dated.isoformat(),
        "text": str(correction.text.striptags()),
    }


def _breadcrumbs(*way: Link) -> Data:
    """The way to a page from the front page, which is not said; the page itself last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": step.text, "item": absolute(step.url)}
            for place, step in enumerate([Link(_("Front page"), "/"), *way], 1)
        ],
    }
