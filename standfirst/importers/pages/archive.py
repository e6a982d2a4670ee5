"""A folder of saved pages as an archive that can be imported."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

from standfirst.bylines.reading import Archive, Byline, learn
from standfirst.importers.errors import NotAnArchive
from standfirst.importers.pages.body import convert_body
from standfirst.importers.pages.credits import CreditReader, Decision
from standfirst.importers.pages.folder import SavedPictures
from standfirst.importers.pages.records import Kind, ParsedPage, Shelf
from standfirst.importers.pages.survey import (
    PART,
    POSTS,
    AuthorPage,
    Survey,
    entries_of,
    names_by_address,
    slug_of,
    survey,
)
from standfirst.importers.reading.addresses import old_path, resolve
from standfirst.importers.reading.archive import Opening
from standfirst.importers.reading.documents import Unreadable, read_document
from standfirst.importers.reading.drafting import with_body
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.keys import ledger_key
from standfirst.importers.reading.people import Bylines, ReadByline
from standfirst.importers.reading.records import (
    Claim,
    DraftArticle,
    DraftContributor,
    DraftTerm,
    LeftBehind,
    MediaRef,
    OldPath,
    Outcome,
    ParsedAuthor,
    ParsedMedia,
    ParsedSite,
    Publicity,
    Skipped,
    UnreadField,
)
from standfirst.importers.reading.sections import Categories, Shelved, Shelves
from standfirst.importers.reading.workers import in_batches, read_in_parts
from standfirst.importers.report import MOST_NAMED
from standfirst.text.markup import plain_text
from standfirst.text.slugs import slug_for

FORMAT = "pages"
AUTHORSHIP = frozenset({"author", "organisation", "interviewer"})
_BY_NUMBER = re.compile(r"/\?p=\d+\Z")
_IDENTIFIERS = (
    ("orcid", re.compile(r"https?://(?:www\.)?orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])/?\Z")),
    ("isni", re.compile(r"https?://(?:www\.)?isni\.org/(?:isni/)?(\d{15}[\dX])/?\Z")),
    ("viaf", re.compile(r"https?://(?:www\.)?viaf\.org/viaf/(\d+)/?\Z")),
    ("wikidata", re.compile(r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q\d+)\Z")),
)


@dataclass(slots=True)
class Reading:
    """All that is needed to draft one page after another; it travels to another process."""

    found: Survey
    decisions: dict[str, Decision]
    bylines: Bylines
    shelves: Shelves
    now: datetime


class SavedPagesArchive(Shelved):
    """One folder of saved pages, surveyed. Raises ImportRefused if it is none."""

    format = FORMAT
    system = "Saved pages"

    def __init__(self, path: Path, opening: Opening) -> None:
        if not path.is_dir():
            raise NotAnArchive(
                f"{path.name} is one page; give the folder the pages of the site were saved in; nothing was imported."
            )
        found = survey(path, zone=opening.zone, on_files=opening.on_bytes)
        self._found = found
        if not found.of_kind(Kind.ARTICLE):
            raise NotAnArchive(
                f"{path} holds {len(found.pages)} pages, but none that says it is an article (by schema.org, Open Graph, "
                "microformats, or a headline with a byline); nothing was imported."
            )
        organisations = {
            one.name
            for page in found.pages.values()
            for one in page.named
            if one.kind == "organisation" and one.name
        }
        bylines = Bylines(
            publication=found.title, language=found.language, organisations=sorted(organisations)
        )
        self._shelves = Shelves(_categories(found, path.name), dict(_names(found, "tags")))
        self._reading = Reading(found, _decide(found, bylines), bylines, self._shelves, opening.now)
        # Names are settled by now, and take most of the room.
        for key, page in found.of_kind(Kind.ARTICLE):
            found.pages[key] = replace(page, named=())
        self._has_uploads = opening.uploads is not None
        self._shelf_paths = _shelf_paths(found)

    @property
    def site(self) -> ParsedSite:
        found = self._found
        others = tuple(
            f"http://{host}" for host in sorted(found.site.hosts) if host and not host.endswith(".invalid")
        )
        return ParsedSite(found.title, found.address, others, found.language)

    @property
    def expected(self) -> int:
        return len(self._found.of_kind(Kind.ARTICLE, Kind.TEXT, Kind.OTHER))

    @property
    def warnings(self) -> tuple[str, ...]:
        found = list(self._found.warnings)
        if self._has_uploads:
            found.append("--uploads was not needed: pictures are looked for beside the pages.")
        broken = sum(page.broken_blocks for page in self._found.pages.values())
        if broken:
            found.append(
                f"{broken} blocks of structured data could not be read; what else their pages say was taken."
            )
        return tuple(found)

    @property
    def conclusions(self) -> tuple[str, ...]:
        return tuple(self._found.conclusions)

    @property
    def unread(self) -> tuple[UnreadField, ...]:
        return ()

    @property
    def media(self) -> Mapping[str, ParsedMedia]:
        return {}

    @property
    def pictures(self) -> SavedPictures:
        hosts = tuple(sorted({host for host in self._found.folder.hosts if host}))
        return SavedPictures(self._found.folder.root, hosts)

    @property
    def contributors(self) -> tuple[DraftContributor, ...]:
        return self._reading.bylines.contributors

    @property
    def author_records(self) -> int:
        return self._reading.bylines.records

    def read_counts(self) -> dict[str, int]:
        found = self._found
        return {
            "articles": len(found.of_kind(Kind.ARTICLE)),
            "pages": len(found.of_kind(Kind.TEXT, Kind.OTHER)),
            "authors": self.author_records,
            "categories": len(self._shelves.categories.uses),
            "tags": len(self._shelves.tags),
            "other": sum(left.count for left in self.left_out()),
        }

    def left_out(self) -> Iterator[LeftBehind]:
        found = self._found
        groups = {
            "an author page; what it says is with the contributor": [
                p.file for _, p in found.of_kind(Kind.AUTHOR)
            ],
            "a list of articles; lists are made anew here": [p.file for _, p in found.of_kind(Kind.LISTING)],
            "another copy of a page": found.copies,
        }
        for reason, files in groups.items():
            if files:
                yield LeftBehind("other", reason, len(files), tuple(files[:MOST_NAMED]))
        if found.folder.copies:
            yield LeftBehind("other", "a page as it was before its links were converted", found.folder.copies)
        for reason, files in sorted(found.unreadable.items()):
            yield LeftBehind("other", reason, len(files), tuple(files[:MOST_NAMED]))

    def term(self, key: str) -> DraftTerm:
        slug = key.partition(":")[2]
        return DraftTerm(key, self._shelves.name(key), slug, old_paths=tuple(self._shelf_paths.get(key, ())))

    def site_paths(self) -> Iterator[OldPath]:
        found = self._found
        known = {draft.key for draft in self.contributors}
        for author in found.authors.values():
            if f"author:{author.key}" not in known:
                continue
            for key in author.keys:
                address = author.address if key == author.key else found.pages[key].address
                for path in dict.fromkeys([old_path(address), key]):
                    yield OldPath(path, f"contributor:author:{author.key}")
        for key in names_of_unsaved(self._reading):
            yield OldPath(key, f"contributor:author:{key}")
        for term, paths in self._shelf_paths.items():
            for path in paths:
                yield OldPath(path, term)

    def drafts(self, *, processes: int | None = None) -> Iterator[Outcome]:
        wanted = self._reading.found.of_kind(Kind.ARTICLE, Kind.TEXT, Kind.OTHER)
        keys = [key for _file, key in sorted((page.file, key) for key, page in wanted)]
        drafts = read_in_parts(
            partial(read_drafts, self._reading),
            in_batches(keys, most=PART),
            expected=len(keys) * POSTS,
            processes=processes,
        )
        return chain.from_iterable(drafts)

    def claims(self) -> tuple[Claim, ...]:
        return tuple(claims(self._reading))


# ----------------------------------------------------------------------------------------------------------- the people


def _decide(found: Survey, bylines: Bylines) -> dict[str, Decision]:
    """Whom each article credits; the people it takes are taken in."""
    unsaved = names_by_address(found)
    for author in found.authors.values():
        bylines.profile(_profile(author, found))
    for key, one in unsaved.items():
        bylines.profile(ParsedAuthor("page", key, display_name=one.name, slug=slug_of(key), email=one.email))

    def name_at(url: str) -> str:
        author = found.authors.get(found.key(url))
        return author.profile.name if author else ""

    def person_at(url: str) -> str:
        key = found.key(url)
        return key if key in found.authors or key in unsaved else ""

    reader = CreditReader(
        found.title, name_at, person_at, _archive(found, [one.name for one in unsaved.values()])
    )
    bylines.learnt(reader.archive)
    decisions: dict[str, Decision] = {}
    for key, page in found.of_kind(Kind.ARTICLE):
        decisions[key] = reader.decide(page.named, page.language or found.language)
        bylines.see(decisions[key].entries)
    return decisions


def _archive(found: Survey, unsaved: Iterable[str]) -> Archive:
    """What the bylines of all articles say of each other, and the names of those who have a page or are said to be persons."""
    articles = found.of_kind(Kind.ARTICLE)
    return learn(
        (
            Byline(
                one.name,
                "byline" if one.role == "byline" else "author",
                page.language or found.language,
            )
            for _, page in articles
            for one in page.named
            if one.name and one.kind != "organisation"
        ),
        contributors=[
            *(author.profile.name for author in found.authors.values()),
            *unsaved,
            *(one.name for _, page in articles for one in page.named if one.kind == "person"),
        ],
        publication=found.title,
    )


def names_of_unsaved(reading: Reading) -> list[str]:
    """The keys of author pages that articles link to and that were not saved."""
    known = (
        draft.key.removeprefix("author:")
        for draft in reading.bylines.contributors
        if draft.key.startswith("author:")
    )
    return [key for key in known if key not in reading.found.authors and key.startswith("/")]


def _profile(author: AuthorPage, found: Survey) -> ParsedAuthor:
    profile = author.profile
    links = [link.url for link in profile.links if not found.site.key_of(link.url)]
    identifiers = [
        (name, said.group(1))
        for url in links
        for name, pattern in _IDENTIFIERS
        if (said := pattern.match(url))
    ]
    known = {url for url in links if any(pattern.match(url) for _, pattern in _IDENTIFIERS)}
    return ParsedAuthor(
        kind="page",
        source_id=author.key,
        email=profile.email,
        display_name=profile.name,
        slug=slug_of(author.key),
        biography=profile.biography,
        portrait=MediaRef(url=found.folder.file_of(profile.image) or profile.image)
        if profile.image
        else None,
        websites=tuple(url for url in links if url not in known),
        aliases=profile.aliases,
        identifiers=tuple(identifiers),
    )


# ----------------------------------------------------------------------------------------------------------- the shelves


def _slug(shelf: Shelf) -> str:
    return slug_for(shelf.name, fallback="topic")


def _names(found: Survey, what: str) -> list[tuple[str, str]]:
    """The short names of sections or tags, each with the words most used for it."""
    words: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _, page in found.of_kind(Kind.ARTICLE):
        for shelf in page.sections if what == "sections" else page.tags:
            words[_slug(shelf)][shelf.name] += 1
    return [(slug, names.most_common(1)[0][0]) for slug, names in words.items()]


def _categories(found: Survey, source: str) -> Categories:
    uses: Counter[str] = Counter()
    for _, page in found.of_kind(Kind.ARTICLE):
        uses.update({_slug(shelf) for shelf in page.sections})
    return Categories(source, uses, dict(_names(found, "sections")), defaults=("uncategorized",))


def _shelf_paths(found: Survey) -> dict[str, list[str]]:
    """The addresses sections and tags had, as far as articles linked to them."""
    paths: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for _, page in found.of_kind(Kind.ARTICLE):
        for kind, shelves in (("category", page.sections), ("tag", page.tags)):
            for shelf in shelves:
                key = found.key(shelf.url) if shelf.url else ""
                if not key or key == "/" or (key in found.pages and found.pages[key].kind is Kind.ARTICLE):
                    continue
                listed = found.pages.get(key)
                path = old_path(listed.address) if listed is not None else key
                paths[f"{kind}:{_slug(shelf)}"][path] = None
    return {key: list(found) for key, found in paths.items()}


# ------------------------------------------------------------------------------------------------------------ articles


def read_drafts(reading: Reading, keys: Sequence[str]) -> list[Outcome]:
    """The second pass over some pages: each with its text; may run in processes of their own."""
    pages = reading.found.pages
    return [
        fenced(
            partial(_draft, key, pages[key], reading),
            kind=_kind(pages[key]),
            record=f"page {pages[key].file}",
        )
        for key in keys
    ]


def _kind(page: ParsedPage) -> str:
    return "articles" if page.kind is Kind.ARTICLE else "pages"


def _draft(key: str, page: ParsedPage, reading: Reading) -> DraftArticle | Skipped:
    found = reading.found
    try:
        document = read_document((found.folder.root / page.file).read_bytes())
    except (Unreadable, OSError) as reason:
        return Skipped(_kind(page), f"could not be read again ({reason})", page.file)
    lead = found.folder.file_of(page.image) or page.image
    body, how = convert_body(
        document,
        headline=page.headline,
        lead_image=lead,
        base=found.files[page.file].base,
        folder=found.folder,
        own_path=partial(_own_path, found),
    )
    if not body.blocks and (page.kind is not Kind.ARTICLE or not page.headline):
        return Skipped(_kind(page), f"{page.why}, and holds no text", page.file)
    make = _article if page.kind is Kind.ARTICLE else _page
    draft = make(key, page, lead, reading)
    notes = draft.notes
    if not body.blocks:
        notes += ("have no text that was found",)
    elif how == "whole article":
        notes += ("do not say where their text is; all of the article was taken",)
    if body.unknown_blocks:
        notes += ("held something in a frame whose address was not saved",)
    return with_body(
        replace(draft, notes=notes, standfirst=_standfirst(page, body.blocks)), body, source="pages"
    )


def _own_path(found: Survey, url: str) -> str:
    key = found.key(url)
    if not key:
        return ""
    page = found.pages.get(key)
    return old_path(page.address) if page is not None else key


def _standfirst(page: ParsedPage, blocks: Collection[tuple[str, object]]) -> str:
    """A page's standfirst, unless it is but the beginning of its text, as systems make one for want of any."""
    if page.is_standfirst_printed:
        return page.standfirst
    said = re.sub(r"\W+", "", page.standfirst).casefold()
    first = next((str(value) for kind, value in blocks if kind == "paragraph"), "")
    text = re.sub(r"\W+", "", plain_text(first)).casefold()
    return "" if said and text.startswith(said[:80]) else page.standfirst


def _article(key: str, page: ParsedPage, lead: str, reading: Reading) -> DraftArticle:
    decision = reading.decisions[key]
    notes: list[str] = []
    publicity = Publicity.LIVE
    if withheld := _withheld(page, reading.now):
        notes.append(f"{withheld}, so they are drafts here")
        publicity = Publicity.DRAFT
    elif page.published is None:
        notes.append("have no date, so they are drafts here")
        publicity = Publicity.DRAFT
    elif page.published > reading.now:
        publicity = Publicity.SCHEDULED
    if page.dates_differ:
        notes.append("state several dates")
    byline = _with_evidence(reading.bylines.byline(decision.entries), decision, reading.bylines)
    if not byline.credits:
        notes.append("name no author")
    slugs = [_slug(shelf) for shelf in page.sections]
    section, topics = reading.shelves.shelve(
        slugs, [_slug(shelf) for shelf in page.tags], has_primary=bool(slugs)
    )
    return DraftArticle(
        key=ledger_key(f"page:{key}"),
        is_page=False,
        publicity=publicity,
        headline=page.headline or "Untitled",
        slug=slug_for(slug_of(key) or page.headline, fallback="article"),
        published_at=page.published,
        updated_at=page.updated or page.published,
        credits=byline.credits,
        section_key=section,
        topic_keys=topics,
        lead_image=MediaRef(url=lead) if lead else None,
        lead_alt=page.image_alt,
        lead_caption=page.image_caption,
        old_paths=_old_paths(key, page, reading.found) if publicity is not Publicity.DRAFT else (),
        raw_byline=decision.raw or byline.raw,
        doubts=(
            *decision.doubts,
            *(d for d in byline.doubts if d.raw not in {x.raw for x in decision.doubts}),
        ),
        notes=(*notes, *byline.notes),
        source_status=page.why,
        feed_id=_feed_id(page),
    )


def _page(key: str, page: ParsedPage, lead: str, reading: Reading) -> DraftArticle:
    withheld = _withheld(page, reading.now)
    is_sure = page.kind is Kind.TEXT and not withheld
    why = withheld or "do not say what they are"
    return DraftArticle(
        key=ledger_key(f"page:{key}"),
        is_page=True,
        publicity=Publicity.LIVE if is_sure else Publicity.DRAFT,
        headline=page.headline or "Untitled",
        slug=slug_for(slug_of(key) or page.headline, fallback="page"),
        published_at=page.published,
        updated_at=page.updated or page.published,
        lead_image=None,
        old_paths=_old_paths(key, page, reading.found) if is_sure else (),
        notes=() if is_sure else (f"{why}, so they are drafts here",),
        source_status=page.why,
    )


def _withheld(page: ParsedPage, now: datetime) -> str:
    """Why a page was not public by now; empty if nothing says so."""
    return page.withheld or ("had expired" if page.expires and page.expires <= now else "")


def _with_evidence(byline: ReadByline, decision: Decision, bylines: Bylines) -> ReadByline:
    """The credits, each saying on which places of the page it rests."""
    places: dict[str, str] = {}
    for entry, evidence in zip(decision.entries, decision.evidence, strict=True):
        for credit in bylines.byline([entry]).credits:
            places.setdefault(credit.contributor_key, evidence)
    credits = tuple(
        replace(credit, evidence=places.get(credit.contributor_key) or credit.evidence)
        for credit in byline.credits
    )
    return replace(byline, credits=credits)


def _feed_id(page: ParsedPage) -> str:
    """What feeds most likely called a page: WordPress calls a post by its first address, most others by its present one."""
    stated = [url for url in (page.address, *page.addresses) if url.startswith(("http://", "https://"))]
    first = next((url for url in stated if _BY_NUMBER.search(url)), "")
    return first or (page.address if page.is_stated and page.address in stated else "")


def _old_paths(key: str, page: ParsedPage, found: Survey) -> tuple[str, ...]:
    """Every address a page had, as paths with their queries."""
    file = found.files[page.file]
    urls = [page.address, *(url for url in page.addresses if found.key(url) == key)]
    if file.host:
        urls.append(file.address)
    paths = [old_path(url) for url in urls if found.site.key_of(url)]
    if not page.is_stated and file.host and re.search(r"\.html?\Z", paths[-1] if paths else ""):
        # wget -E may have added the ending.
        paths.append(re.sub(r"\.html?\Z", "", paths[-1]))
    return tuple(path for path in dict.fromkeys(paths) if path.strip("/"))


# ------------------------------------------------------------------------------------------------------ the truth report


def claims(reading: Reading) -> Iterator[Claim]:
    """What the old site said each contributor had written, beside what was found, by name."""
    found = reading.found
    by_person: defaultdict[str, dict[str, bool]] = defaultdict(
        dict
    )  # article key → whether they are its author
    for key, decision in reading.decisions.items():
        for credit in reading.bylines.byline(decision.entries).credits:
            is_author = credit.role in AUTHORSHIP
            by_person[credit.contributor_key][key] = (
                by_person[credit.contributor_key].get(key, False) or is_author
            )
    addresses = {key: page.address for key, page in found.pages.items()}
    everybody = sorted(
        reading.bylines.contributors, key=lambda draft: (draft.display_name.casefold(), draft.key)
    )
    for draft in everybody:
        author = found.authors.get(draft.key.removeprefix("author:"))
        credited = by_person.get(draft.key, {})
        listed = entries_of(author.parts, found) if author else []
        articles = [key for key in listed if key in reading.decisions]
        missing = [key for key in listed if key not in found.pages and found.may_be_article(key)]
        spoken = [part.claimed for part in author.parts if part.claimed is not None] if author else []
        yield Claim(
            contributor=draft.display_name,
            claimed=spoken[0] if spoken else None,
            found=sum(credited.values()),
            source=author.address if author else "",
            listed_and_found=tuple(addresses[key] for key in articles if key in credited),
            listed_and_missing=tuple(resolve(f"{found.address}/", key) or key for key in missing),
            listed_and_uncredited=tuple(addresses[key] for key in articles if key not in credited),
            found_and_unlisted=tuple(addresses[key] for key in credited if key not in set(articles)),
        )
