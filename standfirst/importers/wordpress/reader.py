"""Reads a WordPress export in two passes.

The first, the survey, proves the whole file readable before anything is applied, and gathers what posts refer to:
authors, guest authors, terms, media. The second yields the posts, one at a time. Guest authors and media may stand
after the posts that need them, and an export may be larger than memory; two passes answer both.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import NamedTuple

from standfirst.importers.errors import ArchiveDamaged, NotAnArchive
from standfirst.importers.reading.archive import Rules
from standfirst.importers.reading.mending import DocumentTypeDeclared, Mending
from standfirst.importers.reading.records import (
    MediaRef,
    ParsedAuthor,
    ParsedMedia,
    ParsedPost,
    ParsedSite,
    ParsedTerm,
    TermUse,
)
from standfirst.importers.wordpress.fields import Byline, Fields, flattened, is_a_name, known_to
from standfirst.importers.wordpress.xmlstream import Element, needs_mending, stream_elements
from standfirst.text.markup import plain_text
from standfirst.text.urls import parts_of

ARTICLE_TYPES = frozenset({"post"})
PAGE_TYPES = frozenset({"page"})
KNOWN_VERSIONS = frozenset({"1.0", "1.1", "1.2"})
# What WordPress files under when nobody chose, in the languages it is installed in most.
DEFAULT_CATEGORIES = frozenset(
    [
        "uncategorized",
        "uncategorised",
        "non-classe",
        "sin-categoria",
        "sem-categoria",
        "senza-categoria",
        "ohne-kategorie",
        "unkategorisiert",
        "niet-gecategoriseerd",
        "geen-categorie",
        "okategoriserade",
    ]
)

_MOST_PROFILES, _LONGEST_BIOGRAPHY = 20_000, 4_000


class Signature(NamedTuple):
    """All that a post says of who wrote it."""

    uses: tuple[TermUse, ...] = ()  # author terms
    creator: str = ""
    fields: tuple[Byline, ...] = ()


_COLLECTION = re.compile(r"(/[\w/-]*?[\w-])/(?:\d{4}/\d{1,2}/\d{1,2}/)?[^/?#]+/?\Z")


@dataclass
class Survey:
    """What the first pass learned of an export."""

    path: Path
    size: int
    site: ParsedSite
    mending: Mending
    accounts: dict[str, ParsedAuthor] = field(default_factory=dict)  # by login
    guests: dict[str, ParsedAuthor] = field(default_factory=dict)  # by slug without its prefix
    author_terms: dict[str, ParsedAuthor] = field(default_factory=dict)  # by term slug
    terms: dict[tuple[str, str], ParsedTerm] = field(default_factory=dict)  # by taxonomy and slug
    category_slugs: dict[str, str] = field(default_factory=dict)  # by number
    media: dict[str, ParsedMedia] = field(default_factory=dict)  # by id
    attached: dict[str, list[str]] = field(default_factory=dict)  # ids of media by the post they belong to
    profiles: dict[str, ParsedPost] = field(default_factory=dict)  # posts of types of their own, by id
    profile_links: dict[str, str] = field(default_factory=dict)  # where profiles of authors were, by slug
    reusable: dict[str, str] = field(default_factory=dict)  # content of reusable blocks by id
    items: Counter[tuple[str, str]] = field(default_factory=Counter)  # by type and status
    bylines: Counter[Signature] = field(default_factory=Counter)
    fields: Fields = field(default_factory=Fields)
    category_uses: Counter[str] = field(default_factory=Counter)  # articles in each category, by slug
    # Categories and tags on posts: the text beside each, by taxonomy and slug.
    term_texts: dict[tuple[str, str], str] = field(default_factory=dict)
    # Where Squarespace, which names no host in its addresses, kept posts: "/journal".
    collections: Counter[str] = field(default_factory=Counter)
    offsets: Counter[int] = field(default_factory=Counter)  # minutes from UTC to the site's clock
    comments: int = 0
    media_twice: int = 0  # how often a file stands a second time
    warnings: list[str] = field(default_factory=list)

    @property
    def posts(self) -> int:
        return sum(
            count for (post_type, _), count in self.items.items() if post_type in ARTICLE_TYPES | PAGE_TYPES
        )

    @property
    def hosts(self) -> tuple[str, ...]:
        found = (parts_of(address).netloc.removeprefix("www.") for address in self.site.addresses)
        return tuple(dict.fromkeys(host for host in found if host))

    @property
    def base_path(self) -> str:
        """The path the old site lived under, without a slash at its end: "" or "/blog"."""
        return parts_of(self.site.address).path.rstrip("/") if self.site.address else ""


def survey(
    path: Path,
    *,
    on_bytes: Callable[[int], None] | None = None,
    rules: Callable[[ParsedSite], Rules] = lambda site: Rules(),
) -> Survey:
    """Reads the whole export once. Raises ImportRefused if it is none, or is damaged.

    `rules` are an editor's word on the site's fields.
    """
    mending = Mending()
    try:
        found = _Surveyor(path, mending).run(on_bytes)
    except Exception as error:
        if not needs_mending(error):
            raise
        mending.is_needed = True
        found = _Surveyor(path, mending).run(on_bytes)
    found.fields.rules = rules(found.site).fields
    _weigh_fields(found)
    return found


def _weigh_fields(found: Survey) -> None:
    """Concludes what the posts' fields hold, and knows their bylines by that."""
    guests = found.guests.values()
    names = (
        author.display_name for author in (*found.accounts.values(), *guests, *found.author_terms.values())
    )
    accounts = (account.source_id for account in found.accounts.values())
    found.fields.weigh(
        known_to(names, accounts, (guest.source_id for guest in guests), _names_of_people(found.profiles))
    )
    if found.fields.bylines:
        # What a field is, is known only now: who it names is found by reading once more.
        posts = (post for post in read_posts(found) if post.post_type in ARTICLE_TYPES)
        found.bylines = Counter(signature_of(post, found.fields) for post in posts)
        for signature in found.bylines:
            for byline in signature.fields:
                for _, number in byline.references:
                    _take_profile(found, number)


def _names_of_people(profiles: Mapping[str, ParsedPost]) -> Iterator[str]:
    """The ids of posts that are called like people, of types most of whose posts are."""
    kinds: Counter[str] = Counter()
    people: dict[str, list[str]] = {}
    for number, post in profiles.items():
        kinds[post.post_type] += 1
        if is_a_name(plain_text(post.title).strip()):
            people.setdefault(post.post_type, []).append(number)
    for kind, numbers in people.items():
        if len(numbers) * 5 >= kinds[kind] * 4:
            yield from numbers


def _take_profile(found: Survey, number: str) -> None:
    """Takes a post that a byline points at for the profile of its author."""
    profile = found.profiles.pop(number, None)
    if profile is None:
        return
    found.guests[profile.slug or profile.title] = ParsedAuthor(
        kind="guest",
        source_id=number,
        display_name=profile.title,
        slug=profile.slug,
        biography=profile.content,
        portrait=_portrait(profile.meta_value("_thumbnail_id")),
    )
    found.profile_links[profile.slug] = profile.link


def read_posts(found: Survey, *, on_bytes: Callable[[int], None] | None = None) -> Iterator[ParsedPost]:
    """Yields every item of a surveyed export that is a post or a page, in the order of the file."""
    # Mending counts as it goes; the survey's counts are the ones that are reported.
    mending = Mending(is_needed=found.mending.is_needed)
    for element in stream_elements(found.path, mending=mending, on_bytes=on_bytes):
        if element.name == "item" and _post_type(element) in ARTICLE_TYPES | PAGE_TYPES:
            yield parse_post(element)


def parse_post(item: Element) -> ParsedPost:
    """One item as it stands, text untouched."""
    fields: dict[str, str] = {}
    terms: list[TermUse] = []
    meta: list[tuple[str, str]] = []
    comments = 0
    content = ""
    for child in item.children:
        name = child.name
        if name == "content:encoded":
            content = child.raw_text
        elif name == "wp:postmeta":
            meta.append((child.child_text("wp:meta_key"), _raw(child, "wp:meta_value")))
        elif name == "category":
            taxonomy = child.attributes.get("domain", "")
            # Exports before 1.1 name every term twice, once without saying of which kind it is.
            if taxonomy:
                slug = child.attributes.get("nicename", "")
                terms.append(
                    TermUse("post_tag" if taxonomy == "tag" else taxonomy, slug, unescape(child.text))
                )
        elif name == "wp:comment":
            comments += 1
        else:
            fields.setdefault(name, child.text)
    return ParsedPost(
        source_id=fields.get("wp:post_id", ""),
        post_type=fields.get("wp:post_type", ""),
        status=fields.get("wp:status", ""),
        title=fields.get("title", ""),
        content=content,
        excerpt=fields.get("excerpt:encoded", ""),
        creator=fields.get("dc:creator", "") or fields.get("wp:author", ""),
        slug=fields.get("wp:post_name", ""),
        link=fields.get("link", ""),
        guid=fields.get("guid", ""),
        date=fields.get("wp:post_date", ""),
        date_gmt=fields.get("wp:post_date_gmt", ""),
        modified=fields.get("wp:post_modified", ""),
        modified_gmt=fields.get("wp:post_modified_gmt", ""),
        pub_date=fields.get("pubDate", ""),
        password=fields.get("wp:post_password", ""),
        parent_id=fields.get("wp:post_parent", "").removeprefix("0"),
        is_sticky=fields.get("wp:is_sticky", "") == "1",
        comments=comments,
        terms=tuple(terms),
        meta=tuple(meta),
        attachment_url=fields.get("wp:attachment_url", ""),
    )


def author_uses(post: ParsedPost) -> tuple[TermUse, ...]:
    """The byline of Co-Authors Plus or PublishPress Authors, in its order, each person once."""
    uses = {use.slug or use.text: use for use in post.terms if use.taxonomy == "author"}
    found = list(uses.values())
    # PublishPress writes the names down in their printed order; terms themselves are exported by name.
    printed = [name.strip().casefold() for name in post.meta_value("ppma_authors_name").split(",")]
    if len(found) > 1 and all(use.text.casefold() in printed for use in found):
        found.sort(key=lambda use: printed.index(use.text.casefold()))
    return tuple(found)


def signature_of(post: ParsedPost, fields: Fields) -> Signature:
    """What a post says of its authors. A login that stands beside better knowledge is left out."""
    uses, bylines = author_uses(post), fields.byline(post)
    return Signature(uses, "" if uses else post.creator, bylines)


def categories_of(post: ParsedPost, slugs: Mapping[str, str]) -> tuple[TermUse, ...]:
    """The post's categories, the primary one first; `slugs` are the categories' by their numbers.

    The category that WordPress gives to everything without one says nothing, and is not among them.
    """
    found = dict.fromkeys(
        use for use in post.terms if use.taxonomy == "category" and use.slug not in DEFAULT_CATEGORIES
    )
    primary = primary_of(post, slugs)
    return tuple(sorted(found, key=lambda use: use.slug != primary)) if primary else tuple(found)


def primary_of(post: ParsedPost, slugs: Mapping[str, str]) -> str:
    """The category that a plugin or theme calls the post's primary one; empty if none does."""
    if not any("primary" in name or "primary" in value for name, value in post.meta):
        return ""
    fields = {name: value for name, value in post.meta if "primary" in name} | flattened(post)
    numbers = (value for name, value in fields.items() if re.search("primary_?(?:cat|term)", name))
    return next((slugs[number] for number in numbers if number in slugs), "")


class _Surveyor:
    def __init__(self, path: Path, mending: Mending) -> None:
        self.path = path
        self.mending = mending
        self.channel: dict[str, str] = {}
        self.root = ""
        self.has_channel = False
        self.is_wordpress = False
        self.found = Survey(path, path.stat().st_size, ParsedSite("", ""), mending)

    def run(self, on_bytes: Callable[[int], None] | None) -> Survey:
        try:
            for element in stream_elements(self.path, mending=self.mending, on_bytes=on_bytes):
                self._take(element)
        except DocumentTypeDeclared as error:
            raise NotAnArchive(
                f"{self.path.name} declares a document type, which no WordPress export does and which can be used to "
                "attack the program that reads it; nothing was imported; export the site again from Tools → Export."
            ) from error
        except ArchiveDamaged:
            self._say_what_else_it_is()
            raise
        self._say_what_else_it_is()
        if self.root == "rss" and not self.is_wordpress:
            raise NotAnArchive(
                f"{self.path.name} is an RSS feed, not a WordPress export; nothing was imported; make the export in "
                "WordPress under Tools → Export."
            )
        self._finish()
        return self.found

    def _say_what_else_it_is(self) -> None:
        if self.root == "feed":
            is_blogger = b"blogger" in self.path.open("rb").read(8192).lower()
            what = "a Blogger export" if is_blogger else "an Atom feed"
            raise NotAnArchive(
                f"{self.path.name} is {what}, not a WordPress export; nothing was imported; make the export in "
                "WordPress under Tools → Export."
            )
        if self.root and self.root != "rss":
            raise NotAnArchive(
                f"{self.path.name} is XML of another kind (its first tag is <{self.root[:40]}>), not a WordPress export; "
                "nothing was imported; make the export in WordPress under Tools → Export."
            )

    def _take(self, element: Element) -> None:
        name = element.name
        if not self.root:
            self.root = name
        elif name == "item":
            self._item(element)
        elif name == "wp:author":
            self._account(element)
        elif name in ("wp:category", "wp:tag", "wp:term"):
            self._term(element)
        elif not element.children:
            self.channel.setdefault(name, element.text)
        if name.startswith("wp:"):
            self.is_wordpress = True

    def _item(self, item: Element) -> None:
        post = parse_post(item)
        found = self.found
        if post.post_type or post.source_id:
            self.is_wordpress = True
        found.items[post.post_type, post.status] += 1
        found.comments += post.comments
        if post.post_type == "attachment":
            self._media(post)
        elif post.post_type in ("guest-author", "guest_author"):
            self._guest(post)
        elif post.post_type == "wp_block":
            found.reusable[post.source_id] = post.content
        elif post.post_type not in ARTICLE_TYPES | PAGE_TYPES:
            if post.title and post.status == "publish" and len(found.profiles) < _MOST_PROFILES:
                found.profiles[post.source_id] = replace(post, content=post.content[:_LONGEST_BIOGRAPHY])
        else:
            self._clock(post)
            found.fields.see(post)
            if post.post_type in ARTICLE_TYPES:
                if collection := _COLLECTION.match(post.link):
                    found.collections[collection[1]] += 1
                found.bylines[signature_of(post, found.fields)] += 1
                for use in post.terms:
                    if use.taxonomy in ("category", "post_tag"):
                        found.term_texts.setdefault((use.taxonomy, use.slug or use.text), use.text)
                if post.status != "trash":
                    found.category_uses.update(
                        use.slug or use.text for use in categories_of(post, found.category_slugs)
                    )

    def _clock(self, post: ParsedPost) -> None:
        local, utc = parse_date(post.date), parse_date(post.date_gmt)
        if local and utc:
            self.found.offsets[round((local - utc).total_seconds() / 60)] += 1

    def _account(self, element: Element) -> None:
        fields = {child.name: child.text for child in element.children}
        login = fields.get("wp:author_login", "")
        if not login:
            return
        self.found.accounts[login] = ParsedAuthor(
            kind="account",
            source_id=fields.get("wp:author_id", ""),
            login=login,
            email=fields.get("wp:author_email", ""),
            display_name=fields.get("wp:author_display_name", ""),
            first_name=fields.get("wp:author_first_name", ""),
            last_name=fields.get("wp:author_last_name", ""),
        )

    def _guest(self, post: ParsedPost) -> None:
        """A guest author of Co-Authors Plus: a post whose name is the author's, prefixed once with `cap-`."""
        slug = (post.meta_value("cap-user_login") or post.slug).strip().removeprefix("cap-")
        if post.slug.startswith("cap-"):
            slug = post.slug.removeprefix("cap-")
        name = post.meta_value("cap-display_name") or post.title
        slug = slug or name
        if not slug:
            return
        self.found.guests[slug] = ParsedAuthor(
            kind="guest",
            source_id=post.source_id,
            login=post.meta_value("cap-user_login"),
            email=post.meta_value("cap-user_email"),
            display_name=name,
            first_name=post.meta_value("cap-first_name"),
            last_name=post.meta_value("cap-last_name"),
            slug=slug,
            biography=post.meta_value("cap-description") or post.content,
            website=post.meta_value("cap-website") or post.meta_value("cap-user_url"),
            linked_login=post.meta_value("cap-linked_account"),
            portrait=_portrait(post.meta_value("_thumbnail_id")),
        )

    def _media(self, post: ParsedPost) -> None:
        url = post.attachment_url or post.guid or post.link
        attached_file = post.meta_value("_wp_attached_file")
        if post.source_id in self.found.media:
            self.found.media_twice += 1
        self.found.media[post.source_id] = ParsedMedia(
            source_id=post.source_id,
            url=url,
            title=unescape(post.title),
            alt=unescape(post.meta_value("_wp_attachment_image_alt")).strip(),
            caption=post.excerpt,
            credit=_credit(post),
            parent_id=post.parent_id,
            file_path=attached_file,
        )
        if post.parent_id:
            self.found.attached.setdefault(post.parent_id, []).append(post.source_id)

    def _term(self, element: Element) -> None:
        fields = {child.name: child.text for child in element.children if not child.children}
        meta = {
            child.child_text("wp:meta_key"): _raw(child, "wp:meta_value")
            for child in element.children
            if child.name == "wp:termmeta"
        }
        if element.name == "wp:category":
            taxonomy, slug = "category", fields.get("wp:category_nicename", "")
            name, parent = fields.get("wp:cat_name", ""), fields.get("wp:category_parent", "")
            description = fields.get("wp:category_description", "")
        elif element.name == "wp:tag":
            taxonomy, slug = "post_tag", fields.get("wp:tag_slug", "")
            name, parent, description = (
                fields.get("wp:tag_name", ""),
                "",
                fields.get("wp:tag_description", ""),
            )
        else:
            taxonomy, slug = fields.get("wp:term_taxonomy", ""), fields.get("wp:term_slug", "")
            name, parent = fields.get("wp:term_name", ""), fields.get("wp:term_parent", "")
            description = fields.get("wp:term_description", "")
        slug = slug or unescape(name)
        if not slug or not taxonomy:
            return
        term = ParsedTerm(
            taxonomy, slug, unescape(name) or slug, parent, description, fields.get("wp:term_id", ""), meta
        )
        self.found.terms[taxonomy, slug] = term
        if taxonomy == "category":
            self.found.category_slugs[term.source_id] = slug
        if taxonomy == "author":
            self.found.author_terms[slug] = ParsedAuthor(
                kind="term",
                source_id=meta.get("user_id", ""),
                email=meta.get("user_email", ""),
                display_name=name,
                first_name=meta.get("first_name", ""),
                last_name=meta.get("last_name", ""),
                slug=slug,
                biography=meta.get("description", ""),
                website=meta.get("user_url", ""),
                portrait=_portrait(meta.get("avatar", "")),
            )

    def _finish(self) -> None:
        channel, found = self.channel, self.found
        blog = channel.get("wp:base_blog_url", "").rstrip("/")
        site = channel.get("wp:base_site_url", "").rstrip("/")
        link = channel.get("link", "").rstrip("/")
        addresses = list(dict.fromkeys(address for address in (blog, link, site) if address))
        version = channel.get("wp:wxr_version", "")
        found.site = ParsedSite(
            title=unescape(channel.get("title", "")),
            address=addresses[0] if addresses else "",
            other_addresses=tuple(addresses[1:]),
            language=channel.get("language", ""),
            version=version,
        )
        if not version:
            found.warnings.append("The export names no format version; it was read as version 1.2.")
        elif version not in KNOWN_VERSIONS:
            found.warnings.append(
                f"The export names an unknown format version, “{version[:20]}”; it was read as 1.2."
            )
        found.warnings.extend(self.mending.warnings)


def parse_date(text: str) -> datetime | None:
    """A date as the database wrote it, without its zone; None for none and for the year nought."""
    if not text or text.startswith("0000"):
        return None
    try:
        # Without its zone: that is another field, or the whole site's.
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return None


def _credit(post: ParsedPost) -> str:
    """Who made an image, where a plugin or the camera said so."""
    for key in (
        "_media_credit",
        "_wp_attachment_source_name",
        "photo_credit",
        "media_credit",
        "_navis_media_credit_org",
    ):
        value = unescape(post.meta_value(key)).strip()
        if value:
            return value
    metadata = post.meta_value("_wp_attachment_metadata")
    start = metadata.find('s:6:"credit";s:')
    if start < 0:
        return ""
    _, _, rest = metadata[start:].partition('";s:')
    length, _, value = rest.partition(':"')
    if not length.isdigit():
        return ""
    return value.encode()[: int(length)].decode("utf-8", "ignore").strip()


def _post_type(item: Element) -> str:
    for child in item.children:
        if child.name == "wp:post_type":
            return child.text
    return ""


def _raw(element: Element, name: str) -> str:
    for child in element.children:
        if child.name == name:
            return child.raw_text
    return ""


def _portrait(media_id: str) -> MediaRef | None:
    return MediaRef(media_id) if media_id.isdigit() else None
