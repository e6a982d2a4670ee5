"""`standfirst bylines`: reads bylines and compares names, outside of any publication."""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from standfirst.cli.errors import Refusal

Line = dict[str, Any]


class NotUsable(Exception):
    """What is wrong with a line, without its number, and how to mend it."""


@click.group()
def command() -> None:
    """Read bylines and compare names in a file of your own.

    Works on JSON lines (one object a line), needs no publication, and changes nothing but the file it writes.
    """


def _in_and_out(work: Callable[..., None]) -> Callable[..., None]:
    work = click.option(
        "--output",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write here, once all is read, rather than to standard output.",
    )(work)
    return click.argument("source", metavar="[FILE]", default="-", type=click.Path(dir_okay=False))(work)


@command.command()
@_in_and_out
def parse(source: str, output: Path | None) -> None:
    """Read the byline in each line of FILE, or of standard input.

    Each line has `raw` and, where known, `field`, `publication`, `language` and `organisations`, a list of names
    that are no person's. It is written back with `credits`, with `sure` and, if that is false, with `doubts`.

    The lines of one publication settle each other, so nothing is written before the last of them is there.
    """
    from standfirst.bylines.reading import Byline, as_json, learn, read_byline

    asked: list[tuple[Line, str, Byline, list[str]]] = []
    for number, line in _lines(source):
        with _numbered(number):
            byline = Byline(_text(line, "raw", required=True), _text(line, "field"), _text(line, "language"))
            asked.append((line, _text(line, "publication"), byline, _names(line, "organisations")))
    of_one: dict[str, list[Byline]] = {}
    for _, publication, byline, _ in asked:
        of_one.setdefault(publication, []).append(byline)
    archives = {name: learn(bylines, publication=name) for name, bylines in of_one.items()}
    with _written(output) as written:
        for line, publication, byline, organisations in asked:
            reading = read_byline(
                byline.raw,
                field=byline.field,
                publication=publication,
                language=byline.language,
                organisations=organisations,
                archive=archives[publication],
            )
            written.write(_as_text(line | as_json(reading)))


@command.command()
@_in_and_out
def match(source: str, output: Path | None) -> None:
    """Say of the two names in each line of FILE, or of standard input, whether one person may be meant.

    Each line has the names as `a` and `b`. It is written back with `verdict` (same, different or maybe) and `why`.
    """
    from standfirst.text.matching import compare

    def matched(line: Line) -> Line:
        found = compare(_text(line, "a", required=True), _text(line, "b", required=True))
        return line | {"verdict": found.verdict, "why": found.why}

    with _written(output) as written:
        for number, line in _lines(source):
            with _numbered(number):
                written.write(_as_text(matched(line)))


@contextmanager
def _numbered(number: int) -> Iterator[None]:
    try:
        yield
    except NotUsable as error:
        raise Refusal(f"Line {number} {error}") from None


def _lines(source: str) -> Iterator[tuple[int, Line]]:
    """The lines of a file with their numbers. Empty ones are left out."""
    with _opened(source) as file:
        for number, text in enumerate(_decoded(file), 1):
            if not text.strip():
                continue
            try:
                line = json.loads(text)
            except (ValueError, RecursionError):
                raise Refusal(
                    f"Line {number} is not JSON: write one object a line, as in "
                    '{"raw": "By Ada Quill and Ben Marsh"}.'
                ) from None
            if not isinstance(line, dict):
                raise Refusal(f'Line {number} is not an object: write one, as in {{"raw": "By Ada Quill"}}.')
            yield number, line


@contextmanager
def _opened(source: str) -> Iterator[Iterable[bytes]]:
    if source == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(source).open("rb") as file:
            yield file
    except OSError as error:
        raise Refusal(
            f"{source} cannot be read ({error.strerror}): name a file of JSON lines that exists."
        ) from None


def _decoded(file: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(file, 1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise Refusal(f"Line {number} is not in UTF-8: save the file in that encoding.") from None


@contextmanager
def _written(output: Path | None) -> Iterator[IO[bytes]]:
    """Where lines go. A file is only replaced when all of them are there, so a bad line costs nothing."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with tempfile.NamedTemporaryFile(
            "wb", dir=output.parent, prefix=f".{output.name}.", delete=False
        ) as file:
            try:
                yield file
            except BaseException:
                os.unlink(file.name)
                raise
        # Temporary files are for their owner alone; what the command writes is an ordinary file.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(file.name, 0o666 & ~mask)
        os.replace(file.name, output)
    except OSError as error:
        raise Refusal(
            f"{output} cannot be written ({error.strerror}): name a file in a folder that you may write to."
        ) from None


def _as_text(line: Line) -> bytes:
    try:
        return (json.dumps(line, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:
        # Half a character, as JSON can hold and UTF-8 cannot.
        return (json.dumps(line) + "\n").encode()


def _text(line: Line, key: str, *, required: bool = False) -> str:
    value = line.get(key)
    if value is None and not required:
        return ""
    if not isinstance(value, str):
        what = f"has no `{key}`" if key not in line else f"has a `{key}` that is not a text"
        raise NotUsable(f'{what}: write it in quotation marks, as in {{"{key}": "…"}}.')
    return value


def _names(line: Line, key: str) -> list[str]:
    value = line.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise NotUsable(f'has `{key}` that are not a list of names: write them as in {{"{key}": ["…"]}}.')
    return value
