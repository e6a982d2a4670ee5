"""Which pages of which archives a change moves: neither fewer, which would be stale, nor many more.

Archive pages are counted from the oldest. An article at the newest end changes the archive's own address alone, except
when a page is cut; one that comes or goes further back moves everything newer than it by one place.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from standfirst.articles.cachekeys import reading_on
from standfirst.articles.models import Listing
from standfirst.contributors import cachekeys as contributors
from standfirst.contributors.models import Contributor
from standfirst.pagecache.actions import changed
from standfirst.publications.cachekeys import FRONT, SECTIONS, TOPICS

from . import cachekeys
from .archive import Archive
from .paging import PAGE, Cut
from .queries import FRONT_ENTRIES, SECTION_ENTRIES

# The places that went from an archive, and those that came.
Move = tuple[list[Listing], list[Listing]]

# More pages than this are not named one by one.
NAMED = 100


def announce(gone: Sequence[Listing], new: Sequence[Listing]) -> None:
    """Announce what a reader sees otherwise now that these places went and came. To be called when they have."""
    keys = {cachekeys.ANY}
    moves = _by_archive(gone, new)
    for archive, move in moves.items():
        keys |= _keys_of(archive, *move)
    keys |= _keys_of_people(moves)
    changed(*keys)


def _by_archive(gone: Iterable[Listing], new: Iterable[Listing]) -> dict[Archive, Move]:
    moves: dict[Archive, Move] = {}
    for which, rows in enumerate((gone, new)):
        for row in rows:
            archive = Archive("", row.contributor_id, row.role_id, row.section_id, row.topic_id)
            moves.setdefault(archive, ([], []))[which].append(row)
    return moves


def _keys_of(archive: Archive, gone: Sequence[Listing], new: Sequence[Listing]) -> set[str]:
    # Only the oldest and the newest of each matter: what lies between them moves in any case.
    telling = [(row, False) for row in _ends(gone)] + [(row, True) for row in _ends(new)]
    newer = [archive.newer_than(row).count() for row, _has_come in telling]
    # A row that has come is itself one of those counted; one that went is not.
    positions = [
        archive.count - count - has_come for count, (_row, has_come) in zip(newer, telling, strict=True)
    ]
    keys = {cachekeys.newest(archive.key), cachekeys.entries(archive.key)}
    before = archive.count - len(new) + len(gone)
    keys |= _moved_pages(archive, positions, before=before)
    if bool(before) != bool(archive.count):
        keys |= _keys_of_shelves(archive)
    if min(newer) < _entries_on_front(archive):
        keys.add(FRONT)
    if archive.contributor is not None and archive.role is None:
        keys |= _keys_of_reading_on(archive, [*gone, *new])
    return keys


def _keys_of_shelves(archive: Archive) -> set[str]:
    """What changes where sections and topics are listed now that one of them has its first article, or none any more."""
    if archive.section is not None:
        return {SECTIONS}
    return {TOPICS} if archive.topic is not None else set()


def _ends(rows: Sequence[Listing]) -> list[Listing]:
    """The oldest and the newest of some rows."""
    if len(rows) <= 2:
        return list(rows)
    ordered = sorted(rows, key=lambda row: (row.published_at, row.article_id))
    return [ordered[0], ordered[-1]]


def _keys_of_reading_on(archive: Archive, moved: Sequence[Listing]) -> set[str]:
    """What changes on articles that lead on to others of the same contributor."""
    if len(moved) > NAMED and archive.contributor is not None:
        # Most of theirs do: every page that names them goes, rather than each being looked for.
        return {contributors.contributor(archive.contributor)}
    return {reading_on(article) for row in moved for article in archive.leading_to(row)}


def _moved_pages(archive: Archive, positions: Sequence[int], *, before: int) -> set[str]:
    """The keys of the archive pages that hold other entries than before, or that are new, or gone."""
    fewer, more = sorted((Cut(before).pages, archive.cut.pages))
    first, last = (position // PAGE + 1 for position in (min(positions), max(positions)))
    numbers = set(range(first, (more if before != archive.count else min(last, more)) + 1))
    if fewer != more:
        # Where the newest page was, a newer one follows now, or no longer does.
        numbers |= set(range(fewer, more + 1)) - {0}
    if len(numbers) > NAMED:
        return {cachekeys.pages(archive.key)}
    return {cachekeys.page(archive.key, number) for number in numbers}


def _entries_on_front(archive: Archive) -> int:
    if archive.section is not None:
        return SECTION_ENTRIES
    return FRONT_ENTRIES if archive.contributor is None and archive.topic is None else 0


def _keys_of_people(moves: Mapping[Archive, Move]) -> set[str]:
    """What changes in the A to Z, which says how many articles each has."""
    more: Counter[int] = Counter()
    for archive, (gone, new) in moves.items():
        if archive.contributor is not None:
            more[archive.contributor] += len(new) - len(gone)
    keys: set[str] = set()
    for person in Contributor.objects.filter(pk__in=more):
        keys |= {contributors.EVERYBODY, contributors.under(person.letter)}
        gained = more[person.pk]
        now = Listing.objects.filter(contributor=person)[: max(gained, 0) + 1].count()
        if (now == 0) != (now == gained):  # Now there is none, or before there was none.
            keys.add(contributors.LETTERS)
    return keys
