"""Joomla's articles as an archive that can be imported.

The columns are those of `#__content` and the tables beside it
(https://github.com/joomla/joomla-cms/blob/5.2-dev/installation/sql/mysql/base.sql); the web services call them the same. Passwords,
logins and addresses of accounts are never looked at.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from standfirst.importers.errors import NotAnArchive
from standfirst.importers.joomla.format import is_tables
from standfirst.importers.reading.archive import Opening
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.format import Offered
from standfirst.importers.reading.jsonrecords import stream_values
from standfirst.importers.reading.members import Member
from standfirst.importers.reading.moments import stated_moment
from standfirst.importers.reading.people import ParsedByline
from standfirst.importers.reading.plain import Audience, ParsedArticle, PlainArchive, Record
from standfirst.importers.reading.records import LeftBehind, OldPath, ParsedAuthor, ParsedSite
from standfirst.importers.reading.texts import has_paragraphs
from standfirst.importers.reading.uploads import PicturesByAddress

_PUBLIC_ACCESS = frozenset({"", "1", "5"})  # public, and guests
_PUBLISHED = frozenset({"1", "2"})  # published, and archived: readers find it among the older ones
_TRASHED = "-2"
_FOR_MODULES = re.compile(
    r"\{(?:loadposition|loadmodule|loadmoduleid|emailcloak|mosimage|mospagebreak)\b[^{}]{0,200}\}"
)
_READ_MORE = re.compile(r"<hr\b[^>]{0,200}\bid=[\"']system-readmore[\"'][^>]{0,200}>", re.I)
_NOBODYS = ("uncategorised", "uncategorized")
_MOST_PARENTS = 20


@dataclass(slots=True)
class _Category:
    name: str
    alias: str
    path: str
    parent: str
    is_public: bool


@dataclass(slots=True)
class JoomlaSource:
    """The rows of one site's tables."""

    path: Path
    now: datetime
    categories: dict[str, _Category] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)  # names by number
    tags: dict[str, str] = field(default_factory=dict)
    tagged: dict[str, list[str]] = field(default_factory=dict)
    goes_on_at: str = ""
    unknown_accounts: Counter[str] = field(default_factory=Counter)

    @property
    def site(self) -> ParsedSite:
        return ParsedSite(self.path.stem, "")

    @property
    def warnings(self) -> tuple[str, ...]:
        found = []
        if self.goes_on_at:
            found.append(
                f"{self.path.name} goes on at {self.goes_on_at}, which it does not hold: get that page, too."
            )
        if self.unknown_accounts:
            found.append(
                f"{sum(self.unknown_accounts.values()):,} articles name their author by the number of an account only: export the "
                "table of users beside that of articles (its column of names is all that is read)."
            )
        return tuple(found)

    def learn(self, on_bytes: Callable[[int], None] | None) -> None:
        """Reads what articles point at: their categories, accounts and tags, which may stand behind them."""
        for table, row in self._rows():
            number = _word(row, "id")
            if table == "categories" and number:
                is_public = (
                    _word(row, "published") in ("", "1", "2") and _word(row, "access") in _PUBLIC_ACCESS
                )
                self.categories[number] = _Category(
                    _word(row, "title"),
                    _word(row, "alias"),
                    _word(row, "path"),
                    _word(row, "parent_id"),
                    is_public,
                )
            elif table == "users" and number:
                self.people[number] = _word(row, "name")
            elif table == "tags" and number:
                self.tags[number] = _word(row, "title")
            elif table == "contentitem_tag_map" and _word(row, "type_alias") in ("com_content.article", ""):
                self.tagged.setdefault(_word(row, "content_item_id"), []).append(_word(row, "tag_id"))
        if on_bytes is not None:
            on_bytes(self.path.stat().st_size)

    def records(self, on_bytes: Callable[[int], None] | None = None) -> Iterator[Record]:
        self.unknown_accounts.clear()
        for table, row in self._rows():
            if table != "content":
                read = table in ("categories", "users", "tags", "contentitem_tag_map")
                why = "read where an article names it" if read else "which is not imported"
                yield LeftBehind("other", f"of the table “{table[:60]}”, {why}", 1)
            elif _word(row, "state") == _TRASHED:
                yield LeftBehind("articles", "in the trash", 1, (_record(row),))
            else:
                yield fenced(partial(self._article, row), kind="articles", record=_record(row))

    def profiles(self) -> Iterable[ParsedAuthor]:
        return ()

    def category_paths(self, name: str) -> Iterable[str]:
        for number, category in self.categories.items():
            if category.name == name:
                yield f"/index.php?option=com_content&view=category&id={number}"
                if category.path or category.alias:
                    yield f"/{category.path or category.alias}"

    def site_paths(self) -> Iterable[OldPath]:
        return ()

    # ------------------------------------------------------------------------------------------------------------ rows

    def _rows(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Every row with the name of its table, whatever prefix the site gave to that."""
        member = Member(self.path.name, self.path)
        head = Offered(self.path, member.head()).text
        if is_tables(head):
            table = ""
            for place, value in stream_values(member, lambda place: place in ("item.name", "item.data.item")):
                if place == "item.name":
                    table = _table(str(value))
                elif isinstance(value, dict):
                    yield table, value
        elif head.startswith("["):
            for _, value in stream_values(member, lambda place: place == "item"):
                if isinstance(value, dict):
                    yield "content", value
        else:
            yield from self._answered(member)

    def _answered(self, member: Member) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The resources of an answer of the web services."""
        for place, value in stream_values(member, lambda place: place in ("data.item", "data", "links.next")):
            if place == "links.next":
                self.goes_on_at = value if isinstance(value, str) else ""
                continue
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict) and isinstance(one.get("attributes"), dict):
                    kind = str(one.get("type"))
                    yield (
                        "content" if kind == "articles" else kind,
                        {"id": one.get("id"), **one["attributes"]},
                    )

    # -------------------------------------------------------------------------------------------------------- articles

    def _article(self, row: Mapping[str, Any]) -> ParsedArticle:
        notes: list[str] = []
        number, alias = _word(row, "id"), _word(row, "alias")
        category = self.categories.get(_word(row, "catid"))
        html = "\n".join(part for name in ("introtext", "fulltext") if (part := _text(row, name))) or _text(
            row, "text"
        )
        html, count = _FOR_MODULES.subn("", _READ_MORE.sub("", html))
        if count:
            notes.append("had places for modules of the old site, which are left out")
        images = _images(row.get("images"))
        said = "fulltext" if images.get("image_fulltext") else "intro"
        return ParsedArticle(
            key=f"article:{number or alias}",
            title=_word(row, "title"),
            content=html,
            audience=self._audience(row, category, notes),
            published=_moment(row, "publish_up") or _moment(row, "created"),
            updated=_moment(row, "modified"),
            byline=tuple(self._byline(row)),
            categories=(category.name,)
            if category and category.name and category.alias not in _NOBODYS
            else (),
            tags=tuple(name for tag in self.tagged.get(number, ()) if (name := self.tags.get(tag, ""))),
            slug=alias,
            old_paths=tuple(_paths(number, alias, category)),
            image=images.get(f"image_{said}", "").partition("#")[0],
            image_alt=images.get(f"image_{said}_alt", ""),
            image_caption=images.get(f"image_{said}_caption", ""),
            newlines_break=not has_paragraphs(html) and "<br" not in html.lower(),
            search_description=_word(row, "metadesc"),
            is_sticky=_word(row, "featured") == "1",
            status=_word(row, "state"),
            notes=tuple(notes),
        )

    def _byline(self, row: Mapping[str, Any]) -> Iterator[ParsedByline]:
        """The name an editor gave the author; else that of the account."""
        if alias := _word(row, "created_by_alias"):
            yield ParsedByline(alias, "author")
        elif name := self.people.get(_word(row, "created_by"), ""):
            yield ParsedByline(name, "author")
        elif account := _word(row, "created_by"):
            self.unknown_accounts[account] += 1

    def _audience(self, row: Mapping[str, Any], category: _Category | None, notes: list[str]) -> Audience:
        """Who could read an article: everybody only if it, and all it is filed under, say so."""
        state = _word(row, "state")
        if state not in _PUBLISHED:
            if state != "0":
                notes.append(
                    f"had the state “{state[:40]}”, so it is a draft here"
                    if state
                    else "do not say whether they were published"
                )
            return Audience.NOBODY
        if _word(row, "access") not in _PUBLIC_ACCESS:
            notes.append("was for some accounts only, so it is a draft here")
            return Audience.SOME
        for _ in range(_MOST_PARENTS):
            if category is None:
                break
            if not category.is_public:
                notes.append("was in a category that was not open to everybody, so it is a draft here")
                return Audience.SOME
            category = self.categories.get(category.parent)
        ended = _moment(row, "publish_down")
        if ended is not None and ended <= self.now:
            notes.append("were to be shown until a day that has passed, so they are drafts here")
            return Audience.SOME
        return Audience.EVERYBODY


class JoomlaArchive(PlainArchive):
    """One file, surveyed. Raises ImportRefused if it is none, or is damaged."""

    format = "joomla"
    system = "Joomla"

    def __init__(self, path: Path, opening: Opening) -> None:
        source = JoomlaSource(path, opening.now)
        source.learn(opening.on_bytes)
        super().__init__(source, opening, name=path.name, pictures=PicturesByAddress(opening.uploads))
        if not self._found.read["articles"]:
            raise NotAnArchive(f"{path.name} holds no article of Joomla's; nothing was imported.")


def _table(name: str) -> str:
    """A table's name without the prefix of its site: jos_contentitem_tag_map is contentitem_tag_map."""
    known = ("contentitem_tag_map", "content", "categories", "users", "tags")
    return next((one for one in known if re.fullmatch(rf"(?:[a-z0-9]+_)?{one}", name, re.I)), name)


def _record(row: Mapping[str, Any]) -> str:
    return f"article {_word(row, 'id')} “{_word(row, 'title')[:80]}”"


def _word(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return (
        " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def _moment(row: Mapping[str, Any], name: str) -> datetime | None:
    # Joomla keeps its dates in UTC, and writes zeroes where it has none.
    return stated_moment(_word(row, name), UTC)


def _images(value: Any) -> dict[str, str]:
    """The pictures of an article, which the table keeps as JSON and the web services as they are."""
    if isinstance(value, str):
        try:
            value = json.loads(value) if len(value) < 100_000 else None
        except (ValueError, RecursionError):
            value = None
    return (
        {name: said for name, said in value.items() if isinstance(said, str)}
        if isinstance(value, dict)
        else {}
    )


def _paths(number: str, alias: str, category: _Category | None) -> Iterator[str]:
    """Where an article was: as the program asked for it, and as the site's own addresses had it."""
    if not number:
        return
    yield f"/index.php?option=com_content&view=article&id={number}"
    if not alias:
        return
    yield f"/index.php?option=com_content&view=article&id={number}:{alias}"
    folders = dict.fromkeys(
        ["component/content/article", *([category.path, category.alias] if category else [])]
    )
    for folder in filter(None, folders):
        yield f"/{folder}/{number}-{alias}"
        if "component" not in folder:
            yield f"/{folder}/{alias}"
