"""Looks for input that makes a reader crash, hang or swell, guided by what of the code each input reaches.

    make fuzz TARGET=wordpress SECONDS=600
    python scripts/fuzz.py TARGET [--seconds 600] [--seeds DIR] [--corpus DIR]

Targets: bylines, matching, headers, html, desk, and the readers of archives: wordpress, ghost, blogger, substack, drupal,
joomla, medium, movabletype, nitf, jats, folders, pages, feeds, tables, manuscripts; every format has one. A reader may refuse its
input with one clear sentence (ImportRefused); anything else it raises, an input that takes longer than 20 seconds, and more
than 1.5 GB of memory are faults: the input is then kept in the corpus' folder as crash-…, timeout-… or oom-….

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
from contextlib import suppress
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


def headers() -> Callable[[bytes], None]:
    from standfirst.importers.folders.matter import split

    endings = (".md", ".rst", ".html")

    def fuzz(data: bytes) -> None:
        text = data[1:].decode("utf-8", "replace")
        split(text, endings[data[0] % len(endings)] if data else ".md")

    return fuzz


def html() -> Callable[[bytes], None]:
    from standfirst.importers.reading.htmlbody import BodyBuilder
    from standfirst.importers.reading.leftovers import settled
    from standfirst.text.markup import plain_text

    def fuzz(data: bytes) -> None:
        text = data[1:].decode("utf-8", "replace")
        blocks = BodyBuilder(newlines_break=bool(data and data[0] % 2)).build(text)
        settled(blocks, source="fuzzing")
        plain_text(text)

    return fuzz


def desk() -> Callable[[bytes], None]:
    """What an editor may give the desk: rich text, names, addresses, and a body as it is stored."""
    import django

    django.setup()
    from wagtail.blocks import StreamValue

    from standfirst.articles.models import ArticlePage
    from standfirst.bodies.fitting import fitted
    from standfirst.bodies.text import body_text
    from standfirst.text import markup
    from standfirst.text.identifiers import normalise_identifier
    from standfirst.text.names import matching_form, sort_key, sort_name
    from standfirst.text.slugs import slug_for

    stream = ArticlePage._meta.get_field("body").stream_block

    def fuzz(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        markup.editable(text)
        markup.clean_edited_inline(text)
        markup.safe_url(text)
        slug_for(text, fallback="article")
        sort_key(sort_name(text))
        matching_form(text)
        with suppress(ValueError):
            normalise_identifier("orcid", text)
        try:
            raw = json.loads(text)
        except (ValueError, RecursionError):
            return
        held = fitted(stream, raw)
        body_text(held)
        list(StreamValue(stream, held, is_lazy=True))

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
        from standfirst.importers.reading.records import Refused

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
                for item in found.drafts(processes=1):
                    # The fence keeps an import going; here what it caught is looked for.
                    if isinstance(item, Refused) and item.reason.startswith("cannot be read"):
                        raise AssertionError(f"{item.record} {item.reason}")
                found.claims()
                list(found.site_paths())
            except ImportRefused:
                pass

        return fuzz

    return target


def substack() -> Callable[[bytes], None]:
    """A target for the text of a post; the table beside it is read as any table of commas is."""
    from standfirst.importers.reading.documents import Unreadable
    from standfirst.importers.substack.texts import plain_html

    def fuzz(data: bytes) -> None:
        with suppress(Unreadable):
            plain_html(data.decode("utf-8", "replace"))

    return fuzz


def medium() -> Callable[[bytes], None]:
    """A target for the file of a story."""
    from standfirst.importers.medium.story import read_story
    from standfirst.importers.reading.documents import Unreadable

    def fuzz(data: bytes) -> None:
        with suppress(Unreadable):
            read_story(data, "2020-09-17_Story-77c0ffee1234")

    return fuzz


def manuscripts() -> Callable[[bytes], None]:
    """A target for the text of a document of Word, which is packed with what else a document needs."""
    from standfirst.importers.manuscripts.converting import to_html
    from standfirst.importers.manuscripts.package import Unreadable, look_into
    from standfirst.importers.manuscripts.pieces import take_apart
    from tests.importers.manuscripts.documents import docx

    folder = Path(tempfile.mkdtemp(prefix="standfirst-fuzzing-"))

    def fuzz(data: bytes) -> None:
        path = docx(folder / "input.docx", document=data)
        with suppress(Unreadable):
            look_into(path)
            take_apart(to_html(path, folder / "pictures", "input").html)

    return fuzz


TARGETS: dict[str, Callable[[], Callable[[bytes], None]]] = {
    "bylines": bylines,
    "matching": matching,
    "headers": headers,
    "html": html,
    "desk": desk,
    "wordpress": archive("wordpress", ".xml"),
    "ghost": archive("ghost", ".json"),
    "blogger": archive("blogger", ".xml"),
    "substack": substack,
    "medium": medium,
    "drupal": archive("drupal", ".json"),
    "joomla": archive("joomla", ".json"),
    "movabletype": archive("movabletype", ".txt"),
    "nitf": archive("nitf", ".xml"),
    "jats": archive("jats", ".xml"),
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


def odd_texts() -> Iterator[str]:
    """Texts that nobody would write, each as small as it still is odd."""
    from tests.importers.odd_texts import ODD

    return (text[:2_000] for text in ODD.values())


def headers_to_begin_with() -> Iterator[str]:
    from tests.importers.folders.test_matter import DAMAGED_HEADERS, SHAPES, UNFOLDING

    # The first character chooses the ending.
    yield from (f"0{text[:2_000]}" for text, *_ in (*SHAPES, *DAMAGED_HEADERS))
    yield from (f"0---\n{lines[:2_000]}\n---\nWords" for lines in UNFOLDING)
    yield "1A day\n#####\n\n:date: 2014-03-05\n:authors: - Quill, Ada\n\nWords.\n"


def html_to_begin_with() -> Iterator[str]:
    yield from (f"0{text}" for text in odd_texts())


def desk_to_begin_with() -> Iterator[str]:
    yield '<p>Words <a linktype="page" id="3">here</a></p>'
    yield '[{"type": "paragraph", "value": "<p>Words</p>"}, {"type": "gallery", "value": {"images": [{}]}}]'
    yield "0000-0002-1825-0097"
    yield from odd_texts()


def wordpress_to_begin_with() -> Iterator[str]:
    from tests.importers import exports

    yield from (exports.export(exports.post(1, text)) for text in odd_texts())

    yield from (path.read_text(encoding="utf-8") for path in sorted(exports.SAMPLES.glob("*.xml")))
    yield exports.export(exports.author("ada", "Ada Quill"), exports.category("sea", "Sea"), exports.post(1))
    yield exports.export(exports.guest(9, "ben", "Ben Marsh"), exports.post(2, '[caption id="a"]b[/caption]'))


def ghost_to_begin_with() -> Iterator[str]:
    from tests.importers.ghost import exports

    yield from (
        json.dumps(exports.export(exports.post("1", html=text, lexical=None))) for text in odd_texts()
    )
    yield json.dumps(exports.export(exports.post("1"), exports.post("2", type="page")))
    yield json.dumps(exports.export(exports.post("1", html="<p>Words</p>", lexical=None)))
    yield json.dumps(exports.export(exports.post("1"), tags=[exports.tag("1", "News")]))


def blogger_to_begin_with() -> Iterator[str]:
    from tests.importers.blogger import backups

    yield from (backups.backup(backups.post(1, text=text)) for text in odd_texts())
    yield backups.backup(backups.template(), backups.post(1), backups.post(2, draft=True), backups.comment(3))
    yield backups.takeout(backups.taken_out(1), backups.taken_out(2, kind="PAGE", status="DRAFT"))


def substack_to_begin_with() -> Iterator[str]:
    yield from odd_texts()
    yield '<p>Words<a class="footnote-anchor" href="#footnote-1">1</a></p><div class="footnote"><a id="footnote-1">1</a></div>'
    yield '<div class="tweet" data-attrs="{&quot;url&quot;:&quot;https://x.example&quot;}"></div><p class="button-wrapper"></p>'


def medium_to_begin_with() -> Iterator[str]:
    from tests.importers.medium import exports

    yield from (exports.story(text) for text in odd_texts())
    yield exports.story(exports.heading("A Bridge") + "<p>It rained.</p>", subtitle="It rained.")


def drupal_to_begin_with() -> Iterator[str]:
    from tests.importers.drupal import documents

    yield from (json.dumps(documents.document(documents.article(1, text))) for text in odd_texts())
    yield json.dumps(
        documents.document(documents.article(1, related=documents.by("p1", "p2")), documents.article(2))
    )


def joomla_to_begin_with() -> Iterator[str]:
    from tests.importers.joomla import exports

    yield from (json.dumps(exports.tables(exports.row(1, text))) for text in odd_texts())
    yield json.dumps(exports.tables(exports.row(1), exports.row(2, state="0")))
    yield json.dumps(exports.answer(exports.row(1)))


def movabletype_to_begin_with() -> Iterator[str]:
    from tests.importers.movabletype import exports

    yield from (exports.entry(1, text) for text in odd_texts())
    yield exports.entry(1, comments=[exports.comment()]) + exports.entry(
        2, "One.\n-----\nTwo.", status="Draft"
    )


def nitf_to_begin_with() -> Iterator[str]:
    from tests.importers.nitf import documents

    yield from (documents.article(1, text) for text in odd_texts())
    yield documents.article(
        1, '<p>Words.</p><media media-type="image"><media-reference source="a.jpg"/></media>'
    )


def jats_to_begin_with() -> Iterator[str]:
    from tests.importers.jats import documents

    yield from (documents.article(1, text) for text in odd_texts())
    yield documents.article(
        1, "<sec><title>A heading</title><p>Words.</p></sec>", meta="<abstract><p>Words.</p></abstract>"
    )


def texts_to_begin_with() -> Iterator[str]:
    from tests.importers.folders.sites import post

    yield from (post(body=text, date="2014-03-04") for text in odd_texts())
    yield from (text[1:] for text in headers_to_begin_with())
    yield post(date="2014-03-04", author="Ada Quill")
    yield '+++\ntitle = "A headline"\nauthors = ["Ada Quill", "Ben Marsh"]\n+++\n\nWords.[^1]\n\n[^1]: A note.\n'
    yield "A headline\n##########\n:date: 2014-03-04\n:author: Ada Quill\n\nWords.\n"
    yield post(body="{{< figure src=a.jpg >}}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", date="2014-03-04")


def pages_to_begin_with() -> Iterator[str]:
    from tests.importers.pages import site

    yield from (site.article(text=text) for text in odd_texts())
    yield site.article(byline=site.signed("Ada Quill"))
    yield site.article(head=site.ld({"@type": "NewsArticle", "author": [{"@type": "Person", "name": "Ada"}]}))
    yield site.author_page("3 articles by Ada Quill", [("/a/", "The Ferry")])


def feeds_to_begin_with() -> Iterator[str]:
    from tests.importers.feeds import feeds

    yield from (feeds.rss(feeds.item(1, text=text)) for text in odd_texts())
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
    "headers": headers_to_begin_with,
    "html": html_to_begin_with,
    "desk": desk_to_begin_with,
    "wordpress": wordpress_to_begin_with,
    "ghost": ghost_to_begin_with,
    "blogger": blogger_to_begin_with,
    "substack": substack_to_begin_with,
    "medium": medium_to_begin_with,
    "drupal": drupal_to_begin_with,
    "joomla": joomla_to_begin_with,
    "movabletype": movabletype_to_begin_with,
    "nitf": nitf_to_begin_with,
    "jats": jats_to_begin_with,
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
