"""Reads one saved page: what it is, and what it says about itself."""

import re
from collections.abc import Callable
from datetime import datetime, tzinfo

from standfirst.importers.pages.handmade import date_over, date_said, is_a_text
from standfirst.importers.pages.items import ARTICLES, LISTINGS, TEXT_PAGES, Item
from standfirst.importers.pages.listings import list_region, read_listing
from standfirst.importers.pages.profiles import main_person, name_in_heading, read_profile
from standfirst.importers.pages.records import Kind, Named, ParsedPage, Shelf
from standfirst.importers.pages.standing import standing_of
from standfirst.importers.pages.statements import (
    Statements,
    article_scope,
    foot_credits,
    gather,
    main_article,
    people,
    rel_author,
    visible_byline,
)
from standfirst.importers.reading.addresses import resolve
from standfirst.importers.reading.documents import Document, Node, picture_source, words
from standfirst.importers.reading.moments import printed_date, stated_moment
from standfirst.text import markup

VISIBLE = "visible byline"
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en|es|in)?|auteurs?|autori|contributors?|writers?|profiles?|people|by|columnists?|byline|staff|@[\w.-]+)"
    r"(?:/|\Z)(?P<rest>.*)",
    re.I,
)
_LISTING_PATH = re.compile(
    r"/(?:tags?|topics?|category|categories|sections?|archives?|kategorie|rubrik|thema|themen|keyword|search|suche|issues?|series)(?:/|\Z|\?)"
    r"|/page/\d+|[?&](?:s|q|paged?|cat|tag)=|/(?:19|20)\d\d(?:/\d\d?)?\Z",
    re.I,
)
_STANDFIRST = re.compile(
    r"\A(?:(?:article|entry|post|story|c|content)[-_]{1,2})?(?:standfirst|dek|deck|sub-?title|sub-?head(?:line|ing)?|lede|lead-?text|"
    r"excerpt|summary|intro|p-summary|teaser-text|vorspann|kicker-text)\Z",
    re.I,
)
_CUT_SHORT = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*\Z")
_META_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "dcterms.date", "citation_publication_date", "parsely-pub-date", "sailthru.date", "pubdate",
    "publish-date", "publishdate", "cxenseparse:recs:publishtime",
)  # fmt: skip
_SECTION_LINK = re.compile(r"/(?:sections?|category|categories|rubrik|kategorie|ressort|channel)/[^/]", re.I)
_TAG_LINK = re.compile(r"/(?:tags?|topics?|keywords?|themen?|schlagwort|temas?)/[^/]", re.I)


def read_page(
    document: Document,
    *,
    file: str,
    base: str,
    file_address: str,
    zone: tzinfo,
    is_own: Callable[[str], bool],
) -> ParsedPage:
    """What a page says. `base` is the address its links are relative to, `file_address` what it has without saying so.

    `is_own` tells whether an address may be one of the same site.
    """
    found = gather(document)
    root = document.root
    stated = _own_address(found, base, is_own)
    address = stated or file_address
    own = {_bare(resolve(base, url) or url) for url in (address, file_address, base)}
    main = main_article(found, lambda url: _bare(resolve(base, url) or url) in own)
    site_name = _site_name(found)
    kind, why = _kind(found, main, address, root)
    common = {
        "file": file,
        "address": address,
        "is_stated": bool(stated),
        "kind": kind,
        "why": why,
        "language": _language(found, main),
        "site_name": site_name,
        "addresses": tuple(_other_addresses(found, base, address)),
        "is_hidden": "noindex" in found.said("robots").lower(),
        "broken_blocks": found.broken_blocks,
        "title": words(root.find(".//title"), 200),
    }
    language = str(common["language"])
    if kind in (Kind.AUTHOR, Kind.LISTING):
        region = list_region(root)
        profile = read_profile(found, region, base, site_name)
        title = profile.name if kind is Kind.AUTHOR else _first_heading(root, found, site_name)
        listing = read_listing(found, region, base)
        issue_date = date_over(root, language, zone) if kind is Kind.LISTING else None
        return ParsedPage(
            **common,  # type: ignore[arg-type]
            headline=title,
            profile=profile,
            listing=listing,
            issue_date=issue_date,
        )
    headline = _headline(found, main, site_name)
    scope = article_scope(root, headline)
    published, updated, differ = _dates(found, main, scope, zone, language)
    image, alt, caption = _image(found, main, scope, base)
    standfirst, is_printed = _standfirst(found, main, scope)
    # A page that articles link to as their author's is one, whatever it says; then these are wanted.
    may_be_author = kind is Kind.OTHER
    named = tuple(_named(found, main, scope, base))
    if published is None:
        published = date_said(scope, language, zone)
    standing = standing_of(found, main, scope, file=file, zone=zone)
    return ParsedPage(
        **common,  # type: ignore[arg-type]
        headline=headline,
        standfirst=standfirst,
        is_standfirst_printed=is_printed,
        published=published,
        updated=updated,
        dates_differ=differ,
        withheld=standing.withheld,
        expires=standing.expires,
        named=named,
        sections=tuple(_sections(found, main, scope, base)),
        tags=tuple(_tags(found, main, scope, base)),
        image=image,
        image_alt=alt,
        image_caption=caption,
        listing=read_listing(found, list_region(root), base) if may_be_author else None,
        profile=read_profile(found, list_region(root), base, site_name) if may_be_author else None,
        is_a_text=may_be_author and is_a_text(root, headline, bool(named)),
        issue_date=date_over(root, language, zone) if may_be_author else None,
    )


# ---------------------------------------------------------------------------------------------------------- addresses


def _own_address(found: Statements, base: str, is_own: Callable[[str], bool]) -> str:
    """The address a page says is its own; empty if it says none, or only the front page for want of a better."""
    said = [
        resolve(base, node.get("href") or "")
        for node in found.root.iter("link")
        if "canonical" in (node.get("rel") or "").lower().split()
    ]
    said += [resolve(base, found.said("og:url")), found.document.saved_from]
    for item in found.items:
        if item.has_type(ARTICLES):
            said += [resolve(base, item.text("url")), resolve(base, item.text("mainEntityOfPage"))]
    usable = [url for url in said if url and is_own(url)]
    return next(
        (url for url in usable if re.match(r"https?://[^/]+/?[^/?]", url) and not _is_front(url)), ""
    ) or next(iter(usable), "")


def _is_front(url: str) -> bool:
    return bool(re.fullmatch(r"https?://[^/]+/?", url))


def _other_addresses(found: Statements, base: str, address: str) -> list[str]:
    said = [found.said("og:url"), found.document.saved_from]
    said += [
        node.get("href") or ""
        for node in found.root.iter("link")
        if {"canonical", "shortlink"} & set((node.get("rel") or "").lower().split())
    ]
    urls = dict.fromkeys(url for each in said if each and (url := resolve(base, each)))
    return [url for url in urls if url != address and not _is_front(url)]


def _bare(url: str) -> str:
    url = re.sub(r"\Ahttps?://(?:www\.)?", "", url.partition("#")[0].partition("?")[0])
    return re.sub(r"/(?:index\.html?)?\Z", "", url)


# --------------------------------------------------------------------------------------------------------- what it is


def _kind(found: Statements, main: dict[str, Item], address: str, root: Node) -> tuple[Kind, str]:
    """What a page is, and on what grounds."""
    body = root.find("body")
    names = set((body.get("class") or "").split()) if body is not None else set()
    path = re.sub(r"\Ahttps?://[^/]+", "", address)
    types = {
        name
        for item in found.items
        if not item.has_type(frozenset({"BreadcrumbList"}))
        for name in item.types
    }
    og_type = found.said("og:type").lower()
    if "error404" in names or re.match(
        r"\A(?:404\b|page not found|not found\b)", words(root.find(".//title"), 200), re.I
    ):
        return Kind.OTHER, "is a page that says “not found”"
    if root.find(".//meta[@http-equiv='refresh']") is not None and len(words(root, 3000)) < 300:
        return Kind.OTHER, "only leads to another page"
    if "ProfilePage" in types or og_type == "profile" or "author" in names:
        return Kind.AUTHOR, "says it is about a person"
    rest = _AUTHOR_PATH.search(path)
    is_under_authors = bool(rest and rest["rest"].strip("/"))
    articles = [
        source for source, item in main.items() if source != "h-entry" or item.text("name", "published")
    ]
    is_stated_article = (
        og_type == "article"
        or bool(found.said("article:published_time"))
        or bool(names & {"single", "single-post"})
    )
    if is_under_authors and not articles and not found.said("article:published_time"):
        return Kind.AUTHOR, "lies where author pages lie"
    if _is_front(address) or path in ("", "/") or "home" in names:
        return Kind.LISTING, "is the front page"
    if names & {"archive", "category", "tag", "search", "blog", "search-results", "date"}:
        return Kind.LISTING, "says it is a list"
    if articles:
        return Kind.ARTICLE, f"says it is an article ({', '.join(articles)})"
    if types & {"CollectionPage", "SearchResultsPage", "ItemList"} or (
        types & LISTINGS and len(found.entries) > 1
    ):
        return Kind.LISTING, "says it is a list"
    if is_stated_article:
        return Kind.ARTICLE, "says it is an article"
    if len(found.entries) > 1 or found.is_feed:
        return Kind.LISTING, "holds several entries"
    if types & TEXT_PAGES or ("page" in names and "page-template" not in names):
        return Kind.TEXT, "says it is a page of the publication"
    if _LISTING_PATH.search(path):
        return Kind.LISTING, "lies where lists lie"
    if person := main_person(found):
        return Kind.AUTHOR, f"is about one person, {person.text('name')[:80]}"
    heading = list(root.iter("h1"))
    scope = article_scope(root, "")
    signed = bool(visible_byline(scope)[0]) or any(True for _ in rel_author(scope, root))
    dated = next(scope.iter("time"), None) is not None
    if len(heading) == 1 and scope.tag == "article" and (signed or dated):
        return Kind.ARTICLE, "holds one article with a headline and a " + ("byline" if signed else "date")
    if len(heading) == 1 and signed and dated:
        return Kind.ARTICLE, "has a headline, a byline and a date"
    if len(list(root.iter("article"))) > 2:
        return Kind.LISTING, "holds several articles"
    return Kind.OTHER, "does not say it is an article, an author page or a list"


# ------------------------------------------------------------------------------------------------------------- wording


def _site_name(found: Statements) -> str:
    if name := found.said("og:site_name", "application-name"):
        return " ".join(name.split())[:200]
    for item in found.items:
        for publisher in [*item.items("publisher"), *([item] if "WebSite" in item.types else [])]:
            if name := publisher.text("name"):
                return name[:200]
    return ""


def _language(found: Statements, main: dict[str, Item]) -> str:
    said = found.root.get("lang") or next((item.text("inLanguage") for item in main.values()), "")
    return (said or found.said("og:locale", "language", "content-language", "dc.language")).replace("_", "-")[
        :20
    ]


def _headline(found: Statements, main: dict[str, Item], site_name: str) -> str:
    stated = [item.text("headline", "name") for item in main.values()]
    stated += [found.said("og:title", "dc.title", "citation_title", "twitter:title")]
    headings = [words(node, 500) for node in found.root.iter("h1")]
    if not headings and not any(stated):
        # A piece of a page, as some wrote them by hand: its first heading is the headline.
        headings = [words(node, 500) for node in found.root.iter("h2")][:1]
    headings = [text for text in headings if text and text.casefold() != site_name.casefold()]
    # As readers saw it; what a page tells machines is often another line.
    if len(headings) == 1:
        return headings[0]
    texts = [_without_site(markup.plain_text(text), site_name) for text in stated if text]
    for text in texts:
        if text in headings:
            return text
    return next(iter([*texts, *headings]), "") or _without_site(
        words(found.root.find(".//title"), 500), site_name
    )


def _first_heading(root: Node, found: Statements, site_name: str) -> str:
    heading = next((words(node, 300) for node in root.iter("h1") if words(node, 300)), "")
    return heading or name_in_heading(words(root.find(".//title"), 300), site_name)


def _without_site(text: str, site_name: str) -> str:
    if site_name:
        text = re.sub(rf"\s*[|·–—:»-]+\s*{re.escape(site_name)}\s*\Z", "", text, flags=re.I)
    return " ".join(text.split())


def _standfirst(found: Statements, main: dict[str, Item], scope: Node) -> tuple[str, bool]:
    """The standfirst, and whether readers saw it."""
    for node in scope.xpath(".//*[@class]"):
        if any(_STANDFIRST.match(name) for name in node.get("class").split()):
            inner = next(node.iterancestors("article", "aside"), None)
            if inner is not None and inner is not scope:
                continue
            said = words(node, 2000)
            if 10 < len(said) < 1200:
                return said, True
    for item in main.values():
        said = markup.plain_text(item.text("description", "summary", "abstract"))
        if said and not _CUT_SHORT.search(said):
            return said[:1200], False
    said = markup.plain_text(found.said("og:description", "description", "dc.description"))
    return ("" if _CUT_SHORT.search(said) else said[:1200]), False


def _dates(
    found: Statements, main: dict[str, Item], scope: Node, zone: tzinfo, language: str
) -> tuple[datetime | None, datetime | None, str]:
    """When it was published and changed, and which places disagree about the day."""
    stated: list[tuple[str, datetime]] = []
    updated: datetime | None = None
    for source, item in main.items():
        for name in ("datePublished", "published", "dateCreated"):
            if moment := stated_moment(item.text(name), zone):
                stated.append((source, moment))
                break
        updated = updated or stated_moment(item.text("dateModified", "updated"), zone)
    said = [
        (f"{item.source} of the page", item.text("datePublished"))
        for item in found.items
        if "WebPage" in item.types
    ]
    said += [(f"meta {name}", found.said(name).replace("/", "-")) for name in _META_DATES]
    stated += [(source, moment) for source, text in said if (moment := stated_moment(text, zone))]
    updated = updated or stated_moment(
        found.said("article:modified_time", "og:updated_time", "dcterms.modified"), zone
    )
    for node in scope.iter("time"):
        if (
            re.search(r"updated|modified", node.get("class") or "")
            or next(node.iterancestors("aside"), None) is not None
        ):
            continue
        inner = next(node.iterancestors("article"), None)
        if inner is not None and inner is not scope:
            continue
        moment = stated_moment(node.get("datetime") or "", zone) or printed_date(
            words(node, 80), language, zone
        )
        if moment:
            stated.append(("time", moment))
            break
    if not stated:
        stated = [("visible date", moment) for moment in _printed(scope, language, zone)][:1]
    if not stated:
        return None, updated, ""
    first = stated[0][1]
    # A date alone says less than one with a clock on the same day.
    better = next(
        (m for _, m in stated if abs((m - first).total_seconds()) < 86_400 and m.astimezone(zone).hour), first
    )
    chosen = better if not first.astimezone(zone).hour and not first.astimezone(zone).minute else first
    others = [
        f"{source} says {moment:%Y-%m-%d}"
        for source, moment in stated
        if abs((moment - first).total_seconds()) > 2 * 86_400
    ]
    differ = f"{stated[0][0]} says {first:%Y-%m-%d}, {others[0]}" if others else ""
    return chosen, updated if updated and updated > chosen else None, differ


def _printed(scope: Node, language: str, zone: tzinfo) -> list[datetime]:
    found: list[datetime] = []
    for node in scope.xpath(".//*[@class]"):
        if re.search(
            r"(?:\A|[-_ ])(?:date|dateline|published|pubdate|timestamp|datum|fecha)", node.get("class"), re.I
        ):
            text = re.sub(r"\A(?:published|posted)?\s*(?:on|:)?\s*", "", words(node, 80), flags=re.I)
            if moment := printed_date(text, language, zone):
                found.append(moment)
                break
    return found


# ----------------------------------------------------------------------------------------------------------- the rest


def _named(found: Statements, main: dict[str, Item], scope: Node, base: str) -> list[Named]:
    named = [*people(found, main), *rel_author(scope, found.root), *foot_credits(scope)]
    text, links = visible_byline(scope)
    if text:
        named.append(Named(text, VISIBLE, role="byline"))
        named += [Named(said, f"{VISIBLE} link", url=href) for said, href in links]
    resolved: dict[tuple[str, str, str, str], Named] = {}
    for one in named:
        url = resolve(base, one.url) if one.url else ""
        image = resolve(base, one.image) if one.image else ""
        full = Named(
            one.name, one.source, one.role, one.kind, url, one.email, image, one.description, one.same_as
        )
        resolved.setdefault((one.name, one.source, one.role, url), full)
    return list(resolved.values())[:200]


def _sections(found: Statements, main: dict[str, Item], scope: Node, base: str) -> list[Shelf]:
    names: dict[str, str] = {}
    linked = dict(_shelf_links(scope, base, _SECTION_LINK, "category"))
    for item in main.values():
        for said in item.texts("articleSection"):
            names.setdefault(_shelf_name(said), "")
    for said in found.meta.get("article:section", ()):
        names.setdefault(_shelf_name(said), "")
    if not names:
        names = dict.fromkeys(linked, "")
    if not names:
        names = dict.fromkeys(_crumbs(found), "")
    by_fold = {text.casefold(): url for text, url in linked.items()}
    return [Shelf(name, by_fold.get(name.casefold(), "")) for name in names if name][:20]


def _crumbs(found: Statements) -> list[str]:
    """The last step of a breadcrumb before the article itself, without the front page."""
    for item in found.items:
        for trail in [item, *item.items("breadcrumb")]:
            if "BreadcrumbList" not in trail.types:
                continue
            steps = [
                step.text("name") or (step.items("item") or [step])[0].text("name")
                for step in trail.items("itemListElement")
            ]
            steps = [step for step in steps if step]
            return [_shelf_name(step) for step in steps[1:-1][-1:]]
    return []


def _tags(found: Statements, main: dict[str, Item], scope: Node, base: str) -> list[Shelf]:
    linked = dict(_shelf_links(scope, base, _TAG_LINK, "tag"))
    names: dict[str, str] = {}
    for item in main.values():
        for said in item.texts("keywords", "category"):
            names |= dict.fromkeys(_split(said), "")
    for said in [*found.meta.get("article:tag", ()), *found.meta.get("parsely-tags", ())]:
        names |= dict.fromkeys(_split(said), "")
    names = dict.fromkeys(linked, "") | names
    if not names:
        for said in [*found.meta.get("news_keywords", ()), *found.meta.get("keywords", ())]:
            names |= dict.fromkeys(_split(said), "")
    by_fold = {text.casefold(): url for text, url in linked.items()}
    unique = {name.casefold(): name for name in reversed(names) if name}
    ordered = [name for name in names if unique.get(name.casefold()) == name]
    return [Shelf(name, by_fold.get(name.casefold(), "")) for name in ordered][:40]


def _split(said: str) -> list[str]:
    parts = re.split(r"[,;]", said) if len(said) > 3 else [said]
    return [name for part in parts if (name := _shelf_name(part))]


def _shelf_name(text: str) -> str:
    return " ".join(markup.plain_text(text).split()).strip(" #,;")[:100]


def _shelf_links(scope: Node, base: str, pattern: re.Pattern[str], rel: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for link in scope.iter("a"):
        rels = (link.get("rel") or "").lower().split()
        url = resolve(base, link.get("href") or "")
        path = re.sub(r"\Ahttps?://[^/]+", "", url)
        is_stated = rel in rels and not (rel == "tag" and "category" in rels)
        if not url or not (is_stated or pattern.search(path)) or (is_stated and not path.strip("/")):
            continue
        if next(link.iterancestors("nav", "aside"), None) is not None:
            continue
        inner = next(link.iterancestors("article"), None)
        text = _shelf_name(words(link, 200))
        if text and len(text) < 60 and (inner is None or inner is scope or scope.tag != "article"):
            found.append((text, url))
    return found


def _image(found: Statements, main: dict[str, Item], scope: Node, base: str) -> tuple[str, str, str]:
    """The lead image's address, its words for those who can't see it, and its caption."""
    for node in scope.iter("figure", "div"):
        names = node.get("class") or ""
        if not re.search(
            r"\b(?:lead|hero|featured?|main|top|post-thumbnail|entry-image|teaser)\b|featured-image|lead-image",
            names,
            re.I,
        ):
            continue
        if next(node.iterancestors("aside", "nav"), None) is not None:
            continue
        picture = next(node.iter("img"), None)
        if picture is not None and (source := picture_source(picture)) and len(words(node, 3000)) < 1500:
            caption = next(node.iter("figcaption"), None)
            return resolve(base, source), (picture.get("alt") or "").strip()[:500], words(caption, 1000)
    for item in main.values():
        if stated := item.text("image", "featured", "photo", "thumbnailUrl"):
            return resolve(base, stated), "", ""
    said = found.said("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
    return (resolve(base, said) if said else ""), found.said("og:image:alt", "twitter:image:alt")[:500], ""
