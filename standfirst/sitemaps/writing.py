"""Sitemaps as XML: https://www.sitemaps.org/protocol.html, with Google's namespaces for images and news."""

import re
from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from .rows import News, Place

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
IMAGE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
# XML has no way to write these (https://www.w3.org/TR/xml/#charsets).
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def index_xml(files: Iterable[Place]) -> str:
    """The list of sitemaps."""
    return f"{HEAD}<sitemapindex {SITEMAP}>\n{''.join(_entry('sitemap', file) for file in files)}</sitemapindex>\n"


def urls_xml(places: Iterable[Place]) -> str:
    """A sitemap."""
    return f"{HEAD}<urlset {SITEMAP} {IMAGE}>\n{''.join(_entry('url', place) for place in places)}</urlset>\n"


def news_xml(news: Iterable[News], *, name: str, language: str) -> str:
    """A news sitemap, of the publication of this name and language."""
    of = (
        f"<news:publication><news:name>{_text(name)}</news:name>"
        f"<news:language>{_text(language)}</news:language></news:publication>"
    )
    entries = (
        f"<url><loc>{_text(one.url)}</loc><news:news>{of}"
        f"<news:publication_date>{_moment(one.published_at)}</news:publication_date>"
        f"<news:title>{_text(one.title)}</news:title></news:news></url>\n"
        for one in news
    )
    return f"{HEAD}<urlset {SITEMAP} {NEWS}>\n{''.join(entries)}</urlset>\n"


def news_language(tag: str) -> str:
    """A language as news sitemaps have it: its first part, but for the two ways to write Chinese."""
    language, _, rest = tag.lower().partition("-")
    if language == "zh":
        return "zh-tw" if rest in ("hant", "tw", "hk") or rest.startswith("hant-") else "zh-cn"
    return language


def _entry(element: str, place: Place) -> str:
    modified = f"<lastmod>{_moment(place.modified_at)}</lastmod>" if place.modified_at else ""
    images = "".join(
        f"<image:image><image:loc>{_text(url)}</image:loc></image:image>" for url in place.pictures
    )
    return f"<{element}><loc>{_text(place.url)}</loc>{modified}{images}</{element}>\n"


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _text(text: str) -> str:
    return escape(NOT_IN_XML.sub("", text), {'"': "&quot;", "'": "&apos;"})
