"""Writes small feeds."""

from pathlib import Path

NAMES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
)
LINK = "https://lantern.example"


def rss(*items: str, head: str = "", link: str = LINK) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {NAMES}><channel><title>The Lantern</title>'
        f"<link>{link}</link>{head}{''.join(items)}</channel></rss>"
    )


def item(number: int = 1, inner: str = "", *, title: str = "", text: str = "It rained.") -> str:
    return (
        f"<item><title>{title or f'Article {number}'}</title><link>{LINK}/{number}/</link>"
        f'<guid isPermaLink="false">tag:{number}</guid><pubDate>Tue, 04 Mar 2014 09:00:00 GMT</pubDate>'
        f"<description><![CDATA[<p>{text}</p>]]></description>{inner}</item>"
    )


def atom(*entries: str, head: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>The Lantern</title>'
        f'<link href="{LINK}"/><id>urn:x</id>{head}{"".join(entries)}</feed>'
    )


def entry(number: int = 1, inner: str = "") -> str:
    return (
        f'<entry><title>Article {number}</title><link href="{LINK}/{number}/"/><id>urn:{number}</id>'
        f'<published>2014-03-04T09:00:00Z</published><content type="html">&lt;p&gt;It rained.&lt;/p&gt;</content>{inner}</entry>'
    )


def write(folder: Path, content: str | bytes, name: str = "feed.xml") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path
