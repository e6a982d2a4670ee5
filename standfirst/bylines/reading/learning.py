"""Learns from the bylines of an archive what settles its doubtful ones, before anybody is asked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from standfirst.bylines.reading.archive import UNKNOWN, Archive, is_inverted, squashed
from standfirst.bylines.reading.reader import read_byline
from standfirst.bylines.reading.values import BylineReading

# So many names must be known to be persons', and such a share of all, for the rest to be taken for persons' too.
ENOUGH_PEOPLE = 20
MOSTLY_PEOPLE = 0.8


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline of an archive, and the field it stood in."""

    raw: str
    field: str = ""
    language: str = ""


def learn(
    bylines: Iterable[Byline],
    *,
    contributors: Iterable[str] = (),
    publication: str = "",
    language: str = "",
    organisations: Collection[str] = (),
) -> Archive:
    """What an archive says of its own bylines.

    `contributors` are the names, ids and logins of those it has a record of. Certain are those, a name that was read
    without a doubt, and a full name that stands alone in one byline and beside others in another: a body hardly does
    both. A name that only stands alone says where a line of several parts, and nothing more: no line vouches for itself.
    """
    distinct = list(dict.fromkeys(bylines))

    def read(byline: Byline, archive: Archive) -> BylineReading:
        return read_byline(
            byline.raw,
            field=byline.field,
            publication=publication,
            language=byline.language or language,
            organisations=organisations,
            archive=archive,
        )

    inverted = Archive(is_inverted=is_inverted(dict.fromkeys(byline.raw for byline in distinct)))
    # A profile of two people does not make one of them.
    recorded = [name for name in dict.fromkeys(contributors) if name.strip()]
    single = {squashed(name) for name in recorded if _is_of_one(read(Byline(name, "author"), UNKNOWN))}
    certain, alone, alone_in_full, beside = set(single), set(single), set[str](), set[str]()
    doubtful: set[str] = set()
    employed: dict[str, set[str]] = {}
    for byline in distinct:
        reading = read(byline, inverted)
        for credit in reading.credits:
            if (held := credit.org or credit.handle) and f"({held})" in byline.raw:
                employed.setdefault(squashed(held), set()).add(credit.name)
        named = [credit.name for credit in reading.credits if credit.kind in ("person", "handle")]
        people = set(map(squashed, named))
        unsure = {squashed(name) for name in named if any(name in doubt for doubt in reading.doubts)}
        certain |= people - unsure
        doubtful |= unsure
        if len({credit.name for credit in reading.credits}) > 1:
            beside |= people
        elif people:
            alone |= people
            alone_in_full |= people if " " in reading.credits[0].name else set()
    are_people = len(certain) >= ENOUGH_PEOPLE and len(certain) >= MOSTLY_PEOPLE * len(certain | doubtful)
    if are_people:
        # Beside them, even one word is somebody's name.
        certain |= alone & beside
    return Archive(
        names=frozenset(certain | alone_in_full & beside) - {""},
        alone=frozenset(alone) - {""},
        is_of_people=are_people,
        is_inverted=inverted.is_inverted,
        employers=frozenset(org for org, names in employed.items() if len(names) > 1),
    )


def _is_of_one(reading: BylineReading) -> bool:
    return len(reading.credits) == 1 and not any("two" in doubt for doubt in reading.doubts)
