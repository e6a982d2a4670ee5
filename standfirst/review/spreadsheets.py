"""The queue as a spreadsheet: out with the questions, in with the decisions.

A file is taken in whole or not at all, and as often as one likes: what was answered before is left as it is. Cells that
a spreadsheet would take for a formula are written with an apostrophe before them, which is taken off again on the way in
(OWASP, “CSV Injection”).
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from standfirst.bylines.models import Role
from standfirst.database.turns import in_turn
from standfirst.pagecache.actions import announced_together
from standfirst.text.sheets import DANGEROUS, safe_cell

from . import actions, queries
from .bylines import WantedCredit, as_read, in_words
from .errors import BadSpreadsheet, CannotAnswer
from .models import Question, QuestionKind

BATCH = 200
# What stands between a name and its role, and between two names.
NAME_AND_ROLE = re.compile(r"(?P<name>.*?)(?:\s*\((?P<role>[\w-]+)\))?\Z", re.S)
LARGEST = 50_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row that decides something: where it stands, about which question, and what it says."""

    place: str
    number: int
    mark: str
    decision: str


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a spreadsheet came to: decisions carried out, by what they were; rows answered before; rows left open."""

    done: Mapping[str, int]
    before: int
    left_open: int


# ------------------------------------------------------------------------------------------------------------- going out


def write_questions(path: Path) -> int:
    """Write the open questions to a file that Excel and LibreOffice open as it is; returns how many."""
    # The mark at the start is how Excel knows UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        return write_rows(file)


def write_rows(file: Any) -> int:
    sheet = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    sheet.writerow(list(_headers().values()))
    written = 0
    for row in _rows():
        sheet.writerow([safe_cell(cell) for cell in row])
        written += 1
    return written


def _headers() -> dict[str, str]:
    """Each column's name, and what it is for or what to write in it."""
    return {
        "question": _("question (leave as it is)"),
        "decision": _(
            "decision (duplicates: merge, merge into second, different, skip. Bylines: accept, skip, nobody, or the right "
            "names, as in: Ada Quill; Ben Marsh (translator). Left empty, it stays open)"
        ),
        "about": _("about"),
        "why": _("why you are asked"),
        "first": _("first (who is kept by “merge”)"),
        "second": _("second"),
        "byline": _("byline, word for word"),
        "read_as": _("read as (what “accept” accepts)"),
        "article": _("article"),
    }


def _rows() -> Iterator[list[str]]:
    waiting = Question.objects.open().select_related("article")
    last: Question | None = None
    while some := list((waiting.after(last) if last else waiting).in_order()[:BATCH]):
        last = some[-1]
        yield from _described(some)


def _described(questions: Sequence[Question]) -> Iterator[list[str]]:
    pairs = queries.parties_of(questions)
    people = {one.pk: one for pair in pairs.values() for one in pair}
    profiles = {one.contributor.pk: _in_a_cell(one) for one in queries.profiles(list(people.values()))}
    for question in questions:
        first, second = pairs.get(question.pk, (None, None))
        if first is not None and first == second:
            continue
        yield [
            question.number,
            "",
            question.get_kind_display(),
            " ".join(question.reasons),
            profiles[first.pk] if first else "",
            profiles[second.pk] if second else "",
            question.raw,
            in_words(as_read(question.reading)) if question.kind == QuestionKind.BYLINE else "",
            f"{question.article.title} (/{question.article.address or ''})" if question.article else "",
        ]


def _in_a_cell(profile: queries.Profile) -> str:
    person = profile.contributor
    latest = "; ".join(f"“{headline.text}”" for headline in profile.headlines)
    told = [person.display_name, person.path, profile.years, profile.work, latest]
    return " · ".join(one for one in told if one)


# ------------------------------------------------------------------------------------------------------------- coming in


def read_decisions(path: Path, *, by: AbstractBaseUser | None) -> TakenIn:
    """Carry out the decisions in a file, all of them or none. Raises BadSpreadsheet for one that cannot be."""
    rows, left_open = _read(path)
    questions = Question.objects.in_bulk([row.number for row in rows])
    done: dict[str, int] = {}
    before = 0
    with in_turn(), announced_together():
        for row in rows:
            question = questions.get(row.number)
            if question is None or question.number != f"q{row.number}-{row.mark}":
                raise BadSpreadsheet(
                    _(
                        "%(place)s: there is no question “%(number)s” here; take the file that this publication wrote."
                    )
                    % {"place": row.place, "number": f"q{row.number}-{row.mark}"}
                )
            question.refresh_from_db()
            if not question.is_open:
                before += 1
                continue
            try:
                _carry_out(question, row, by)
            except ValidationError as error:
                raise BadSpreadsheet(f"{row.place}: {' '.join(error.messages)}") from error
            done[question.decision] = done.get(question.decision, 0) + 1
    return TakenIn(done, before, left_open)


def _carry_out(question: Question, row: Row, by: AbstractBaseUser | None) -> None:
    decision = " ".join(row.decision.casefold().split())
    if question.kind == QuestionKind.DUPLICATE:
        match decision:
            case "merge" | "merge into first":
                actions.merge(question, by=by)
            case "merge into second":
                actions.merge(question, by=by, keep_second=True)
            case "different":
                actions.different(question, by=by)
            case _:
                raise BadSpreadsheet(
                    _("%(place)s: write merge, merge into second, different or skip, not “%(decision)s”.")
                    % {"place": row.place, "decision": row.decision}
                )
        return
    match decision:
        case "accept":
            actions.accept_reading(question, by=by)
        case "nobody":
            actions.correct_reading(question, [], by=by)
        case "merge" | "merge into first" | "merge into second" | "different":
            raise BadSpreadsheet(
                _(
                    "%(place)s: this is about a byline: write accept, skip, nobody or the right names, not “%(decision)s”."
                )
                % {"place": row.place, "decision": row.decision}
            )
        case _:
            actions.correct_reading(question, named(row.decision), by=by)


def named(typed: str) -> list[WantedCredit]:
    """Credits as somebody types them: `Ada Quill; Ben Marsh (translator)`. Raises CannotAnswer for what is none."""
    roles = sorted(Role.objects.values_list("code", flat=True))
    wanted = []
    for one in filter(None, (part.strip() for part in typed.split(";"))):
        found = NAME_AND_ROLE.match(one)
        assert found is not None
        name, role = " ".join(found["name"].split()), (found["role"] or "author").casefold()
        if not name or role not in roles:
            raise CannotAnswer(
                _(
                    "“%(one)s” is no name with a role of here; write it as in Ben Marsh (translator). Roles: %(roles)s."
                )
                % {"one": one, "roles": ", ".join(roles)}
            )
        wanted.append(WantedCredit(name[:255], role=role))
    return wanted


def _read(path: Path) -> tuple[list[Row], int]:
    """The rows of a file that decide something, and how many leave their question open."""
    text = _text(path)
    sheet = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[Row] = []
    left_open = 0
    seen: dict[int, str] = {}
    try:
        columns = _columns(path, next(sheet, []))
        for number, cells in enumerate(sheet, 2):
            # Excel counts rows, and so does whoever mends one: a cell with two lines is one row.
            place = _("%(file)s, row %(row)s") % {"file": path.name, "row": number}
            question, decision = (_cell(cells, columns[name]) for name in ("question", "decision"))
            if not question and not decision:
                continue
            if decision.casefold() in ("", "skip"):
                left_open += 1
                continue
            row = _row(place, question, decision)
            if seen.setdefault(row.number, row.decision) != row.decision:
                raise BadSpreadsheet(
                    _("%(place)s: question %(number)s is decided twice, and otherwise; keep one of the rows.")
                    % {"place": place, "number": question}
                )
            rows.append(row)
    except csv.Error as error:
        raise BadSpreadsheet(
            _("%(file)s, row %(row)s: this is no CSV (%(error)s); save the spreadsheet as CSV UTF-8.")
            % {"file": path.name, "row": sheet.line_num, "error": error}
        ) from None
    return list({row.number: row for row in rows}.values()), left_open


def _row(place: str, question: str, decision: str) -> Row:
    found = re.fullmatch(r"q(\d{1,18})-([0-9a-f]{6})", question)
    if found is None:
        raise BadSpreadsheet(
            _("%(place)s: “%(question)s” is no question's number; leave the first column as it was written.")
            % {"place": place, "question": question}
        )
    return Row(place, int(found[1]), found[2], decision)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise BadSpreadsheet(_("%(file)s is too large for a list of questions.") % {"file": path.name})
        content = path.read_bytes()
    except OSError as error:
        raise BadSpreadsheet(
            _("%(file)s cannot be read: %(why)s.") % {"file": path, "why": error.strerror}
        ) from None
    try:
        encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        return content.decode(encoding).replace("\x00", "")
    except UnicodeDecodeError:
        raise BadSpreadsheet(
            _("%(file)s is not in UTF-8; save the spreadsheet as CSV UTF-8.") % {"file": path.name}
        ) from None


def _delimiter(text: str) -> str:
    """What parts the cells: where a comma is the decimal point, Excel saves with semicolons."""
    first = text.partition("\n")[0]
    # The question's column is first and has no delimiter in its header.
    after = re.match(r'"?question[^";,\t]*"?([;,\t])', first)
    return after[1] if after else ","


def _columns(path: Path, headers: Iterable[str]) -> dict[str, int]:
    """Where each column is; they may have been moved, or others put between."""
    wanted = {header.partition(" (")[0].casefold(): name for name, header in _headers().items()}
    found: dict[str, int] = {}
    for place, header in enumerate(headers):
        name = wanted.get(_plain(header).partition(" (")[0].strip().casefold())
        if name is not None:
            found.setdefault(name, place)
    missing = [name for name in ("question", "decision") if name not in found]
    if missing:
        raise BadSpreadsheet(
            _("%(file)s has no column “%(column)s”; begin from a file that `standfirst review export` wrote.")
            % {"file": path.name, "column": missing[0]}
        )
    return found


def _cell(cells: Sequence[str], place: int) -> str:
    return _plain(cells[place]) if place < len(cells) else ""


def _plain(cell: str) -> str:
    """A cell without the apostrophe that keeps it from being a formula."""
    cell = cell.strip()
    return cell[1:].strip() if cell.startswith("'") and cell[1:].lstrip(" '").startswith(DANGEROUS) else cell
