"""Looks for input that makes a reader crash, hang or swell, guided by what of the code each input reaches.

    make fuzz TARGET=wordpress SECONDS=600
    python scripts/fuzz.py TARGET [--seconds 600] [--seeds DIR] [--corpus DIR]

Targets: bylines, matching, wordpress, ghost, folders, pages, feeds, tables, manuscripts. A reader may refuse its input with one clear sentence
(ImportRefused); anything else it raises, an input that takes longer than 20 seconds, and more than 1.5 GB of memory are
faults: the input is then kept in the corpus' folder as crash-…, timeout-… or oom-….

It begins with samples of the target's own kind (`SEEDS`). Atheris drives libFuzzer (https://llvm.org/docs/LibFuzzer.html);
it is pinned in requirements/fuzz.txt, and not needed to run or to test Standfirst.
"""

import argparse
import importlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MEMORY = 1_500  # megabytes
LONGEST = 20  # seconds for one input
LONGEST_INPUT = 20_000  # bytes

sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def bylines() -> Callable[[bytes], None]:
    from standfirst.bylines.reading import as_json, read_byline

    fields = ("", "author", "byline", "body", "authors", "slug")

    def fuzz(data: bytes) -> None:
        text = data[1:].decode("utf-8", "replace")
        reading = read_byline(text, field=fields[data[0] % len(fields)] if data else "")
        as_json(reading)
        if reading.raw != text:
            raise AssertionError("The raw byline was not kept.")

    return fuzz


def matching() -> Callable[[bytes], None]:
    from standfirst.text.matching import compare
    from standfirst.text.names import matching_form, sort_key, sort_name

    def fuzz(data: bytes) -> None:
        first, _, second = data.decode("utf-8", "replace").partition("\n")
        compare(first, second)
        if matching_form(first) == matching_form(second) and first.strip():
            sort_key(sort_name(first))

    return fuzz


def archive(name: str, suffix: str) -> Callable[[], Callable[[bytes], None]]:
    """A target for the reader of one kind of archive, given as one file; for folders, its one file in a folder."""

    def target() -> Callable[[bytes], None]:
        from datetime import UTC, datetime

        import django

        django.setup()
        importlib.import_module(f"standfirst.importers.{name}.archive")
        from standfirst.importers.errors import ImportRefused
        from standfirst.importers.reading.archive import Opening
        from standfirst.importers.reading.format import Format

        opening = Opening(zone=UTC, now=datetime(2026, 1, 1, tzinfo=UTC))
        module = importlib.import_module(f"standfirst.importers.{name}.format")
        format = next(value for value in vars(module).values() if isinstance(value, Format))
        folder = Path(tempfile.mkdtemp(prefix="standfirst-fuzzing-"))
        is_folder = name in ("folders", "pages")

        def fuzz(data: bytes) -> None:
            inside = folder / "archive" if is_folder else folder
            inside.mkdir(exist_ok=True)
            (inside / f"input{suffix}").write_bytes(data)
            try:
                found = format.open(inside if is_folder else inside / f"input{suffix}", opening)
                found.settle_sections("", is_stated=False)
                for _ in found.drafts(processes=1):
                    pass
                found.claims()
                list(found.site_paths())
            except ImportRefused:
                pass

        return fuzz

    return target


def manuscripts() -> Callable[[bytes], None]:
    """A target for the text of a document of Word, which is packed with what else a document needs."""
    from standfirst.importers.manuscripts.converting import to_html
    from standfirst.importers.manuscripts.package import Unreadable, look_into
    from standfirst.importers.manuscripts.pieces import take_apart
    from tests.importers.manuscripts.documents import docx

    folder = Path(tempfile.mkdtemp(prefix="standfirst-fuzzing-"))

    def fuzz(data: bytes) -> None:
        path = docx(folder / "input.docx", document=data)
        try:
            look_into(path)
            take_apart(to_html(path, folder / "pictures", "input").html)
        except Unreadable:
            pass

    return fuzz


TARGETS: dict[str, Callable[[], Callable[[bytes], None]]] = {
    "bylines": bylines,
    "matching": matching,
    "wordpress": archive("wordpress", ".xml"),
    "ghost": archive("ghost", ".json"),
    "folders": archive("folders", ".md"),
    "pages": archive("pages", ".html"),
    "feeds": archive("feeds", ".xml"),
    "tables": archive("tables", ".csv"),
    "manuscripts": manuscripts,
}


def _labelled(name: str) -> Iterator[dict[str, Any]]:
    for line in (ROOT / "benchmarks" / "labelled" / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def bylines_to_begin_with() -> Iterator[str]:
    # The first character chooses the field.
    return (f"{number % 6}{line['raw']}" for number, line in enumerate(_labelled("bylines.jsonl")))


def pairs_to_begin_with() -> Iterator[str]:
    return (f"{line['a']}\n{line['b']}" for line in _labelled("pairs.jsonl"))


def wordpress_to_begin_with() -> Iterator[str]:
    from tests.importers import exports

    yield from (path.read_text(encoding="utf-8") for path in sorted(exports.SAMPLES.glob("*.xml")))
    yield exports.export(exports.author("ada", "Ada Quill"), exports.category("sea", "Sea"), exports.post(1))
    yield exports.export(exports.guest(9, "ben", "Ben Marsh"), exports.post(2, '[caption id="a"]b[/caption]'))


def ghost_to_begin_with() -> Iterator[str]:
    from tests.importers.ghost import exports

    yield json.dumps(exports.export(exports.post("1"), exports.post("2", type="page")))
    yield json.dumps(exports.export(exports.post("1", html="<p>Words</p>", lexical=None)))
    yield json.dumps(exports.export(exports.post("1"), tags=[exports.tag("1", "News")]))


def texts_to_begin_with() -> Iterator[str]:
    from tests.importers.folders.sites import post

    yield post(date="2014-03-04", author="Ada Quill")
    yield '+++\ntitle = "A headline"\nauthors = ["Ada Quill", "Ben Marsh"]\n+++\n\nWords.[^1]\n\n[^1]: A note.\n'
    yield "A headline\n##########\n:date: 2014-03-04\n:author: Ada Quill\n\nWords.\n"
    yield post(body="{{< figure src=a.jpg >}}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", date="2014-03-04")


def pages_to_begin_with() -> Iterator[str]:
    from tests.importers.pages import site

    yield site.article(byline=site.signed("Ada Quill"))
    yield site.article(head=site.ld({"@type": "NewsArticle", "author": [{"@type": "Person", "name": "Ada"}]}))
    yield site.author_page("3 articles by Ada Quill", [("/a/", "The Ferry")])


def feeds_to_begin_with() -> Iterator[str]:
    from tests.importers.feeds import feeds

    yield feeds.rss(feeds.item(1), feeds.item(2))
    yield feeds.atom(feeds.entry(1))


def tables_to_begin_with() -> Iterator[str]:
    from tests.importers.tables import sheets

    yield from (sheet.content().decode(sheet.encoding) for sheet in sheets.ODD_SHEETS if not sheet.workbook)


def manuscripts_to_begin_with() -> Iterator[str]:
    from tests.importers.manuscripts.documents import link, note, p, r, table, written

    yield written(p("The ferry", "Title"), p("By Ada Quill"), p("It sank", inside=note(2) + link("a table")))
    yield written(table(["a", "b"]), p("", inside=f'<w:ins w:id="1">{r("in")}</w:ins>'))


SEEDS: dict[str, Callable[[], Iterator[str]]] = {
    "bylines": bylines_to_begin_with,
    "matching": pairs_to_begin_with,
    "wordpress": wordpress_to_begin_with,
    "ghost": ghost_to_begin_with,
    "folders": texts_to_begin_with,
    "pages": pages_to_begin_with,
    "feeds": feeds_to_begin_with,
    "tables": tables_to_begin_with,
    "manuscripts": manuscripts_to_begin_with,
}


def begin(target: str, corpus: Path, folder: Path | None) -> int:
    """Write what to begin with into the corpus, and say how much it was."""
    if folder:
        seeds = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    else:
        seeds = [text.encode("utf-8", "replace") for text in SEEDS[target]()]
    seeds = [seed for seed in seeds if len(seed) <= LONGEST_INPUT]
    for number, seed in enumerate(seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    return len(seeds)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--corpus", type=Path, help="where inputs worth keeping are kept, and what is found")
    parser.add_argument(
        "--seeds",
        type=Path,
        help="a folder of files to begin with, rather than the samples of the target's kind",
    )
    chosen = parser.parse_args()
    corpus = chosen.corpus or Path(tempfile.mkdtemp(prefix=f"standfirst-{chosen.target}-corpus-"))
    corpus.mkdir(parents=True, exist_ok=True)
    begin(chosen.target, corpus, chosen.seeds)

    import atheris

    with atheris.instrument_imports(include=["standfirst"], enable_loader_override=False):
        fuzz = TARGETS[chosen.target]()
    options = [
        f"-max_total_time={chosen.seconds}",
        f"-timeout={LONGEST}",
        f"-rss_limit_mb={MEMORY}",
        f"-artifact_prefix={corpus}/",
        f"-max_len={LONGEST_INPUT}",
        "-print_final_stats=1",
    ]
    sys.stderr.write(f"The corpus is in {corpus}.\n")
    atheris.Setup([sys.argv[0], *options, str(corpus)], fuzz)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
