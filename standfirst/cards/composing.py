"""What the share images of the publication, an article and a contributor show: made of the rows their pages are printed from."""

from typing import Any

from standfirst.archives.rows import ContributorProfile
from standfirst.articles.rows import PrintedArticle
from standfirst.bodies.rows import Picture
from standfirst.publications.colours import accent_of, on_light
from standfirst.publications.rows import PublicationRow
from standfirst.text.markup import plain_text

from .rows import Card


def card_of_publication(publication: PublicationRow) -> Card:
    """The share image of the front page, and of every page that has none of its own."""
    return Card(
        kind="publication",
        id=0,
        text=publication.tagline or publication.description,
        **_of(publication),
    )


def card_of_article(article: PrintedArticle, publication: PublicationRow) -> Card:
    return Card(
        kind="article",
        id=article.id,
        label=article.kicker or (article.section.text if article.section else ""),
        title=article.headline,
        text=article.standfirst,
        credit="".join(part.text for part in article.byline),
        picture=_drawn(article.lead_image),
        **_of(publication),
    )


def card_of_contributor(person: ContributorProfile, publication: PublicationRow) -> Card:
    return Card(
        kind="contributor",
        id=person.id,
        title=person.display_name,
        text=person.note or plain_text(person.biography),
        picture=_drawn(person.portrait),
        **_of(publication),
    )


def _of(publication: PublicationRow) -> dict[str, Any]:
    return {
        "publication": publication.name,
        "accent": on_light(accent_of(publication.accent)),
        "language": publication.language,
        "is_rtl": publication.direction == "rtl",
    }


def _drawn(picture: Picture | None) -> Picture | None:
    """A picture less what is not drawn of it: its words."""
    return picture and Picture(picture.url, picture.width, picture.height, focus=picture.focus)
