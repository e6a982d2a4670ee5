"""Articles in NITF as an archive that can be imported."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path

from standfirst.importers.errors import NotAnArchive
from standfirst.importers.nitf.format import ENDINGS
from standfirst.importers.nitf.reader import NitfArticle, read_articles
from standfirst.importers.reading.addresses import old_path
from standfirst.importers.reading.archive import Opening
from standfirst.importers.reading.members import Member, members_ending
from standfirst.importers.reading.people import ParsedByline
from standfirst.importers.reading.plain import Audience, ParsedArticle, PlainArchive, Record
from standfirst.importers.reading.records import OldPath, ParsedAuthor, ParsedSite
from standfirst.importers.reading.uploads import PicturesByAddress
from standfirst.importers.reading.xmldocuments import records_of


@dataclass(slots=True)
class NitfSource:
    """The documents of one archive."""

    documents: list[Member]
    name: str
    zone: tzinfo
    now: datetime
    publications: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    @property
    def site(self) -> ParsedSite:
        title, language = _most(self.publications), _most(self.languages)
        return ParsedSite(title or self.name, "", language=language)

    @property
    def warnings(self) -> tuple[str, ...]:
        if not self.unread:
            return ()
        named = ", ".join(
            f"{name} ({count:,} ×, as “{self.examples[name]}”)" for name, count in self.unread.most_common(30)
        )
        return (f"Fields that are not read: {named}.",)

    def records(self, on_bytes: Callable[[int], None] | None = None) -> Iterator[Record]:
        for counts in (self.publications, self.languages, self.unread):
            counts.clear()
        yield from records_of(self.documents, self._articles, on_bytes)

    def profiles(self) -> Iterable[ParsedAuthor]:
        return ()

    def category_paths(self, name: str) -> Iterable[str]:
        return ()

    def site_paths(self) -> Iterable[OldPath]:
        return ()

    def _articles(self, member: Member) -> Iterator[ParsedArticle]:
        """The articles of one file."""
        return map(self._article, read_articles(member, self.zone))

    def _article(self, article: NitfArticle) -> ParsedArticle:
        self._count(article)
        notes: list[str] = []
        standfirst = article.standfirst or article.abstract
        if article.standfirst and article.abstract:
            notes.append("have an abstract beside their standfirst, which was put behind it")
            standfirst = f"{article.standfirst} {article.abstract}"
        photographers = dict.fromkeys(article.producers)
        return ParsedArticle(
            key=f"nitf:{article.id}",
            title=article.headline or article.title,
            content=article.html,
            audience=_audience(article, self.now, notes),
            published=article.published,
            updated=article.revised,
            standfirst=standfirst,
            byline=(
                *(ParsedByline(words, "byline") for words in article.bylines),
                *(ParsedByline(words, "photographer", role="photographer") for words in photographers),
            ),
            printed_note=article.job_title,
            categories=(article.section[:200],) if article.section else (),
            tags=tuple(dict.fromkeys(word[:200] for word in article.keywords)),
            address=article.address,
            old_paths=(old_path(article.address),) if article.address else (),
            marks=tuple(article.marks),
            seo_title=article.title if article.title != article.headline else "",
            status=article.status,
            notes=tuple(notes),
        )

    def _count(self, article: NitfArticle) -> None:
        if article.publication:
            self.publications[article.publication] += 1
        if article.language:
            self.languages[article.language] += 1
        for name, value in article.unread.items():
            self.unread[name[:60]] += 1
            self.examples.setdefault(name[:60], " ".join(value.split())[:60])


class NitfArchive(PlainArchive):
    """The articles of a file, a folder or a ZIP archive, surveyed. Raises ImportRefused if there are none."""

    format = "nitf"
    system = "NITF"

    def __init__(self, path: Path, opening: Opening) -> None:
        folder = opening.uploads or (path if path.is_dir() else path.parent)
        source = NitfSource(
            list(members_ending(path, *ENDINGS)), path.resolve().stem, opening.zone, opening.now
        )
        super().__init__(source, opening, name=path.name, pictures=PicturesByAddress(folder))
        if not self.expected:
            raise NotAnArchive(
                f"{path.name} holds no article in NITF that can be read; nothing was imported."
            )


def _most(counts: Counter[str]) -> str:
    return next((name for name, _ in counts.most_common(1)), "")


def _audience(article: NitfArticle, now: datetime, notes: list[str]) -> Audience:
    """Who could read an article. One that says nothing may be used (NITF 3.6, docdata)."""
    if article.status not in ("", "usable"):
        notes.append(f"had the status “{article.status[:40]}”, so it is a draft here")
        return Audience.NOBODY
    if article.expires is not None and article.expires <= now:
        notes.append("were to be shown until a day that has passed, so they are drafts here")
        return Audience.SOME
    return Audience.EVERYBODY
