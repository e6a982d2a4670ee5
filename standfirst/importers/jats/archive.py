"""Articles in JATS as an archive that can be imported."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import tzinfo
from html import escape
from pathlib import Path

from standfirst.importers.errors import NotAnArchive
from standfirst.importers.jats.format import ENDINGS
from standfirst.importers.jats.reader import JatsArticle, JatsContributor, read_articles
from standfirst.importers.reading.addresses import old_path
from standfirst.importers.reading.archive import Opening
from standfirst.importers.reading.members import Member, members_ending
from standfirst.importers.reading.people import ParsedByline
from standfirst.importers.reading.plain import Audience, ParsedArticle, PlainArchive, Record
from standfirst.importers.reading.records import OldPath, ParsedAuthor, ParsedSite
from standfirst.importers.reading.uploads import PicturesByAddress
from standfirst.importers.reading.xmldocuments import records_of

_LONGEST_STANDFIRST = 600  # a longer abstract begins the text


@dataclass(slots=True)
class JatsSource:
    """The documents of one journal."""

    documents: list[Member]
    name: str
    zone: tzinfo
    journals: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    known: dict[str, JatsContributor] = field(default_factory=dict)  # by what they are known by
    unread: Counter[str] = field(default_factory=Counter)

    @property
    def site(self) -> ParsedSite:
        title, language = (
            next((name for name, _ in counts.most_common(1)), "")
            for counts in (self.journals, self.languages)
        )
        return ParsedSite(title or self.name, "", language=language)

    @property
    def warnings(self) -> tuple[str, ...]:
        if not self.unread:
            return ()
        named = ", ".join(f"{name} ({count:,} ×)" for name, count in self.unread.most_common(30))
        return (f"Elements that are not read: {named}.",)

    def records(self, on_bytes: Callable[[int], None] | None = None) -> Iterator[Record]:
        for counts in (self.journals, self.languages, self.unread):
            counts.clear()
        yield from records_of(self.documents, self._articles, on_bytes)

    def profiles(self) -> Iterable[ParsedAuthor]:
        """Those that an identifier or the markup tells from everybody else."""
        for number, one in self.known.items():
            identifiers = (("orcid", one.orcid),) if one.orcid else ()
            yield ParsedAuthor("jats", number, display_name=one.name, identifiers=identifiers)

    def category_paths(self, name: str) -> Iterable[str]:
        return ()

    def site_paths(self) -> Iterable[OldPath]:
        return ()

    def _articles(self, member: Member) -> Iterator[ParsedArticle]:
        """The articles of one file."""
        return map(self._article, read_articles(member, self.zone))

    def _article(self, article: JatsArticle) -> ParsedArticle:
        self.unread.update(list(article.unread))
        self.journals.update([article.journal] if article.journal else [])
        self.languages.update([article.language] if article.language else [])
        notes = [] if article.is_date_whole else ["have a date without its day, so the first one was taken"]
        standfirst = " ".join(filter(None, (article.subtitle, article.abstract)))
        html = article.html
        if len(standfirst) > _LONGEST_STANDFIRST:
            standfirst, html = (
                article.subtitle,
                f"<h2>Abstract</h2><p>{escape(article.abstract, quote=False)}</p>\n{html}",
            )
        return ParsedArticle(
            key=f"jats:{article.id}",
            title=article.title,
            content=html,
            audience=Audience.EVERYBODY,
            published=article.published,
            standfirst=standfirst,
            byline=tuple(map(self._byline, article.contributors)),
            categories=tuple(dict.fromkeys(article.categories)),
            tags=tuple(dict.fromkeys(article.keywords)),
            address=article.address,
            old_paths=(old_path(article.address),) if article.address else (),
            notes=tuple(notes),
            limits=(("embargo", article.embargo),) if article.embargo else (),
        )

    def _byline(self, one: JatsContributor) -> ParsedByline:
        """Somebody by their identifier, a group by its name, and anybody else as a byline is read."""
        number = one.orcid or (f"group {one.name}" if one.is_group else "")
        if not number:
            return ParsedByline(one.name, "author", role=one.role)
        self.known.setdefault(number, one)
        kind = "organisation" if one.is_group else ""
        return ParsedByline(
            one.name, "author", role=one.role, person=number, printed_name=one.name, kind=kind
        )


class JatsArchive(PlainArchive):
    """The articles of a file, a folder or a ZIP archive, surveyed. Raises ImportRefused if there are none."""

    format = "jats"
    system = "JATS"

    def __init__(self, path: Path, opening: Opening) -> None:
        folder = opening.uploads or (path if path.is_dir() else path.parent)
        source = JatsSource(list(members_ending(path, *ENDINGS)), path.resolve().stem, opening.zone)
        super().__init__(source, opening, name=path.name, pictures=PicturesByAddress(folder))
        if not self.expected:
            raise NotAnArchive(
                f"{path.name} holds no article in JATS that can be read; nothing was imported."
            )
