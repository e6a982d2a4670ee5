"""How a Medium export is recognised."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath

from standfirst.importers.errors import ImportRefused
from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.format import Format, Offered
from standfirst.importers.reading.members import Member, is_zip, members_of

# What the file of a story has near its beginning, drafts and replies too.
_MARKS = ('class="h-entry"', 'data-field="body"')
_LOOKED_AT = 20


def is_story(member: Member) -> bool:
    """Whether a file stands where the stories of an export do."""
    parts = PurePosixPath(member.name).parts
    return member.ending == ".html" and len(parts) > 1 and parts[-2] == "posts"


def stories_in(path: Path) -> Iterator[Member]:
    """The files of stories below a path, in the order of their names."""
    return (member for member in members_of(path) if is_story(member))


def _recognises(offered: Offered) -> bool:
    if not offered.is_folder and not is_zip(offered.path):
        return False
    try:
        heads = [
            Offered(story.path, story.head()).text for story in islice(stories_in(offered.path), _LOOKED_AT)
        ]
    except ImportRefused:
        return False
    return sum(all(mark in head for mark in _MARKS) for head in heads) * 2 > len(heads)


def _open(path: Path, opening: Opening) -> Archive:
    # Here, not above: reading takes libraries that recognising does without.
    from standfirst.importers.medium.archive import MediumArchive

    return MediumArchive(path, opening)


MEDIUM = Format(
    "medium",
    "a Medium export (a .zip file, from Settings → Security and apps → Download your information, or the folder it unpacks to)",
    recognises=_recognises,
    open=_open,
)
