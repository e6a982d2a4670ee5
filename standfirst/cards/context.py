"""What the head of every page says to those who share it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import to_locale

from standfirst.addresses.paths import absolute
from standfirst.archives.rows import ContributorProfile
from standfirst.articles.rows import PrintedArticle
from standfirst.publications.colours import DARK, LIGHT
from standfirst.publications.queries import publication_for
from standfirst.publications.rows import PublicationRow

from . import icons
from .composing import card_of_article, card_of_contributor, card_of_publication
from .drawing import HEIGHT, WIDTH
from .paths import FAVICON, MANIFEST, TOUCH_ICON

# Open Graph wants a territory with the language; of a language alone, the one where most of its readers are.
TERRITORIES = {
    "ar": "AR", "cs": "CZ", "da": "DK", "de": "DE", "el": "GR", "en": "US", "es": "ES", "et": "EE", "fa": "IR",
    "fi": "FI", "fr": "FR", "he": "IL", "hi": "IN", "hr": "HR", "hu": "HU", "id": "ID", "it": "IT", "ja": "JP",
    "ko": "KR", "lt": "LT", "lv": "LV", "nb": "NO", "nl": "NL", "pl": "PL", "pt": "PT", "ro": "RO", "ru": "RU",
    "sk": "SK", "sl": "SI", "sr": "RS", "sv": "SE", "th": "TH", "tr": "TR", "uk": "UA", "vi": "VN",
    "zh_Hans": "CN", "zh_Hant": "TW",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShareImage:
    """The picture that stands for a page elsewhere, with its whole address."""

    url: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Sharing:
    """What stands for a page of this publication elsewhere: pictures, colours, icons. Made of finished rows."""

    publication: PublicationRow
    favicon: str = FAVICON
    touch_icon: str = TOUCH_ICON
    manifest: str = MANIFEST
    paper_light: str = LIGHT.paper
    paper_dark: str = DARK.paper

    def image(
        self, article: PrintedArticle | None = None, contributor: ContributorProfile | None = None
    ) -> ShareImage:
        """The share image of an article, of a contributor's page or, with neither, of the publication."""
        if article is not None and article.id:
            card = card_of_article(article, self.publication)
        elif contributor is not None and contributor.id:
            card = card_of_contributor(contributor, self.publication)
        else:
            card = card_of_publication(self.publication)
        return ShareImage(absolute(card.path), card.alt)

    @property
    def icon(self) -> str:
        """The address of the icon as a drawing; empty if it is none."""
        return icons.drawing_address(self.publication)

    @property
    def locale(self) -> str:
        """The language as Open Graph has it (`en_GB`); empty where its territory can't be told."""
        locale = to_locale(self.publication.language)
        language, _, territory = locale.partition("_")
        if len(territory) == 2:
            return locale
        known = TERRITORIES.get(locale)
        return f"{language}_{known}" if known else ""


def sharing(request: HttpRequest) -> dict[str, Any]:
    """For every public page: `sharing`."""
    return {"sharing": Sharing(publication_for(request))}
