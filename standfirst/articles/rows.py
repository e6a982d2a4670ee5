"""What templates get of articles: finished, frozen rows. A template cannot run a query with one."""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from standfirst.bodies.rows import Link, Picture
from standfirst.bylines.wording import BylinePart, FootCredit


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """An article as a list shows it.

    `contributors` are those of the byline; in a contributor's own archive, the others, whom `introduction` (“With”) says
    to be so. `also` are the further roles that the archive's contributor had on the article. `published_at` is in the
    publication's zone.
    """

    headline: str
    url: str
    standfirst: str
    kicker: str
    published_at: datetime
    section: Link | None
    contributors: tuple[Link, ...]
    introduction: str = ""
    also: tuple[str, ...] = ()
    picture: Picture | None = None

    @property
    def year(self) -> int:
        return self.published_at.year


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    kind_label: str
    dated: date
    text: Markup


@dataclass(frozen=True, slots=True)
class ContributorNote:
    """Who a contributor is, as printed with the article."""

    name: str
    url: str
    note: Markup


@dataclass(frozen=True, slots=True)
class More:
    """What to read next by a contributor."""

    heading: str
    url: str
    entries: tuple[ArchiveEntry, ...]


@dataclass(frozen=True, slots=True)
class PrintedArticle:
    """An article as its page shows it."""

    headline: str
    url: str
    standfirst: str
    kicker: str
    byline: tuple[BylinePart, ...]
    foot: tuple[FootCredit, ...]
    published_at: datetime | None
    updated_at: datetime | None
    printed_on: date | None
    section: Link | None
    topics: tuple[Link, ...]
    lead_image: Picture | None
    body: Markup
    corrections: tuple[CorrectionNote, ...]
    notes: tuple[ContributorNote, ...]
    more: tuple[More, ...]
    cited_as: tuple[Link, ...] = ()
    drop_capital: bool = False
    # What is said of it to programs alone, in the head of its page. `authors` are in printed order, and so are those who
    # are credited in any role and have a name in the fediverse (`handles`).
    id: int = 0
    modified_at: datetime | None = None
    authors: tuple[Link, ...] = ()
    handles: tuple[str, ...] = ()
