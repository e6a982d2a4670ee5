"""A Medium export as an archive that can be imported.

Stories are files in `posts/`; whose account it is, says `profile/`. Everything else (claps, bookmarks, highlights, sessions,
addresses of computers) is about a reader of Medium and is never opened.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

from standfirst.importers.errors import NotAnArchive
from standfirst.importers.medium.format import is_story
from standfirst.importers.medium.story import Story, read_profile, read_story
from standfirst.importers.reading.addresses import old_path
from standfirst.importers.reading.archive import Opening
from standfirst.importers.reading.documents import LARGEST, Unreadable
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.members import Member, TooLarge, members_of, read_each
from standfirst.importers.reading.people import ParsedByline
from standfirst.importers.reading.plain import Audience, ParsedArticle, PlainArchive, Record
from standfirst.importers.reading.records import LeftBehind, OldPath, ParsedAuthor, ParsedSite
from standfirst.importers.reading.uploads import PicturesByAddress
from standfirst.text.urls import parts_of

_DRAFT = "draft_"
_MEDIUM = "medium.com"


@dataclass(slots=True)
class MediumSource:
    """The stories of one account."""

    stories: list[Member]
    profile: Member | None
    others: tuple[str, ...]
    places: Counter[str] = field(default_factory=Counter)  # where stories were read
    people: dict[str, str] = field(default_factory=dict)  # names by the addresses of profiles
    own: set[str] = field(
        default_factory=set
    )  # addresses of its stories; all of them after the first reading

    @property
    def place(self) -> str:
        """Where most of the stories were read."""
        return next((place for place, _ in self.places.most_common(1)), f"https://{_MEDIUM}")

    @property
    def site(self) -> ParsedSite:
        if _is_medium(self.place):
            # No address: other people's stories are at this host too, and links to them are no links to here.
            name = self.place.partition("://")[2]
            return ParsedSite(name, "", identity=name)
        return ParsedSite("", self.place)

    @property
    def warnings(self) -> tuple[str, ...]:
        return ()

    def records(self, on_bytes: Callable[[int], None] | None = None) -> Iterator[Record]:
        self.places.clear()
        if self.profile is not None:
            self._learn(self.profile)
        for member in read_each(self.stories, on_bytes):
            yield fenced(partial(self._read, member), kind="articles", record=member.name)
        if self.others:
            yield LeftBehind(
                "other",
                "a file about what its owner read, liked or did at Medium, which is not opened",
                len(self.others),
                self.others[:50],
            )

    def profiles(self) -> Iterable[ParsedAuthor]:
        for address, name in self.people.items():
            yield ParsedAuthor("account", _account(address), display_name=name, website=address)

    def category_paths(self, name: str) -> Iterable[str]:
        return ()

    def site_paths(self) -> Iterable[OldPath]:
        """The lists of what the accounts, or the publication, published."""
        for address in self.people:
            yield OldPath(f"/{_account(address)}", f"contributor:author:{_account(address)}")
        path = parts_of(self.place).path
        if path:
            yield OldPath(f"/feed{path}", "articles", is_feed=True)
            if path.removeprefix("/") not in map(_account, self.people):
                yield OldPath(path, "articles")

    def _learn(self, profile: Member) -> None:
        try:
            name, address = read_profile(profile.read(LARGEST))
        except (Unreadable, TooLarge):
            return
        if name and _account(address):
            self.people[address] = name

    def _read(self, member: Member) -> Record:
        try:
            story = read_story(member.read(LARGEST), PurePosixPath(member.name).stem, self.own)
        except (Unreadable, TooLarge) as why:
            reason = str(why) or "is larger than any page (over 12 MB)"
            return LeftBehind("articles", f"cannot be read, because it {reason}", 1, (member.name,))
        return self._article(story, is_draft=PurePosixPath(member.name).name.startswith(_DRAFT))

    def _article(self, story: Story, *, is_draft: bool) -> ParsedArticle:
        is_public = story.was_public and not is_draft
        addresses = [url for url in (story.canonical, story.address) if url]
        if is_public and story.canonical:
            self.places[_place(story.canonical)] += 1
        if is_public:
            self.own.update(addresses)
        notes = (
            ()
            if is_public or is_draft
            else ("do not say where or when they were published, so they are drafts here",)
        )
        person = _account(story.profile) if self.people.get(story.profile) == story.author else ""
        byline = ParsedByline(story.author, person=person, url=story.profile)
        return ParsedArticle(
            key=f"post:{story.number}",
            title=story.title,
            content=story.content,
            audience=Audience.EVERYBODY if is_public else Audience.NOBODY,
            published=story.published,
            standfirst=story.standfirst,
            byline=(byline,) if story.author else (),
            slug=_slug(story),
            old_paths=tuple(dict.fromkeys(map(old_path, addresses))),
            status="draft" if is_draft else "",
            notes=notes,
        )


class MediumArchive(PlainArchive):
    """One export, surveyed. Raises ImportRefused if it is none, or is damaged."""

    format = "medium"
    system = "Medium"

    def __init__(self, path: Path, opening: Opening) -> None:
        stories: list[Member] = []
        profile: Member | None = None
        others: list[str] = []
        for member in members_of(path):
            if is_story(member):
                stories.append(member)
            elif member.name.endswith("profile/profile.html"):
                profile = member
            else:
                others.append(member.name)
        if not stories:
            raise NotAnArchive(
                f"{path.name} holds no stories of Medium's (files posts/….html); nothing was imported; give the .zip file that "
                "Medium sent, or the folder it unpacks to."
            )
        source = MediumSource(stories, profile, tuple(others))
        super().__init__(source, opening, name=path.name, pictures=PicturesByAddress(opening.uploads))


def _is_medium(address: str) -> bool:
    return parts_of(address).netloc.removeprefix("www.") == _MEDIUM


def _place(address: str) -> str:
    """The account, the publication or the magazine's own domain that an address of a story is at."""
    parts = parts_of(address)
    host = f"{parts.scheme}://{parts.netloc}"
    first = parts.path.strip("/").partition("/")[0] if _is_medium(address) else ""
    return f"{host}/{first}" if first and first != "p" else host


def _account(profile: str) -> str:
    """What an account is called in the address of its profile: `@idapenhale` of `https://medium.com/@idapenhale`."""
    name = parts_of(profile).path.strip("/")
    return name if name.startswith("@") and "/" not in name else ""


def _slug(story: Story) -> str:
    """The words of a story's address, without its id."""
    return parts_of(story.canonical).path.rpartition("/")[2].removesuffix(story.number).rstrip("-")
