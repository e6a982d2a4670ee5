"""What each column of a sheet is: as somebody said, as it was understood the last time, or as it is guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from standfirst.importers.errors import ImportRefused
from standfirst.importers.reading.archive import Opening
from standfirst.importers.tables.dates import Order
from standfirst.importers.tables.fields import SEVERAL, Field, plain_heading
from standfirst.importers.tables.guessing import Guess, guess_columns
from standfirst.importers.tables.holding import Holding
from standfirst.importers.tables.sheets import Sheet, letters

_CREATED = frozenset(
    ["created", "created at", "created on", "created time", "created date", "date created", "creation date", "erstellt",
     "erstellt am", "angelegt", "créé le", "creado", "creado el", "creato il", "aangemaakt", "skapad", "создано"]
)  # fmt: skip
STATED = "you said so"
REMEMBERED = "as the last time"


@dataclass(frozen=True, slots=True)
class Column:
    """A column, understood."""

    number: int
    heading: str
    field: Field
    because: str
    filled: int
    samples: tuple[str, ...]
    order: Order = Order.UNKNOWN  # of a date: which number is the day
    is_markdown: bool = False
    splits_commas: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one sheet. Travels to another process."""

    sheet: Sheet
    rows: int
    all: tuple[Column, ...]
    conclusions: tuple[str, ...] = ()

    def of(self, *fields: Field) -> list[Column]:
        return [column for column in self.all if column.field in fields]

    @property
    def holds_articles(self) -> bool:
        """Whether the rows can be articles: texts, or headlines with something that only articles have."""
        if self.of(Field.TEXT):
            return True
        beside = (Field.DATE, Field.STANDFIRST, Field.BYLINE, Field.ADDRESS)
        return bool(self.of(Field.HEADLINE)) and bool(self.of(*beside))


def columns_of(sheet: Sheet, opening: Opening, used: set[str]) -> Columns:
    """Reads a sheet once and says what its columns are. What was said of which heading is added to `used`."""
    holdings = [Holding() for _ in sheet.headings]
    rows = 0
    for _, row in sheet.rows():
        rows += 1
        for holding, value in zip(holdings, row, strict=False):
            holding.add(value)
    guesses = _with_created(
        guess_columns(sheet.headings, holdings, rows, has_headings=sheet.has_headings), sheet, holdings
    )
    orders: dict[int, Order] = {}
    remembered = opening.remembered_columns(sheet.headings) if sheet.has_headings else {}
    for said, because in ((remembered, REMEMBERED), (opening.columns, STATED)):
        for number, (field, order) in _said(said, sheet, used if because is STATED else set()).items():
            if field not in SEVERAL:
                guesses = [Guess(Field.KEPT, because) if g.field is field else g for g in guesses]
            guesses[number] = Guess(field, because)
            orders[number] = order
    found = [
        Column(
            number,
            heading,
            guess.field,
            guess.because,
            holding.filled,
            tuple(holding.first),
            orders.get(number) or _order(holding, holdings, guess.field),
            is_markdown=guess.field is Field.TEXT and holding.markdown > max(0.05, holding.html),
            splits_commas=guess.field is Field.TOPICS or _recur(holding),
        )
        for number, (heading, holding, guess) in enumerate(
            zip(sheet.headings, holdings, guesses, strict=True)
        )
    ]
    return Columns(sheet, rows, tuple(found), tuple(_conclusions(sheet, found, holdings)))


def _said(said: Mapping[str, str], sheet: Sheet, used: set[str]) -> dict[int, tuple[Field, Order]]:
    """What was said of columns by heading or letter. Raises ImportRefused for a field that there is none of."""
    found: dict[int, tuple[Field, Order]] = {}
    known = {plain_heading(heading): number for number, heading in reversed(list(enumerate(sheet.headings)))}
    by_letter = {letters(number): number for number in range(len(sheet.headings))}
    for name, meaning in said.items():
        number = known.get(plain_heading(name), by_letter.get(name.strip().upper()))
        field, _, order = meaning.strip().lower().partition(":")
        if field not in list(Field) or (order and (field != Field.DATE or order not in list(Order))):
            raise ImportRefused(
                f"“{meaning}” is nothing a column can be; nothing was imported; --column takes HEADING=FIELD, with one of "
                f"{', '.join(Field)} (and date:dmy or date:mdy, where day or month comes first)."
            )
        if number is not None:
            used.add(name)
            found[number] = (Field(field), Order(order))
    return found


def _with_created(guesses: list[Guess], sheet: Sheet, holdings: Sequence[Holding]) -> list[Guess]:
    """Takes when something was made for its date where there is no other, and a column says what was published."""
    fields = {guess.field for guess in guesses}
    if Field.DATE in fields or Field.STATE not in fields:
        return guesses
    for number, (heading, holding) in enumerate(zip(sheet.headings, holdings, strict=True)):
        if plain_heading(heading) in _CREATED and holding.dates > 0.5:
            return [
                *guesses[:number],
                Guess(Field.DATE, "no column has a better date"),
                *guesses[number + 1 :],
            ]
    return guesses


def _order(own: Holding, holdings: Sequence[Holding], field: Field) -> Order:
    """Whether days or months come first in a column: by its own dates, or else by all of the sheet's."""
    if field not in (Field.DATE, Field.UPDATED):
        return Order.UNKNOWN
    if own.days.seen["day first"] or own.days.seen["month first"]:
        return own.days.order
    orders = {holding.days.order for holding in holdings if holding.days.seen} - {Order.UNKNOWN}
    return orders.pop() if len(orders) == 1 else Order.UNKNOWN


def _recur(holding: Holding) -> bool:
    """Whether what stands between commas stands elsewhere too, and is so a name of its own: “News, Opinion”."""
    lists = [value for value in holding.values if "," in value]
    if not lists:
        return False
    whole = {value.strip() for value in holding.values}
    pieces = [piece.strip() for value in lists for piece in value.split(",")]
    return sum(piece in whole or pieces.count(piece) > 1 for piece in pieces) * 3 > len(pieces) * 2


def _conclusions(sheet: Sheet, found: Sequence[Column], holdings: Sequence[Holding]) -> list[str]:
    said: list[str] = []
    if not sheet.has_headings:
        said.append(f"{sheet.name} has no headings, so its columns are called A, B, C …")
    elif sheet.first_row > 1:
        said.append(f"{sheet.name} has its headings in row {sheet.first_row}")
    for column in found:
        seen = holdings[column.number].days.seen
        if column.field not in (Field.DATE, Field.UPDATED) or not seen:
            continue
        if column.because == STATED and column.order:
            continue
        if column.order:
            which = "day" if column.order is Order.DAY_FIRST else "month"
            own = seen[f"{which} first"]
            why = (
                f"{own:,} of its dates can be nothing else" if own else "another column's can be nothing else"
            )
            said.append(f"in “{column.heading}” the {which} comes first, for {why}")
        elif seen["either"]:
            why = "its dates contradict each other" if seen["day first"] else "no date in it tells"
            said.append(
                f"in “{column.heading}” nobody can say whether the day or the month comes first, for {why}: "
                f"{seen['either']:,} dates are not read; say --column '{column.heading}=date:dmy' or '…=date:mdy'"
            )
    return said
