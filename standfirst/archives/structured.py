"""Structured data: the same contributors and counts as the page, for machines.

Types and properties are schema.org's (https://schema.org/ProfilePage, https://schema.org/Article).
"""

import json
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from standfirst.addresses.paths import absolute
from standfirst.articles.models import ArticlePage
from standfirst.articles.rows import PrintedArticle
from standfirst.bylines.models import Credit
from standfirst.contributors.models import Contributor


def json_ld(data: dict[str, Any]) -> Markup:
    """The data as the content of a script element; `<` is escaped, so nothing in it can end the element."""
    text = json.dumps({"@context": "https://schema.org"} | data, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def profile(
    contributor: Contributor, *, count: int, biography: str, same_as: Iterable[str]
) -> dict[str, Any]:
    """A contributor's page. `count` is the number in its heading."""
    url = absolute(contributor.path)
    who: dict[str, Any] = {
        "@type": "Person" if contributor.is_person else "Organization",
        "@id": f"{url}#contributor",
        "name": contributor.display_name,
        "url": url,
        "agentInteractionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": "https://schema.org/WriteAction",
            "userInteractionCount": count,
        },
    }
    if biography:
        who["description"] = biography
    if links := list(same_as):
        who["sameAs"] = links
    return {"@type": "ProfilePage", "url": url, "mainEntity": who}


def article_data(
    page: ArticlePage, shown: PrintedArticle, credits: Iterable[Credit], publisher: str
) -> dict[str, Any]:
    """An article, every contributor in the property of their role, authors all in `author`."""
    data: dict[str, Any] = {
        "@type": "Article",
        "url": absolute(shown.url),
        "mainEntityOfPage": absolute(shown.url),
        "headline": shown.headline,
        "publisher": {"@type": "Organization", "name": publisher, "url": absolute("/")},
    }
    if shown.published_at:
        data["datePublished"] = shown.published_at.isoformat()
        data["dateModified"] = (shown.updated_at or shown.published_at).isoformat()
    if shown.standfirst:
        data["description"] = shown.standfirst
    if shown.section:
        data["articleSection"] = shown.section.text
    if shown.lead_image:
        data["image"] = absolute(shown.lead_image.url)
    for credit in credits:
        who: dict[str, Any] = {
            "@type": "Person" if credit.contributor.is_person else "Organization",
            "name": credit.name,
        }
        if credit.contributor.has_page:
            who["url"] = absolute(credit.contributor.path)
        known = data.setdefault("author" if credit.role.is_authorship else credit.role.schema_property, [])
        if who not in known:
            known.append(who)
    if shown.corrections:
        data["correction"] = [
            {
                "@type": "CorrectionComment",
                "datePublished": note.dated.isoformat(),
                "text": str(note.text.striptags()),
            }
            for note in shown.corrections
        ]
    return data
