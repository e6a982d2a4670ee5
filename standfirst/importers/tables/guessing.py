"""Guesses what each column of a table is: from what it holds, weighed over its rows, and from its heading.

Every column is given points for everything it may be, and the most plausible pairs are taken first. A column whose heading is
not known is printed only where what it holds can hardly be anything else: notes of the desk look like standfirsts.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from standfirst.importers.tables.fields import SEVERAL, Field, said_by, says_nothing
from standfirst.importers.tables.holding import Holding
from standfirst.importers.tables.states import is_flag

ENOUGH = 0.5
# For what every article has, where no column is surely it.
_ENOUGH_FOR_WANT_OF_BETTER = 0.3
_BESIDE_THE_TEXT = frozenset({Field.STANDFIRST, Field.SECTION, Field.TOPICS})
HELD = "contents"
# Of a column with fewer values than this, its heading tells more than what it holds.
_FEW = 3


@dataclass(frozen=True, slots=True)
class Guess:
    field: Field
    because: str  # as in “heading and contents”


def guess_columns(
    headings: Sequence[str], holdings: Sequence[Holding], rows: int, *, has_headings: bool
) -> list[Guess]:
    """What each column is, in their order."""
    chances: list[tuple[float, int, Field, str]] = []
    longest = max((holding.mean_length for holding in holdings), default=0.0)
    for number, (heading, holding) in enumerate(zip(headings, holdings, strict=True)):
        said = said_by(heading) if has_headings else {}
        is_silent = not has_headings or says_nothing(heading)
        for field, held in _held(holding, heading, rows, number, longest).items():
            points = _points(field, held, said, holding, is_silent)
            chances.append((points, number, field, _because(said.get(field, 0.0), held)))
    chances.sort(key=lambda chance: (-chance[0], chance[1]))
    found: dict[int, Guess] = {}
    taken: set[Field] = set()

    def take(enough: float, fields: Collection[Field]) -> None:
        for points, number, field, because in chances:
            is_another = field in taken and not (field in SEVERAL and because != HELD)
            if points < enough or field not in fields or number in found or is_another:
                continue
            taken.add(field)
            found[number] = Guess(field, because)

    take(ENOUGH, list(Field))
    take(_ENOUGH_FOR_WANT_OF_BETTER, [Field.HEADLINE, Field.TEXT])
    nothing = Guess(Field.KEPT, "")
    return [found.get(number, nothing) for number in range(len(headings))]


def _because(heading: float, held: float) -> str:
    if not heading:
        return HELD
    return "heading and contents" if held > 0.1 else "heading"


def _points(
    field: Field, held: float, said: Mapping[Field, float], holding: Holding, is_silent: bool
) -> float:
    heading = said.get(field, 0.0)
    if held <= 0 and (not heading or holding.filled >= _FEW):
        return 0.0
    points = held + 0.7 * heading
    if said and not heading:
        points -= 0.6 * max(said.values()) ** 1.5
    elif not said and not is_silent:
        # A heading in words that are not known: nobody says that readers may see this.
        points -= 0.3 if field in _BESIDE_THE_TEXT else 0.1
    return points


# ---------------------------------------------------------------------------------------------- what it holds, in points


def _held(holding: Holding, heading: str, rows: int, number: int, longest: float) -> dict[Field, float]:
    full = holding.filled / rows if rows else 0.0
    found = {field: points(holding) for field, points in _POINTS.items()}
    if is_flag(heading) and holding.flags > 0.8:
        found[Field.STATE] = 0.6
    # Every article has one of these; a column that is mostly empty is something else.
    for field in (Field.HEADLINE, Field.TEXT):
        found[field] *= 0.4 + 0.6 * full
    if holding.mean_length < longest * 0.5:
        found[Field.TEXT] *= 0.4
    if holding.mean_length == longest:
        found[Field.TEXT] *= 1.15
        found[Field.STANDFIRST] *= 0.6
    if full > 0.98:
        found[Field.ID] += 0.15 * (number == 0)
    else:
        found[Field.ID] *= 0.3
    return found


def _text(holding: Holding) -> float:
    if holding.rich > 0.5:
        return 0.95
    if holding.addresses > 0.5 or holding.pictures > 0.5 or holding.dates > 0.5:
        return 0.0
    marked = 0.35 * holding.html + 0.3 * holding.lines + 0.15 * min(1.0, holding.markdown * 2)
    return (
        min(1.0, 0.7 * min(1.0, holding.mean_length / 900) + marked)
        if holding.mean_words > 5 or holding.mean_length > 60
        else 0.05
    )


def _standfirst(holding: Holding) -> float:
    if (
        not (5 <= holding.mean_words <= 90 or 25 <= holding.mean_length <= 500)
        or holding.rich
        or holding.addresses > 0.5
    ):
        return 0.0
    prose = 0.35 + 0.3 * holding.sentences + 0.15 * (8 <= holding.mean_words <= 60)
    return prose * (0.4 + 0.6 * holding.distinct) * (1 - holding.html) * (1 - 0.8 * holding.names)


def _headline(holding: Holding) -> float:
    if (
        holding.addresses > 0.3
        or holding.pictures > 0.3
        or holding.dates > 0.5
        or holding.mails > 0.3
        or holding.numbers > 0.5
    ):
        return 0.0
    if not 6 <= holding.mean_length <= 140 or holding.rich:
        return 0.05
    length = (
        0.3
        if 2.2 <= holding.mean_words <= 14 or (holding.mean_words < 2.2 and holding.mean_length > 7)
        else 0.1
    )
    return (
        (0.25 + length + 0.15 * holding.distinct)
        * (0.2 + 0.8 * holding.distinct)
        * (1 - 0.6 * holding.sentences)
        * (1 - 0.6 * holding.names)
        * (1 - holding.html)
        * (1 - 0.8 * (holding.slugs > 0.8 and holding.hyphens > 0.5))
    )


def _byline(holding: Holding) -> float:
    repeated = 0.15 * (holding.distinct < 0.9)
    return holding.names * (0.55 + repeated) if holding.mails < 0.3 else 0.05


def _name_part(holding: Holding) -> float:
    return 0.4 if holding.mean_words < 2 and holding.numbers < 0.1 and holding.mails < 0.1 else 0.0


def _role(holding: Holding) -> float:
    return (
        0.1 + 0.4 * holding.names
        if holding.numbers < 0.3 and holding.addresses < 0.3 and holding.mean_length < 90
        else 0.0
    )


def _date(holding: Holding) -> float:
    return 0.75 * holding.dates if holding.dates > 0.4 else 0.0


def _updated(holding: Holding) -> float:
    return 0.3 * holding.dates if holding.dates > 0.4 else 0.0


def _state(holding: Holding) -> float:
    if len(holding.values) > 15 or holding.mean_length > 40:
        return 0.0
    return max(0.9 * holding.states, 0.05 + 0.1 * (len(holding.values) < 8))


def _section(holding: Holding) -> float:
    if (
        holding.mean_words > 4
        or holding.dates > 0.3
        or holding.flags > 0.5
        or holding.addresses > 0.3
        or holding.numbers > 0.5
    ):
        return 0.0
    few = 1 < len(holding.values) <= max(2, min(40, 0.34 * len(holding.sample)))
    return (
        (0.62 if few and len(holding.sample) >= 6 else 0.2)
        * (1 - 0.6 * holding.names)
        * (1 - holding.states)
        * (1 - 0.5 * holding.lists)
    )


def _topics(holding: Holding) -> float:
    if holding.dates > 0.3 or holding.addresses > 0.3 or holding.html > 0.2 or holding.mean_length > 200:
        return 0.0
    return 0.15 + 0.55 * holding.lists * holding.short_items * (1 - 0.8 * holding.names)


def _slug(holding: Holding) -> float:
    return holding.slugs * (0.15 + 0.6 * holding.hyphens) * (0.3 + 0.7 * holding.distinct)


def _address(holding: Holding) -> float:
    return 0.75 * holding.addresses * (0.2 + 0.8 * holding.distinct)


def _picture(holding: Holding) -> float:
    return max(0.85 * holding.pictures, 0.15 * holding.addresses)


def _id(holding: Holding) -> float:
    return (0.45 * holding.codes if holding.distinct > 0.98 else 0.0) + 0.1 * (
        holding.distinct > 0.98 and holding.mean_words < 1.5
    )


def _caption(holding: Holding) -> float:
    return 0.2 if 1.5 <= holding.mean_words <= 40 and holding.addresses < 0.3 else 0.0


_POINTS: dict[Field, Callable[[Holding], float]] = {
    Field.TEXT: _text,
    Field.STANDFIRST: _standfirst,
    Field.HEADLINE: _headline,
    Field.BYLINE: _byline,
    Field.GIVEN_NAME: _name_part,
    Field.FAMILY_NAME: _name_part,
    Field.PHOTOGRAPHER: _role,
    Field.ILLUSTRATOR: _role,
    Field.TRANSLATOR: _role,
    Field.EDITOR: _role,
    Field.DATE: _date,
    Field.UPDATED: _updated,
    Field.STATE: _state,
    Field.SECTION: _section,
    Field.TOPICS: _topics,
    Field.SLUG: _slug,
    Field.ADDRESS: _address,
    Field.ID: _id,
    Field.PICTURE: _picture,
    Field.CAPTION: _caption,
}
