"""What the specifications ask of a feed's document; each of these fails with what is wrong."""

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
DC, DCTERMS = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
WHOLE = re.compile(r"https?://[^\s<>\"]+")


def valid(kind: str, document: bytes) -> None:
    """Whether a document of a kind is what its specification says."""
    {"atom": valid_atom, "rss": valid_rss, "json": valid_json}[kind](document)


def valid_atom(document: bytes) -> None:
    """RFC 4287: the grammar of its appendix B, and what stands in words beside it."""
    feed = etree.fromstring(document)
    SCHEMA.assertValid(feed)
    entries = feed.findall(f"{ATOM}entry")
    assert [link.get("href") for link in feed.findall(f"{ATOM}link[@rel='self']")], (
        "4.1.1: SHOULD contain self"
    )
    _history(feed)
    for one in (feed, *entries):
        assert WHOLE.fullmatch(alternate(one)), "4.2.7.1"
        assert re.match(r"[A-Za-z][A-Za-z0-9+.-]*:\S+$", one.findtext(f"{ATOM}id", "")), "4.2.6: an IRI"
        assert datetime.fromisoformat(one.findtext(f"{ATOM}updated", "")).tzinfo is not None, "3.3"
        assert one.findtext(f"{ATOM}title"), "4.2.14"
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids), "4.1.1: of several with one id all but one are to be passed over"
    assert feed.find(f"{ATOM}author") is not None or all(
        entry.find(f"{ATOM}author") is not None for entry in entries
    ), "4.1.1: MUST"
    for entry in entries:
        assert len(entry.findall(f"{ATOM}link[@rel='alternate']")) == 1, "4.1.2: no two of one type"
        published, updated = (entry.findtext(f"{ATOM}{name}", "") for name in ("published", "updated"))
        assert datetime.fromisoformat(published) <= datetime.fromisoformat(updated)
    for person in feed.iter(f"{ATOM}author", f"{ATOM}contributor"):
        assert person.findtext(f"{ATOM}name"), "3.2.1"
        uri = person.findtext(f"{ATOM}uri")
        assert uri is None or WHOLE.fullmatch(uri), "3.2.2"


def _history(feed: Any) -> None:
    """RFC 5005, section 4, of a feed or a channel."""
    links = {
        link.get("rel"): link.get("href")
        for link in feed.findall(f"{ATOM}link")
        if link.get("rel") != "alternate"
    }
    assert all(WHOLE.fullmatch(href) for href in links.values())
    is_archive = feed.find(f"{HISTORY}archive") is not None
    assert ("current" in links) == is_archive
    assert ("next-archive" in links) == is_archive
    if is_archive:
        assert links["current"] != links["self"]
        assert "hub" not in links
        assert ("prev-archive" in links) == ("/page/1/" not in links["self"])


def alternate(element: Any) -> str:
    return element.find(f"{ATOM}link[@rel='alternate']").get("href")


def valid_rss(document: bytes) -> None:
    """https://www.rssboard.org/rss-specification"""
    rss = etree.fromstring(document)
    assert (rss.tag, rss.get("version")) == ("rss", "2.0")
    [channel] = rss
    for name in ("title", "link", "description"):
        assert len(channel.findall(name)) == 1, f"a channel has one {name}"
        assert channel.findtext(name)
    known = {"title", "link", "description", "language", "lastBuildDate", "generator", "item"}
    assert {child.tag for child in channel if "{" not in child.tag} <= known
    parsedate_to_datetime(channel.findtext("lastBuildDate"))
    assert len(channel.findall(f"{ATOM}link[@rel='self']")) == 1
    _history(channel)
    seen = set()
    for item in channel.findall("item"):
        assert item.findtext("title") or item.findtext("description"), "an item has one of them at least"
        tags = [child.tag for child in item]
        for once in ("title", "link", "description", "guid", "pubDate", f"{DC}creator", f"{CONTENT}encoded"):
            assert tags.count(once) <= 1, once
        assert {tag for tag in tags if "{" not in tag} <= {
            "title", "link", "description", "guid", "pubDate", "category",
        }  # fmt: skip
        assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo is not None
        assert WHOLE.fullmatch(item.findtext("link"))
        assert item.find("guid").get("isPermaLink") == "false"
        assert item.findtext("guid") not in seen
        seen.add(item.findtext("guid"))


def valid_json(document: bytes) -> None:
    """https://www.jsonfeed.org/version/1.1/"""
    feed = json.loads(document.decode())
    known = {
        "version",
        "title",
        "home_page_url",
        "feed_url",
        "description",
        "user_comment",
        "next_url",
        "icon",
        "favicon",
    }
    _object(feed, known | {"authors", "language", "expired", "hubs", "items"})
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed.get("next_url") != feed["feed_url"], "MUST not be the same"
    for name in ("home_page_url", "feed_url", "next_url"):
        assert WHOLE.fullmatch(feed.get(name, feed["feed_url"]))
    for hub in feed.get("hubs", ()):
        _object(hub, {"type", "url"})
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids)
    for item in feed["items"]:
        known = {
            "id",
            "url",
            "external_url",
            "title",
            "content_html",
            "content_text",
            "summary",
            "image",
            "banner_image",
        }
        _object(
            item, known | {"date_published", "date_modified", "authors", "tags", "language", "attachments"}
        )
        assert isinstance(item["id"], str)
        assert item["id"]
        assert "content_html" in item or "content_text" in item, "one or both MUST be present"
        assert WHOLE.fullmatch(item["url"])
        for moment in ("date_published", "date_modified"):
            assert datetime.fromisoformat(item[moment]).tzinfo is not None
        for tag in item.get("tags", ()):
            assert isinstance(tag, str)
    for author in (
        *feed["authors"],
        *(author for item in feed["items"] for author in item.get("authors", ())),
    ):
        _object(author, {"name", "url", "avatar"})
        assert author, "at least one of them"


def _object(found: dict[str, Any], known: set[str]) -> None:
    """What is not the specification's begins with an underscore, and is an object."""
    for name in set(found) - known:
        assert name.startswith("_"), name
        assert isinstance(found[name], dict)
