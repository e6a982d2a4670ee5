"""Where links to pages and documents inside a text lead, whoever wrote them and however.

Wagtail keeps an internal link as `<a linktype="page" id="12">` and asks a handler where it leads. Its own handlers take
the id for a number and print the address of whatever page it is; these take nothing on trust.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from markupsafe import Markup
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from standfirst.pagecache.recording import shows
from standfirst.text.markup import internal_id

from . import cachekeys
from .gate import readable_address
from .richtext import NO_LINK

Attributes = dict[str, str]


class _Sound:
    """What a handler does with ids that are none: nothing is asked for them, and nothing refers to them."""

    @classmethod
    def get_many(cls, attrs_list: list[Attributes]) -> list[Model | None]:
        sound = {
            place: number
            for place, attrs in enumerate(attrs_list)
            if (number := internal_id(attrs.get("id")))
        }
        found: Sequence[Model | None] = super().get_many([{"id": str(number)} for number in sound.values()])  # type: ignore[misc]
        by_place = dict(zip(sound, found, strict=True))
        return [by_place.get(place) for place in range(len(attrs_list))]

    @classmethod
    def extract_references(cls, attrs: Attributes) -> Any:
        if number := internal_id(attrs.get("id")):
            yield from super().extract_references(attrs | {"id": str(number)})  # type: ignore[misc]


class PageLink(_Sound, PageLinkHandler):
    """A link to a page, as long as it can be read; the text shows the page, should that change."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        shows(*(cachekeys.page(number) for attrs in attrs_list if (number := internal_id(attrs.get("id")))))
        pages: list[Any] = cls.get_many(attrs_list)
        return [_opened(readable_address(page)) for page in pages]


class DocumentLink(_Sound, DocumentLinkHandler):
    """A link to a document, as long as it is there."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        documents: list[Any] = cls.get_many(attrs_list)
        return [_opened(document.url if document else "") for document in documents]


def _opened(address: str) -> str:
    return str(Markup('<a href="{}">').format(address)) if address else NO_LINK
