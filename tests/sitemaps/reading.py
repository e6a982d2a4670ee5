"""Reads sitemaps as a crawler does, by the letter of the protocol: https://www.sitemaps.org/protocol.html."""

import re
from datetime import datetime

from django.test import Client
from lxml import etree

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
HERE = "http://testserver"
# What may stand in each element, in order, with whether it must (the schema of sitemaps.org, less what nobody reads).
CHILDREN = {
    f"{SITEMAP}urlset": [(f"{SITEMAP}url", False)],
    f"{SITEMAP}sitemapindex": [(f"{SITEMAP}sitemap", True)],
    f"{SITEMAP}sitemap": [(f"{SITEMAP}loc", True), (f"{SITEMAP}lastmod", False)],
    f"{SITEMAP}url": [
        (f"{SITEMAP}loc", True),
        (f"{SITEMAP}lastmod", False),
        (f"{IMAGE}image", False),
        (f"{NEWS}news", False),
    ],
    f"{IMAGE}image": [(f"{IMAGE}loc", True)],
    f"{NEWS}news": [(f"{NEWS}publication", True), (f"{NEWS}publication_date", True), (f"{NEWS}title", True)],
    f"{NEWS}publication": [(f"{NEWS}name", True), (f"{NEWS}language", True)],
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)")
MOST, LARGEST = 50_000, 50 * 1024 * 1024


def fetched(path: str) -> etree._Element:
    """A sitemap that is there, and right in every letter."""
    response = Client().get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert len(response.content) <= LARGEST
    root = etree.fromstring(response.content)
    assert root.tag in (f"{SITEMAP}urlset", f"{SITEMAP}sitemapindex")
    assert len(root) <= MOST
    check(root)
    return root


def check(element: etree._Element) -> None:
    allowed = CHILDREN.get(element.tag)
    if allowed is None:
        assert len(element) == 0, element.tag
        text = element.text or ""
        if element.tag.endswith("}loc"):
            assert re.fullmatch(rf"{HERE}/.{{0,2000}}", text), text
        if element.tag.endswith(("}lastmod", "}publication_date")):
            assert MOMENT.fullmatch(text), text
        return
    order = [name for name, _must in allowed]
    places = [order.index(child.tag) for child in element]
    assert places == sorted(places), element.tag
    for name, must in allowed:
        assert not must or element.find(name) is not None, (element.tag, name)
    for child in element:
        check(child)


def places(path: str) -> dict[str, datetime | None]:
    """The addresses in a sitemap, without the host, with when the newest thing on each appeared or changed."""
    found = {}
    for entry in fetched(path):
        modified = entry.findtext(f"{SITEMAP}lastmod")
        address = entry.findtext(f"{SITEMAP}loc").removeprefix(HERE)
        assert address not in found
        found[address] = datetime.fromisoformat(modified) if modified else None
    return found


def everything(kind: str = "") -> dict[str, datetime | None]:
    """What all sitemaps of the index list together, or those of a kind; each once."""
    found: dict[str, datetime | None] = {}
    for path, modified in places("/sitemap.xml").items():
        if not path.startswith(f"/sitemaps/{kind}"):
            continue
        listed = places(path)
        moments = [moment for moment in listed.values() if moment]
        # Of a month that is cut into parts, each says it of the month.
        newest = max(moments, default=None)
        assert modified >= newest if "-of-" in path else modified == newest, path
        assert listed
        assert not set(found) & set(listed)
        found |= listed
    return found
