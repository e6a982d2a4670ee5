"""Reads every page of a folder once, and settles what they are to each other: whose, of what site, and which are copies."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from functools import partial
from itertools import chain
from pathlib import Path

from standfirst.importers.errors import NotAnArchive
from standfirst.importers.pages.folder import SavedFile, SavedFolder, walk
from standfirst.importers.pages.handmade import common_name
from standfirst.importers.pages.reading import read_page
from standfirst.importers.pages.records import Kind, ListingPart, Named, ParsedPage, Profile
from standfirst.importers.reading.addresses import SiteAddresses, host_name, last_word
from standfirst.importers.reading.documents import LARGEST, Unreadable, read_document
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.records import Refused
from standfirst.importers.reading.workers import in_batches, read_in_parts
from standfirst.text.names import matching_form
from standfirst.text.urls import parts_of

# Pages that one process reads at once, and how many posts are read in the time of one page.
PART, POSTS = 10, 10
# What so many articles have in common is the site's, not theirs.
_COMMON = 0.3
_FEW = 5
_LIST_PATH = re.compile(
    r"\A/(?:tags?|topics?|category|categories|sections?|authors?|page|archives?|search|login|register|subscribe|about|contact|privacy|terms)(?:/|\Z)"
    r"|/page/\d+\Z|[?&](?:s|q|paged?)=",
    re.I,
)


@dataclass(slots=True)
class AuthorPage:
    """An author page with all of its listing pages."""

    key: str
    address: str
    profile: Profile
    parts: list[ListingPart] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)  # of every page of it


@dataclass(slots=True)
class Survey:
    """Everything about a folder but the text of its articles."""

    folder: SavedFolder
    address: str = ""
    title: str = ""
    language: str = ""
    site: SiteAddresses = field(default_factory=SiteAddresses)
    files: dict[str, SavedFile] = field(default_factory=dict)
    pages: dict[str, ParsedPage] = field(default_factory=dict)  # by key
    aliases: dict[str, str] = field(default_factory=dict)  # other keys a page goes by
    authors: dict[str, AuthorPage] = field(default_factory=dict)
    copies: list[str] = field(default_factory=list)
    unreadable: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    warnings: list[str] = field(default_factory=list)
    conclusions: list[str] = field(default_factory=list)  # from what was weighed, and why

    def key(self, url: str) -> str:
        """The key of the page an address is of; empty if that is not on this site."""
        key = self.site.key_of(url) if url else ""
        return self.aliases.get(key, key)

    def of_kind(self, *kinds: Kind) -> list[tuple[str, ParsedPage]]:
        return [(key, page) for key, page in self.pages.items() if page.kind in kinds]

    def may_be_article(self, key: str) -> bool:
        """Whether an address that was not saved can have been an article's."""
        return bool(key) and key != "/" and not _LIST_PATH.search(key) and key not in self.authors


def survey(path: Path, *, zone: tzinfo, on_files: Callable[[int], None] | None = None) -> Survey:
    """Reads a folder of saved pages. Raises NotAnArchive, in one sentence, if it is none, or is several."""
    folder = walk(path)
    if not folder.pages:
        raise NotAnArchive(f"{path} holds no saved pages (files that end in .html); nothing was imported.")
    found = Survey(folder)
    read: list[ParsedPage] = []
    looks = read_in_parts(
        partial(_read_some, folder, zone),
        in_batches(folder.pages, most=PART),
        expected=len(folder.pages) * POSTS,
    )
    for file, page in zip(folder.pages, chain.from_iterable(looks), strict=True):
        if isinstance(page, ParsedPage):
            read.append(page)
        else:
            found.unreadable[page].append(file.path)
        if on_files is not None:
            on_files(len(read))
    if not read:
        raise NotAnArchive(f"{path} holds no page that can be read; nothing was imported.")
    found.files = {file.path: file for file in folder.pages}
    _settle_site(found, read, path)
    _settle_addresses(found, read)
    _settle_texts(found)
    _settle_authors(found)
    _settle_lists(found)
    _settle_issues(found)
    _drop_what_is_the_sites(found)
    return found


def _read_some(folder: SavedFolder, zone: tzinfo, files: Sequence[SavedFile]) -> list[ParsedPage | str]:
    """Some pages, or why one cannot be read; may run in a process of its own."""
    pages: list[ParsedPage | str] = []
    for file in files:
        page = fenced(partial(_read_or_not, file, folder, zone), kind="other", record=file.path)
        pages.append(page.reason if isinstance(page, Refused) else page)
    return pages


def _read_or_not(file: SavedFile, folder: SavedFolder, zone: tzinfo) -> ParsedPage | str:
    try:
        return _read(file, folder, zone)
    except Unreadable as reason:
        return str(reason)


def _read(file: SavedFile, folder: SavedFolder, zone: tzinfo) -> ParsedPage:
    full = folder.root / file.path
    try:
        if not full.resolve().is_relative_to(folder.root):
            raise Unreadable("is a link that leads out of the folder")
        if full.stat().st_size > LARGEST:
            raise Unreadable("is larger than any page (over 12 MB)")
        content = full.read_bytes()
    except OSError as error:
        raise Unreadable(f"cannot be read ({error.strerror})") from error
    here = SiteAddresses(frozenset([host_name(file.host)]) if file.host else frozenset())
    path = SiteAddresses(frozenset([host_name(parts_of(file.address).netloc)])).key_of(file.address)

    def is_own(url: str) -> bool:
        host = host_name(parts_of(url).netloc)
        # A mirror made of a test server may state the addresses of the real one.
        return not file.host or here.is_own(host) or SiteAddresses(frozenset([host])).key_of(url) == path

    return read_page(
        read_document(content),
        file=file.path,
        base=file.base,
        file_address=file.address,
        zone=zone,
        is_own=is_own,
    )


# ------------------------------------------------------------------------------------------------------ whose they are


def _settle_site(found: Survey, read: list[ParsedPage], path: Path) -> None:
    """Finds the one site the pages are of. Raises NotAnArchive where they are of several."""
    wanted: Counter[str] = Counter()
    schemes: Counter[str] = Counter()
    spelt: Counter[str] = Counter()
    folders: defaultdict[str, set[str]] = defaultdict(set)
    for page in read:
        parts = parts_of(page.address)
        file = found.files[page.file]
        if page.kind is Kind.ARTICLE or page.is_stated:
            weight = 2 if page.kind is Kind.ARTICLE else 1
            if page.is_stated or file.host:
                wanted[host_name(parts.netloc)] += weight
                spelt[parts.netloc] += weight
                schemes[parts.scheme] += 1 if page.is_stated else 0
        if file.host:
            folders[host_name(parts.netloc)].add(host_name(file.host))
    main = wanted.most_common(1)[0][0] if wanted else next((host for host in found.folder.hosts if host), "")
    others = [
        (host, count) for host, count in wanted.items() if host != main and not folders[host] & folders[main]
    ]
    serious = [host for host, count in others if count * 10 >= wanted[main] and count > 2]
    if serious:
        folder = found.folder.hosts
        first = next((f"{path}/{host}" for host in folder if host_name(host) == main), "")
        mend = (
            f"give the folder of one of them, such as {first}"
            if first
            else "sort them into folders, one a site"
        )
        raise NotAnArchive(
            f"{path} holds pages of several sites ({', '.join([main, *serious][:4])}); nothing was imported; {mend}."
        )
    hosts = {
        main,
        *folders[main],
        "saved.invalid",
        *(host for host in folders if folders[host] & folders[main]),
    }
    found.site = SiteAddresses(frozenset(hosts))
    name = next((host for host, _ in spelt.most_common() if host_name(host) == main), main)
    scheme = schemes.most_common(1)[0][0] if schemes else "https"
    found.address = f"{scheme or 'https'}://{name}" if name and name != "saved.invalid" else ""
    titles = Counter(page.site_name for page in read if page.site_name)
    if name == "saved.invalid":
        name = ""
    found.title = titles.most_common(1)[0][0] if titles else name or common_name(page.title for page in read)
    languages = Counter(page.language for page in read if page.language)
    found.language = languages.most_common(1)[0][0] if languages else ""


def _settle_addresses(found: Survey, read: list[ParsedPage]) -> None:
    """Gives each page its key, and tells copies from pages."""
    own: defaultdict[str, list[ParsedPage]] = defaultdict(list)
    foreign = 0
    for page in read:
        key = found.site.key_of(page.address)
        if not key:
            foreign += 1
            page = replace(page, address=found.files[page.file].address, is_stated=False)
            key = found.site.key_of(page.address)
        own[key].append(page)
    if foreign:
        found.warnings.append(
            f"{foreign} pages say their address is on another site; that of their file was taken."
        )
    misled = 0
    for key, pages in list(own.items()):
        if len({page.headline for page in pages if page.kind is Kind.ARTICLE}) < 2 and key != "/":
            continue
        # Different articles cannot share one address: the theme states a wrong one on each of them.
        for page in list(pages):
            if page.kind is not Kind.ARTICLE:
                continue
            address = found.files[page.file].address
            if (real := found.site.key_of(address)) != key:
                pages.remove(page)
                own[real].append(replace(page, address=address, is_stated=False))
                misled += 1
    if misled:
        found.warnings.append(
            f"{misled} pages state an address that another article has; that of their file was taken."
        )
    for key, pages in own.items():
        if not pages:
            continue
        best, *others = sorted(pages, key=lambda page: _likeness(page, key, found))
        found.pages[key] = best
        for page in pages:
            for url in (
                found.files[page.file].address,
                found.files[page.file].base,
                page.address,
                *page.addresses,
            ):
                other = found.site.key_of(url)
                if other and other not in own:
                    found.aliases.setdefault(other, key)
        for page in others:
            if page.kind in (Kind.AUTHOR, Kind.LISTING) and page.listing is not None:
                # Pages of one list often state the address of its first.
                real = found.site.key_of(found.files[page.file].address)
                if real not in own:
                    found.pages[real] = page
                    found.aliases.pop(real, None)
                    continue
            found.copies.append(page.file)


def _likeness(page: ParsedPage, key: str, found: Survey) -> tuple[bool, bool, bool, int, str]:
    file = found.files[page.file]
    return (
        page.kind is not Kind.ARTICLE and any(True for _ in page.named),
        found.site.key_of(file.address) != key,
        not page.is_stated,
        len(page.file),
        page.file,
    )


# ------------------------------------------------------------------------------------------------------ author pages


def _settle_texts(found: Survey) -> None:
    """Takes signed texts for articles, where nothing in the folder says of itself that it is one, or less than these."""
    texts = [(key, page) for key, page in found.of_kind(Kind.OTHER) if page.is_a_text]
    if len(texts) <= len(found.of_kind(Kind.ARTICLE)):
        return
    for key, page in texts:
        found.pages[key] = replace(page, kind=Kind.ARTICLE, why="has a headline and a byline")
    found.conclusions.append(
        f"{len(texts):,} pages are articles, because they have a headline and a byline, although none says that it is one"
    )


def _settle_issues(found: Survey) -> None:
    """Gives articles that do not say when they are of the date of the issue whose page lists them."""
    dated = 0
    for _, page in found.of_kind(Kind.LISTING, Kind.OTHER):
        if page.issue_date is None or page.listing is None:
            continue
        for entry in page.listing.entries:
            key = found.key(entry.url)
            listed = found.pages.get(key)
            if listed is not None and listed.kind is Kind.ARTICLE and listed.published is None:
                found.pages[key] = replace(listed, published=page.issue_date)
                dated += 1
    if dated:
        found.conclusions.append(f"{dated:,} articles have the date of the issue whose page lists them")


def _settle_authors(found: Survey) -> None:
    """Finds the author pages: those that say so, and those articles name as their authors'."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for _, page in found.of_kind(Kind.ARTICLE):
        for one in page.named:
            if one.url and one.name and (key := found.key(one.url)) and key != "/":
                named[key].add(matching_form(one.name))
    for key, names in named.items():
        linked = found.pages.get(key)
        if linked is None or linked.profile is None or len(names) > 1:
            continue
        if linked.kind in (Kind.OTHER, Kind.LISTING, Kind.TEXT):
            found.pages[key] = replace(
                linked, kind=Kind.AUTHOR, why="is where articles say to read about their author"
            )
    pages = dict(found.of_kind(Kind.AUTHOR))
    for key in sorted(pages, key=lambda key: (len(key.split("/")), len(key), key)):
        page = pages[key]
        first = _first_page(key, page, found)
        if first:
            author = found.authors[first]
            author.parts += [page.listing] if page.listing else []
            author.keys.append(key)
        elif page.profile and page.profile.name:
            found.authors[key] = AuthorPage(
                key, page.address, page.profile, [page.listing] if page.listing else [], [key]
            )
    # Parts that only a list's own links join to it.
    for author in found.authors.values():
        waiting = [url for part in author.parts for url in part.others]
        for url in waiting[:2000]:
            key = found.key(url)
            other = found.pages.get(key)
            if other is None or other.kind is not Kind.LISTING or other.listing is None:
                continue
            found.pages[key] = replace(other, kind=Kind.AUTHOR, why="is another page of an author's list")
            author.keys.append(key)
            author.parts.append(other.listing)
            waiting += other.listing.others


def _first_page(key: str, page: ParsedPage, found: Survey) -> str:
    """The author page a page continues, as /author/ada/page/2 does /author/ada; empty if it is one itself."""
    parts = key.partition("?")[0].split("/")
    for length in range(len(parts), 1, -1):
        start = "/".join(parts[:length])
        if start != key and start in found.authors:
            return start
    # What states the address of the first page, and lies elsewhere.
    stated = found.site.key_of(page.address)
    return stated if stated != key and stated in found.authors else ""


def _settle_lists(found: Survey) -> None:
    """A page that mostly leads to other pages here is a list, whatever it looks like."""
    for key, page in found.of_kind(Kind.OTHER):
        if page.listing is None:
            continue
        inside = [entry for entry in page.listing.entries if found.key(entry.url) in found.pages]
        is_contents = page.issue_date is not None and inside
        if (len(inside) >= 4 or is_contents) and len(inside) * 2 > len(page.listing.entries):
            found.pages[key] = replace(page, kind=Kind.LISTING, why="mostly leads to other pages here")


# -------------------------------------------------------------------------------------------------- what is the site's


def _drop_what_is_the_sites(found: Survey) -> None:
    """Takes a picture or description off the articles where most of them have the same one: it is the site's."""
    articles = found.of_kind(Kind.ARTICLE)
    most = max(_FEW, round(len(articles) * _COMMON))
    pictures = Counter(page.image for _, page in articles if page.image)
    lines = Counter(
        page.standfirst for _, page in articles if page.standfirst and not page.is_standfirst_printed
    )
    for key, page in articles:
        image = "" if pictures[page.image] >= most else page.image
        standfirst = "" if lines[page.standfirst] >= most else page.standfirst
        if (image, standfirst) != (page.image, page.standfirst):
            found.pages[key] = replace(page, image=image, standfirst=standfirst)


def names_by_address(found: Survey) -> dict[str, Named]:
    """Whoever articles link to by an address of this site that has no author page here, if it is always one name."""
    named: defaultdict[str, dict[str, Named]] = defaultdict(dict)
    for _, page in found.of_kind(Kind.ARTICLE):
        for one in page.named:
            key = found.key(one.url) if one.url else ""
            if key and key != "/" and key not in found.authors and one.name and one.role != "byline":
                named[key].setdefault(matching_form(one.name), one)
    return {key: next(iter(people.values())) for key, people in named.items() if len(people) == 1}


def slug_of(key: str) -> str:
    return last_word(key)


def entries_of(parts: Iterable[ListingPart], found: Survey) -> list[str]:
    """The keys of everything a list shows over all its pages, in order."""
    keys = dict.fromkeys(found.key(entry.url) for part in parts for entry in part.entries)
    return [key for key in keys if key]
