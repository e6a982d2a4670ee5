"""`standfirst review`: the questions about who is who, in a terminal or a spreadsheet."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standfirst.cli.errors import Refusal
from standfirst.cli.opening import home_option, on_a_publication
from standfirst.config.opening import open_publication
from standfirst.config.publication_file import HOME_VARIABLE, PublicationFile

if TYPE_CHECKING:
    from rich.console import Console

    from standfirst.review.models import Question

LONGEST_SHOWN = 300  # letters of a byline in a list
KINDS = click.Choice(["duplicate", "byline"])


@click.group(invoke_without_command=True)
@click.option("--kind", type=KINDS, help="Only duplicates, or only bylines.")
@home_option
@click.pass_context
def command(context: click.Context, home: str | None, kind: str | None) -> None:
    """Go through the questions about who is who, one key for each answer.

    Imports ask about bylines they are not sure of and about contributors who are probably one. In a terminal you are shown
    one question at a time; otherwise how many are open is printed. The same questions are in the back office.
    """
    if context.invoked_subcommand is not None:
        if home:
            os.environ[HOME_VARIABLE] = os.path.abspath(os.path.expanduser(home))
        return
    open_publication(home)
    from standfirst.review.queries import number_open

    if sys.stdin.isatty() and sys.stdout.isatty():
        _go_through(kind or "")
        return
    for one, label in (("duplicate", "probable duplicates"), ("byline", "doubtful bylines")):
        if kind in (None, one):
            click.echo(f"{number_open(one):>8,}  {label}")


@command.command(name="list")
@click.option("--kind", type=KINDS, help="Only duplicates, or only bylines.")
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each, for a program.")
@on_a_publication
def list_(publication: PublicationFile, kind: str | None, as_json: bool) -> None:
    """List the open questions, in the order of the queue."""
    from standfirst.review.models import Question

    waiting = Question.objects.open().in_order().select_related("first", "second", "article")
    for question in (waiting.filter(kind=kind) if kind else waiting).iterator(chunk_size=500):
        if as_json:
            click.echo(json.dumps(_as_json(question), ensure_ascii=False))
        else:
            click.echo(f"{question.number}  {_in_a_line(question)}")


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for a program.")
@on_a_publication
def find(publication: PublicationFile, as_json: bool) -> None:
    """Compare all contributors, and ask about those who are probably one.

    Nobody is merged. It can be stopped and run again at any time: nothing is asked twice.
    """
    from standfirst.contributors.models import Contributor
    from standfirst.review.finding import find_duplicates

    total = Contributor.objects.present().count()
    compared = asked = last = 0
    with click.progressbar(length=total, label="Comparing", file=sys.stderr) as bar:
        while True:
            found = find_duplicates(after=last)
            compared, asked, last = compared + found.compared, asked + found.asked, found.last
            bar.update(found.compared)
            if found.is_finished:
                break
    if as_json:
        click.echo(json.dumps({"compared": compared, "asked": asked}))
        return
    new = "1 new question" if asked == 1 else f"{asked:,} new questions"
    click.echo(f"{compared:,} contributors compared: {new}.")


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
@on_a_publication
def export(publication: PublicationFile, file: Path, force: bool) -> None:
    """Write the open questions to FILE, as CSV for a spreadsheet.

    Fill in the column “decision”, save as CSV UTF-8, and take it in with `standfirst review import FILE`.
    """
    from standfirst.review.spreadsheets import write_questions

    if file.exists() and not force:
        raise Refusal(f"{file} is there already: choose another name, or write over it with --force.")
    try:
        written = write_questions(file)
    except OSError as error:
        raise Refusal(f"{file} cannot be written: {error.strerror}.") from None
    questions = "1 question" if written == 1 else f"{written:,} questions"
    click.echo(f"{questions} written to {file}.")


@command.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@on_a_publication
def import_(publication: PublicationFile, file: Path) -> None:
    """Carry out the decisions in FILE, all of them or none.

    It can be taken in again: what was answered before is left as it is. A row that cannot be carried out is named, with
    its mend, and nothing is done.
    """
    from standfirst.review.errors import BadSpreadsheet
    from standfirst.review.spreadsheets import read_decisions

    try:
        taken = read_decisions(file, by=None)
    except BadSpreadsheet as error:
        raise Refusal(str(error)) from None
    for decision, number in sorted(taken.done.items()):
        click.echo(f"{number:>8,}  {decision}")
    if not taken.done:
        click.echo("Nothing new is decided in it.")
    if taken.before:
        click.echo(f"{taken.before:>8,}  answered before, and left as they are")
    if taken.left_open:
        click.echo(f"{taken.left_open:>8,}  left open")


# ------------------------------------------------------------------------------------------------- in the terminal


def _go_through(kind: str) -> None:
    from rich.console import Console

    from standfirst.review import actions
    from standfirst.review.models import QuestionKind
    from standfirst.review.queries import next_question, number_open

    console = Console(highlight=False)
    answered: list[Question] = []
    question = next_question(kind=kind)
    while question is not None or answered:
        if question is None:
            # The last answer is taken back like any other.
            console.print(_at_the_end(kind))
            keys = {"u": "undo the last answer", "q": "stop"}
            console.print("  ".join(f"[bold]{key}[/] {meaning}" for key, meaning in keys.items()))
            if _pressed(keys | {"a": "what Enter is"}) != "u":
                return
            question = answered.pop()
            _say(console, actions.undo, question)
            continue
        console.rule(f"{number_open(kind):,} open")
        is_duplicate = question.kind == QuestionKind.DUPLICATE
        _show(console, question)
        keys = _keys(is_duplicate, bool(answered))
        console.print("  ".join(f"[bold]{key}[/] {meaning}" for key, meaning in keys.items()))
        key = _pressed(keys)
        if key == "q":
            return
        if key == "u":
            former = answered.pop()
            _say(console, actions.undo, former)
            question = former
            continue
        if key != "s":
            if not _say(console, _answers(key, question), question):
                continue
            answered.append(question)
        question = next_question(after=question, kind=kind) or (
            next_question(kind=kind) if key == "s" else None
        )
    console.print(_at_the_end(kind))


def _at_the_end(kind: str) -> str:
    from standfirst.review.queries import number_open

    return "That was the last one." if number_open(kind) else "Nothing is waiting."


def _answers(key: str, question: "Question") -> Any:
    from standfirst.review import actions
    from standfirst.review.models import QuestionKind

    if question.kind == QuestionKind.BYLINE:
        if key == "c":
            return _corrected
        return {"a": actions.accept_reading, "x": actions.dismiss}[key]
    return {
        "a": actions.merge,
        "b": lambda question, by: actions.merge(question, by=by, keep_second=True),
        "d": actions.different,
        "x": actions.dismiss,
    }[key]


def _corrected(question: "Question", by: None) -> None:
    from standfirst.review import actions
    from standfirst.review.bylines import as_read, in_words
    from standfirst.review.spreadsheets import named

    typed = click.prompt("The right names", default=in_words(as_read(question.reading)))
    actions.correct_reading(question, named(typed), by=by)


def _say(console: "Console", act: Any, question: "Question") -> bool:
    """Does it; says what went wrong if it could not be done."""
    from django.core.exceptions import ValidationError

    try:
        act(question, by=None)
    except ValidationError as error:
        console.print(" ".join(error.messages), style="bold", markup=False)
        return False
    return True


def _show(console: "Console", question: "Question") -> None:
    from rich.columns import Columns
    from rich.text import Text

    from standfirst.review import queries
    from standfirst.review.bylines import as_read, in_words
    from standfirst.review.models import QuestionKind

    if question.kind == QuestionKind.BYLINE:
        assert question.article is not None
        console.print(Text(question.raw, style="bold"))
        console.print(Text(f"on “{question.article.title}”"))
        console.print(Text(f"read as: {in_words(as_read(question.reading)) or 'nobody'}"))
    else:
        people = queries.profiles(list(queries.parties(question)))
        width = max(30, console.width // 2 - 2)
        console.print(Columns([_card(one) for one in people], width=width))
    for reason in question.reasons:
        console.print(Text(f"– {reason}", style="dim"))


def _card(profile: Any) -> Any:
    from rich.text import Text

    person = profile.contributor
    card = Text()
    card.append(f"{person.display_name}\n", style="bold")
    card.append(f"{person.path}\n", style="dim")
    card.append(f"{person.get_kind_display()} · {profile.years} · {profile.work}\n")
    if profile.words:
        card.append(f"{profile.words}\n")
    for headline in profile.headlines:
        card.append(f"· {headline.text}, {headline.published_at:%Y}\n")
    return card


def _keys(is_duplicate: bool, can_undo: bool) -> dict[str, str]:
    keys = (
        {"a": "one: keep the first", "b": "one: keep the second", "d": "two different ones"}
        if is_duplicate
        else {"a": "read rightly", "c": "correct"}
    )
    return keys | {"s": "skip", "x": "don't ask again"} | ({"u": "undo"} if can_undo else {}) | {"q": "stop"}


def _pressed(keys: dict[str, str]) -> str:
    """The next key that means something. Enter accepts."""
    while True:
        key = click.getchar().lower()
        key = "a" if key in ("\r", "\n") else "q" if key in ("\x03", "\x04", "\x1b") else key
        if key in keys:
            return key


def _in_a_line(question: "Question") -> str:
    if question.article is not None:
        raw = question.raw if len(question.raw) <= LONGEST_SHOWN else f"{question.raw[:LONGEST_SHOWN]}…"
        return f"“{' '.join(raw.split())}” on “{question.article.title}”"
    return f"{question.first} ({question.first.path}) = {question.second} ({question.second.path})?"  # type: ignore[union-attr]


def _as_json(question: "Question") -> dict[str, Any]:
    said: dict[str, Any] = {
        "question": question.number,
        "kind": question.kind,
        "reasons": question.reasons,
        "source": question.source,
    }
    if question.article is not None:
        return said | {
            "raw": question.raw,
            "reading": question.reading,
            "article": question.article_id,
            "headline": question.article.title,
        }
    pair = (question.first, question.second)
    return said | {
        "score": question.score,
        "contributors": [{"name": one.display_name, "slug": one.slug} for one in pair if one is not None],
    }
