"""Turns the texts of a folder into drafts of articles and pages."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import lru_cache, partial
from html import escape
from posixpath import normpath

from standfirst.importers.folders import content, dates
from standfirst.importers.folders.addresses import own_paths, stem_of
from standfirst.importers.folders.bylines import LABELS, NEAREST, RawEntry, is_unfinished
from standfirst.importers.folders.content import Reach
from standfirst.importers.folders.documents import Document, read_document
from standfirst.importers.folders.fields import (
    ALT_FIELDS,
    CAPTION_FIELDS,
    CREDIT_FIELDS,
    LEAD_FIELDS,
    RESOURCES,
)
from standfirst.importers.folders.matter import Value
from standfirst.importers.folders.settings import JEKYLL, NIKOLA, PELICAN, text
from standfirst.importers.folders.standing import DRAFT, SO, Limits, limits_of
from standfirst.importers.folders.survey import Findings, is_somebody
from standfirst.importers.reading.drafting import with_remembered_body
from standfirst.importers.reading.memory import Memory
from standfirst.importers.reading.people import ParsedByline, ReadByline
from standfirst.importers.reading.records import (
    BodyBlock,
    ConvertedBody,
    DraftArticle,
    DraftCredit,
    DraftDoubt,
    MediaRef,
    Publicity,
)
from standfirst.importers.reading.sections import Shelves
from standfirst.text import markup
from standfirst.text.slugs import slug_for
from standfirst.text.urls import parts_of

_OTHER_DATES = {
    "contents": "table of contents",
    "folder": "folder it lies in",
    "configuration": "configuration",
}
_LEADS = re.compile(r"feature|cover|lead|hero|header|banner|thumb", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?|\Z)", re.IGNORECASE)


class Drafter:
    """Makes drafts; everything it needs of the folder was found before."""

    def __init__(
        self,
        found: Findings,
        shelves: Shelves,
        *,
        zone: tzinfo,
        now: datetime,
        state: str = "",
        memory: Memory = Memory(),  # noqa: B008 - remembers nothing
    ) -> None:
        self._found, self._shelves = found, shelves
        self._state, self._memory = state, memory  # of all files: a text links to others
        self._zone = found.settings.time_zone() or zone
        self._now = now
        settings = found.settings
        self._texts = frozenset(found.tree.texts)
        self._by_stem: dict[str, str] | None = None
        variables = {
            **settings.variables,
            "config.site_name": settings.title,
            "config.site_url": f"{settings.address}/",
            "site.baseurl": settings.base_path,
            "site.url": settings.address.removesuffix(settings.base_path),
            "site.title": settings.title,
            "baseurl": settings.base_path,
        }
        self._reach = Reach(
            generator=settings.generator,
            pictures=frozenset(found.tree.pictures),
            hosts=_hosts(settings.address),
            variables=variables,
            people={
                draft.key.removeprefix("author:"): draft.display_name
                for draft in found.bylines.contributors
                if draft.key.startswith("author:")
            },
            base_path=settings.base_path,
            resolve=self._resolve,
        )
        self._address = lru_cache(maxsize=20_000)(self._address_of)

    def draft(self, document: Document) -> DraftArticle:
        """The article or page a text becomes."""
        is_page = document.kind == "page"
        notes: dict[str, None] = dict.fromkeys(document.notes)
        limits = limits_of(document.values)
        published = self._published(document, limits)
        publicity = self._publicity(document, published, limits, notes)
        section, topics = ("", ()) if is_page else self._shelve(document)
        byline = ReadByline() if is_page else self._byline(document, notes)
        if not is_page and not byline.credits:
            notes["names no author"] = None
        if not document.is_title_stated and not document.title:
            notes["has no title; its file's name was taken"] = None
        if document.language:
            notes["is another text in another language"] = None
        updated = dates.aware(document.changed, self._zone) if document.changed else None
        lead, alt, caption, credit = self._lead(document)
        article = DraftArticle(
            key=_key(document.path),
            is_page=is_page,
            publicity=publicity,
            headline=document.headline or "Untitled",
            slug=document.slug,
            standfirst=document.standfirst,
            published_at=published if publicity is not Publicity.DRAFT else None,
            updated_at=updated if updated and published and updated > published else published,
            credits=byline.credits,
            section_key=section,
            topic_keys=topics,
            lead_image=lead,
            lead_alt=alt,
            lead_caption=caption,
            lead_credit=credit,
            old_paths=() if document.status == DRAFT else tuple(self._paths(document)),
            raw_byline=byline.raw,
            doubts=byline.doubts,
            notes=tuple(notes),
            search_description=document.search_description[:500],
            source_status=document.status or "published",
            unread=document.unread,
            feed_id=self._feed_id(document),
        )
        return with_remembered_body(
            article,
            partial(self.body_of, document),
            (self._state, document),
            source="folders",
            memory=self._memory,
        )

    def body_of(self, document: Document) -> ConvertedBody:
        body = content.convert(document, self._reach)
        if (elsewhere := self._elsewhere(document)) is None:
            return body
        note = "is about a story elsewhere: a link to it stands at the end"
        return replace(body, blocks=(*body.blocks, elsewhere), notes=(*body.notes, note))

    # ---------------------------------------------------------------------------------------------------------- pieces

    def _publicity(
        self, document: Document, published: datetime | None, limits: Limits, notes: dict[str, None]
    ) -> Publicity:
        if document.status:
            is_said = any(note.endswith(SO) for note in notes)
            if document.status != DRAFT and not is_said:
                notes[f"was not public (“{document.status[:40]}”), {SO}"] = None
            return Publicity.DRAFT
        if any(dates.aware(end, self._zone) < self._now for end in limits.ends):
            notes[f"was no longer shown on the old site, {SO}"] = None
            return Publicity.DRAFT
        if any(dates.aware(day, self._zone) > self._now for day in limits.unsure):
            notes[f"was to be shown from a day that could be two, {SO}"] = None
            return Publicity.DRAFT
        if document.kind == "page":
            return Publicity.LIVE
        if published is None:
            notes[f"has no date, {SO}"] = None
            return Publicity.DRAFT
        if place := _OTHER_DATES.get(document.date_from):
            notes[f"has its date from the {place}"] = None
        return Publicity.SCHEDULED if published > self._now else Publicity.LIVE

    def _published(self, document: Document, limits: Limits) -> datetime | None:
        """When a text was, or is to be, published: its date, or a later day it says it comes out."""
        dated = dates.aware(document.date, self._zone) if document.date else None
        opens = [dates.aware(day, self._zone) for day in limits.opens]
        return max([*opens, dated] if dated else opens) if any(day > self._now for day in opens) else dated

    def _shelve(self, document: Document) -> tuple[str, tuple[str, ...]]:
        slugs = [slug_for(name) for name in document.categories]
        return self._shelves.shelve(slugs, [slug_for(name) for name in document.tags], has_primary=True)

    def _byline(self, document: Document, notes: dict[str, None]) -> ReadByline:
        """The credits of an article, entry by entry: each may bring a note of its own."""
        found = self._found
        credits: dict[tuple[str, str], DraftCredit] = {}
        doubts: list[DraftDoubt] = []
        for entry in document.entries:
            if not is_somebody(entry):
                notes[_nobody(entry)] = None
                continue
            read = found.bylines.byline([found.parsed(entry)])
            for credit in read.credits:
                credits.setdefault((credit.contributor_key, credit.role), _with_note(credit, entry, read))
            doubts += read.doubts
            notes |= dict.fromkeys(read.notes)
            if LABELS.get(entry.field) == "contributor" and read.credits:
                notes[
                    "names who chose its subject: credited as a contributor, for there is no such role here"
                ] = None
            if entry.role in NEAREST and read.credits:
                notes[f"names an {entry.role}: credited as a contributor, for there is no such role here"] = (
                    None
                )
        if not document.entries and found.settings.author and found.settings.generator in (PELICAN, NIKOLA):
            read = found.bylines.byline([ParsedByline(found.settings.author, "author")])
            credits = {(credit.contributor_key, credit.role): credit for credit in read.credits}
            notes["names no author; the one of the configuration was taken"] = None
        raw = "; ".join(f"{entry.field}: {entry.raw}" for entry in document.entries)
        return ReadByline(tuple(credits.values()), tuple(doubts), (), raw)

    def _lead(self, document: Document) -> tuple[MediaRef | None, str, str, str]:
        values = document.values
        extra = values.get("extra")
        for source in (values, extra if isinstance(extra, dict) else {}):
            leading = [source[name] for name in LEAD_FIELDS if name in source]
            for value in (*leading, *_leading(source.get(RESOURCES))):
                url, said = _picture_in(value)
                if url and _PICTURE.search(url):
                    ref = self._reach.picture(document.path, url)
                    if not ref.source_id and "://" in url:
                        return None, "", "", ""
                    return (
                        ref,
                        said.get("alt", "") or _first(source, ALT_FIELDS),
                        said.get("caption", "") or _first(source, CAPTION_FIELDS),
                        markup.plain_text(said.get("credit", "") or _first(source, CREDIT_FIELDS)),
                    )
        return None, "", "", ""

    def _elsewhere(self, document: Document) -> BodyBlock | None:
        """A link to the story on another site that a text is about, where its fields name one and its words do not."""
        url = document.link
        host = (parts_of(url).hostname or "").removeprefix("www.")
        if not host or host in self._reach.hosts or _PICTURE.search(url) or url in document.body:
            return None
        source = text(document.values.get("source"))
        label = source if source and "://" not in source else host
        return BodyBlock("paragraph", f'<p><a href="{escape(url)}">{escape(label)}</a></p>')

    def _paths(self, document: Document) -> list[str]:
        return list(own_paths(document.facts(), self._found.settings, self._found.learned))

    def _feed_id(self, document: Document) -> str:
        """What the site's feed called a text, as itself says or as its generator does; empty where its host is not known."""
        stated = text(document.values.get("guid"))
        host = parts_of(self._found.settings.address)
        path = next(iter(self._paths(document)), "")
        if stated or not (path and host.netloc):
            return stated
        whole = f"{host.scheme or 'https'}://{host.netloc}{path}"
        match self._found.settings.generator:
            case generator if generator == JEKYLL:
                return whole.removesuffix(".html").rstrip("/")
            case generator if generator == PELICAN and document.date:
                return f"tag:{host.netloc.partition(':')[0]},{document.date:%Y-%m-%d}:{path}"
        return whole

    # ----------------------------------------------------------------------------------------------------------- links

    def _resolve(self, path: str, link: str) -> str:
        """The old address of the text a link names, from the text at a path; empty if there is none."""
        link = link.strip().partition("#")[0]
        folder = path.rpartition("/")[0]
        for name in dict.fromkeys(
            (
                normpath(f"{folder}/{link}") if folder else normpath(link),
                link.lstrip("/"),
                f"content/{link.lstrip('/')}",
            )
        ):
            if name in self._texts:
                return self._address(name)
        if "/" not in link.strip("/") or "." not in link:
            stem = stem_of(link) if "." in link else link.rpartition("/")[2]
            known = self._stems().get(stem)
            if known:
                return self._address(known)
        return ""

    def _stems(self) -> dict[str, str]:
        if self._by_stem is None:
            self._by_stem = {stem_of(path): path for path in self._found.tree.texts}
        return self._by_stem

    def _address_of(self, path: str) -> str:
        document = read_document(self._found.tree, path, self._found.around)
        if document.kind not in ("article", "page"):
            return ""
        return next(iter(self._paths(document)), "")


def _key(path: str) -> str:
    """What the ledger calls a text: its path; of a very long one, its end."""
    key = f"file:{path}"
    if len(key) <= 380:
        return key
    return f"file:{hashlib.blake2b(path.encode(), digest_size=8).hexdigest()}:{path[-340:]}"


def _hosts(address: str) -> tuple[str, ...]:
    host = address.partition("://")[2].partition("/")[0].partition(":")[0].lower().removeprefix("www.")
    return (host,) if "." in host else ()


def _nobody(entry: RawEntry) -> str:
    what = "an unfinished template" if is_unfinished(entry.raw) else "the template it was made from"
    return f"names “{entry.raw[:60]}”, who is left from {what}, and credits nobody for it"


def _with_note(credit: DraftCredit, entry: RawEntry, read: ReadByline) -> DraftCredit:
    return (
        replace(credit, printed_note=entry.affiliation)
        if entry.affiliation and len(read.credits) == 1
        else credit
    )


def _leading(resources: Value) -> list[Value]:
    """Those of a text's resources that are named as a lead picture is."""
    named = resources if isinstance(resources, list) else []
    return [one for one in named if isinstance(one, dict) and _LEADS.search(text(one.get("name")))]


def _picture_in(value: Value) -> tuple[str, dict[str, str]]:
    """The address of a picture in a value, and what is said of it."""
    if isinstance(value, str):
        return text(value), {}
    if isinstance(value, list):
        return _picture_in(value[0]) if value else ("", {})
    if isinstance(value, dict):
        for name in ("path", "src", "url", "image", "feature", "teaser", "overlay_image", "file", "source"):
            if text(value.get(name)):
                said = {key: text(value.get(key)) for key in ("alt", "caption", "credit")}
                return text(value[name]), said
    return "", {}


def _first(values: Mapping[str, Value], names: tuple[str, ...]) -> str:
    return next((words for name in names if (words := text(values.get(name)))), "")
