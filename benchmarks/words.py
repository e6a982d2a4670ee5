"""No word of an archive is lost: what its texts say, beside what its articles hold.

    python -m benchmarks.words ARCHIVE …

Of each article or page, the words of the source (taken out of it in the plainest way, not by the readers of
`standfirst.importers`) are looked for among the words of what an import would make of it: printed, or kept for the editor.
Those that are in neither are named.
"""

import argparse
import csv
import html
import json
import os
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
from lxml import etree

ENOUGH = 0.995
MOST_NAMED = 12

_SIGNS = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # of scripts that part no words
_WORD = re.compile(rf"[{_SIGNS}]|[^\W\d_{_SIGNS}]{{2,}}")
# No words of a text: what a program reads, and addresses.
_PROGRAMS = re.compile(
    r"<!--.*?--!?>|<(script|style|svg|head)\b.*?</\1\s*>|<\?.*?\?>", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ADDRESS = re.compile(
    r"(?:https?|ftp|mailto|data):[^\s<>\"')\]]+|\b[\w.-]+@[\w.-]+\.\w+|\bwww\.[^\s<>\"')\]]+"
)
# Markdown: where links lead, what shortcodes and tags of templates say to a program, attributes, and names of languages.
_TARGET = re.compile(r"\]\([^()\s\"]*(?:\([^()]*\)[^()\s\"]*)*")
_DEFINITION = re.compile(r"^[ ]{0,3}\[[^\]\n]+\]:[ \t]*\S+(?:[ \t].*)?$", re.MULTILINE)
_REFERENCE = re.compile(r"\]\s?\[[^\]\n]*\]")
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{:?[ \t]*[.#:][^{}\n]*\}|<%.*?%>", re.DOTALL)
_LANGUAGE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[^\n]*$", re.MULTILINE)


def words(text: str) -> Counter[str]:
    return Counter(word.casefold() for word in _WORD.findall(html.unescape(text)))


def words_of_html(text: str) -> Counter[str]:
    # A tag within a word parts no word, and one of a block does.
    text = _PROGRAMS.sub(" ", text)
    text = re.sub(
        r"</?(?:a|b|i|em|strong|span|code|u|s|small|sup|sub|font|abbr|cite|mark|del|ins|q)\b[^<>]*>", "", text
    )
    return words(_ADDRESS.sub(" ", html.unescape(_TAG.sub(" ", text))))


def words_of_markdown(text: str) -> Counter[str]:
    text = _TEMPLATE.sub(" ", _LANGUAGE.sub(" ", _PROGRAMS.sub(" ", text)))
    text = _REFERENCE.sub("]", _TARGET.sub("](", _DEFINITION.sub(" ", text)))
    return words_of_html(re.sub(r"[*`]|(?<!\w)_|_(?!\w)|\\(?=[^\w\s])", "", text))


@dataclass(slots=True)
class Kept:
    """How many words an archive has, how many of them its articles print or keep, and what is missing where."""

    articles: int = 0
    words: int = 0
    printed: int = 0
    kept: int = 0
    missing: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def share(self) -> float:
        return self.kept / self.words if self.words else 1.0

    def add(self, record: str, source: Counter[str], printed: Counter[str], kept: Counter[str]) -> None:
        self.articles += 1
        self.words += source.total()
        self.printed += (source & printed).total()
        self.kept += (source & (printed + kept)).total()
        if missing := source - (printed + kept):
            self.missing[record] = missing


def compare(path: Path) -> Kept:
    """The words of an archive that is imported by itself, beside those of the drafts that are made of it."""
    from standfirst.importers.reading.archive import Opening
    from standfirst.importers.reading.records import DraftArticle
    from standfirst.importers.recognising import recognise

    format = recognise(path)
    archive = format.open(path, Opening(zone=UTC, now=datetime.now(UTC)))
    archive.settle_sections("", is_stated=False)
    names = {person.key: " ".join([person.display_name, *person.aliases]) for person in archive.contributors}
    media = {
        media.source_id: " ".join((media.alt, media.caption, media.title)) for media in archive.media.values()
    }
    # Several records may have one id.
    drafts: dict[str, list[DraftArticle]] = {}
    for item in archive.drafts(processes=1):
        if isinstance(item, DraftArticle):
            drafts.setdefault(item.key, []).append(item)
    found = Kept()
    firsts = {key: those[0] for key, those in drafts.items()}
    for key, source in SOURCES[format.name](path, firsts):
        draft = drafts[key].pop(0) if len(drafts[key]) > 1 else drafts[key][0]
        body = " ".join(_printed(draft))
        printed = words(" ".join([body, draft.headline, draft.standfirst, draft.lead_alt]))
        printed += words_of_html(f"{draft.lead_caption} {draft.lead_credit}")
        printed += words(" ".join(names[credit.contributor_key] for credit in draft.credits))
        # What is kept for the editor is as it was typed: HTML, Markdown or code.
        held = " ".join(_texts([block.value for block in draft.body], media))
        kept = (words_of_html(held) | words_of_markdown(held) | words(held)) - words(body)
        day = f"{draft.published_at:%d %B %b %A}" if draft.published_at else ""
        found.add(key, source, printed, kept + words(f"{draft.raw_byline} {day}"))
    return found


def _printed(draft: Any) -> Iterator[str]:
    """The words of each block of a draft; of a picture, those beside it."""
    from standfirst.bodies.text import printed_texts, without_markup

    for block, said in zip(draft.body, draft.words, strict=True):
        yield said or " ".join(without_markup(text.text) for text in printed_texts(block.type, block.value))


def _texts(value: Any, media: Mapping[str, str]) -> Iterator[str]:
    """Every text in a block's value, the words of a picture's record among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item, media)
    elif hasattr(value, "source_id"):
        yield media.get(value.source_id, "")
    elif isinstance(value, Iterable):
        for item in value:
            yield from _texts(item, media)


# --------------------------------------------------------------------------------------------- the words of each source


def _of_folder(path: Path, drafts: Mapping[str, Any]) -> Iterator[tuple[str, Counter[str]]]:
    from standfirst.importers.folders.matter import split
    from standfirst.importers.folders.tree import open_tree

    tree = open_tree(path)
    for name in tree.texts:
        if (key := f"file:{name}") not in drafts:
            continue
        ending = name[name.rfind(".") :].lower()
        body = split(tree.read(name), ending).body
        yield key, words_of_html(body) if ending in (".html", ".htm") else words_of_markdown(body)


def _of_wordpress(path: Path, drafts: Mapping[str, Any]) -> Iterator[tuple[str, Counter[str]]]:
    text = path.read_text(encoding="utf-8", errors="replace")
    for item in re.findall(r"<item>.*?</item>", text, re.DOTALL):
        number = re.search(r"<wp:post_id>(?:<!\[CDATA\[)?(\d+)", item)
        said = re.search(r"<content:encoded>\s*(.*?)\s*</content:encoded>", item, re.DOTALL)
        if number and said and (key := f"post:{number[1]}") in drafts:
            content = re.sub(r"<!\[CDATA\[|\]\]>", "", said[1])
            yield key, words_of_html(re.sub(r"\[/?[a-z][\w-]*(?:\s[^\[\]]*)?\]", " ", content))


def _of_ghost(path: Path, drafts: Mapping[str, Any]) -> Iterator[tuple[str, Counter[str]]]:
    whole = json.loads(path.read_text(encoding="utf-8-sig"))
    data = whole["db"][0]["data"] if "db" in whole else whole.get("data", whole)
    for row in data["posts"]:
        if (key := f"post:{row.get('id', '')}") in drafts and row.get("html"):
            yield key, words_of_html(row["html"])


def _of_feed(path: Path, drafts: Mapping[str, Any]) -> Iterator[tuple[str, Counter[str]]]:
    from standfirst.importers.feeds.reader import read_feed
    from standfirst.importers.feeds.records import ParsedEntry
    from standfirst.importers.feeds.survey import feed_files

    by_id = {draft.feed_id: key for key, draft in drafts.items()}
    for file in feed_files(path):
        for entry in read_feed(file, zone=UTC):
            if isinstance(entry, ParsedEntry) and (key := by_id.get(entry.id)):
                yield key, words_of_html(entry.content)


def _of_pages(path: Path, drafts: Mapping[str, Any]) -> Iterator[tuple[str, Counter[str]]]:
    for file in sorted(path.rglob("*.html")):
        text = file.read_text(encoding="utf-8", errors="replace")
        own = re.search(r"<article\b.*?</article>", text, re.DOTALL)
        where = f"/{file.relative_to(path).as_posix()}"
        for key in drafts:
            place = key.partition(":")[2].rstrip("/")
            if own and where.removesuffix("index.html").rstrip("/").endswith(place):
                yield key, words_of_html(own[0])
                break


def _files(path: Path, pattern: str) -> Iterator[tuple[str, bytes]]:
    """The files of a folder, a ZIP archive or a path whose names match, each with its name in it."""
    if path.is_dir():
        found = ((file.relative_to(path).as_posix(), file) for file in sorted(path.rglob("*")))
        yield from ((name, file.read_bytes()) for name, file in found if re.search(pattern, name))
    elif zipfile.is_zipfile(path) and not re.search(pattern, path.name):
        with zipfile.ZipFile(path) as archive:
            yield from ((name, archive.read(name)) for name in archive.namelist() if re.search(pattern, name))
    else:
        yield path.name, path.read_bytes()


def _of_blogger(path: Path, drafts: Mapping[str, Any]) -> Iterator[tuple[str, Counter[str]]]:
    by_id = {draft.feed_id: key for key, draft in drafts.items()}
    atom = "{http://www.w3.org/2005/Atom}"
    for _, content in _files(path, r"\.(?:xml|atom)$"):
        damaged_too = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
        for entry in etree.fromstring(content, damaged_too).iter(f"{atom}entry"):
            if key := by_id.get((entry.findtext(f"{atom}id") or "").strip()):
                yield key, words_of_html(entry.findtext(f"{atom}content") or "")


def _of_substack(path: Path, drafts: Mapping[str, Any]) -> Iterator[tuple[str, Counter[str]]]:
    for name, content in _files(path, r"posts/[^/]*\.html$"):
        if (key := f"post:{Path(name).name.partition('.')[0]}") in drafts:
            yield key, words_of_html(content.decode("utf-8", "replace"))


def _of_medium(path: Path, drafts: Mapping[str, Any]) -> Iterator[tuple[str, Counter[str]]]:
    for name, content in _files(path, r"posts/[^/]*\.html$"):
        text = content.decode("utf-8", "replace")
        said = re.search(r"data-field=\"body\"[^>]*>(.*)</section>\s*<footer", text, re.DOTALL)
        number = re.search(r"[0-9a-f]{8,14}(?=\.html$)", name)
        if said and number and (key := f"post:{number[0]}") in drafts:
            yield key, words_of_html(said[1])


def _of_drupal(path: Path, drafts: Mapping[str, Any]) -> Iterator[tuple[str, Counter[str]]]:
    for _, content in _files(path, r"\.json$"):
        data = json.loads(content).get("data", ())
        for node in data if isinstance(data, list) else [data]:
            fields = node["attributes"]
            language = fields.get("langcode", "")
            key = f"node:{node['id']}{f':{language}' if language else ''}"
            body = fields.get("body")
            if key in drafts and isinstance(body, dict):
                yield key, words_of_html(body.get("value") or "")


def _of_joomla(path: Path, drafts: Mapping[str, Any]) -> Iterator[tuple[str, Counter[str]]]:
    def rows(value: Any) -> Iterator[Mapping[str, Any]]:
        if isinstance(value, dict) and ("introtext" in value or "text" in value):
            yield value
        elif isinstance(value, dict):
            number = {"id": value["id"]} if "attributes" in value and "id" in value else {}
            yield from (number | row for inner in value.values() for row in rows(inner))
        elif isinstance(value, list):
            yield from (row for inner in value for row in rows(inner))

    for row in rows(json.loads(path.read_text(encoding="utf-8-sig"))):
        if (key := f"article:{row.get('id')}") in drafts:
            text = "\n".join(str(row.get(name) or "") for name in ("introtext", "fulltext")).strip()
            yield key, words_of_html(text or str(row.get("text") or ""))


def _of_movable_type(path: Path, drafts: Mapping[str, Any]) -> Iterator[tuple[str, Counter[str]]]:
    text = path.read_text(encoding="utf-8", errors="replace")
    for entry in re.split(r"^-{8}\s*$", text, flags=re.MULTILINE):
        head, *sections = re.split(r"^-{5}\s*$", entry, flags=re.MULTILINE)
        named = re.search(r"^UNIQUE URL: *(\S+)", head, re.MULTILINE) or re.search(
            r"^BASENAME: *(\S+)", head, re.MULTILINE
        )
        if named and (key := f"entry:{named[1]}") in drafts:
            said = [part for part in sections if re.match(r"\s*(?:BODY|EXTENDED BODY):", part)]
            body = "\n".join(part.partition(":")[2] for part in said)
            is_markdown = re.search(r"^CONVERT BREAKS: .*markdown", head, re.MULTILINE | re.IGNORECASE)
            yield key, words_of_markdown(body) if is_markdown else words_of_html(body)


def _of_nitf(path: Path, drafts: Mapping[str, Any]) -> Iterator[tuple[str, Counter[str]]]:
    for name, content in _files(path, r"\.(?:xml|nitf)$"):
        text = content.decode("utf-8", "replace")
        number = re.search(r"<doc-id\b[^>]*id-string=\"([^\"]*)\"", text)
        said = re.search(r"<body\.content\b[^>]*>(.*)</body\.content>", text, re.DOTALL)
        key = f"nitf:{number[1]}" if number else f"nitf:{name}"
        if said and key in drafts:
            yield key, words_of_html(said[1])


def _of_jats(path: Path, drafts: Mapping[str, Any]) -> Iterator[tuple[str, Counter[str]]]:
    inline = r"</?(?:italic|bold|underline|strike|monospace|sc|xref|ext-link|named-content|styled-content)\b[^<>]*>"
    for name, content in _files(path, r"\.(?:xml|nxml)$"):
        text = content.decode("utf-8", "replace")
        ids = dict(
            re.findall(r"<article-id\b[^>]*pub-id-type=\"([^\"]*)\"[^>]*>\s*([^<]*?)\s*</article-id>", text)
        )
        said = re.search(r"<body\b[^>]*>(.*)</body>", text, re.DOTALL)
        key = f"jats:{ids.get('doi') or next(iter(ids.values()), '') or name}"
        if said and key in drafts:
            yield key, words_of_html(re.sub(inline, "", said[1]))


def _of_tables(path: Path, drafts: Mapping[str, Any]) -> Iterator[tuple[str, Counter[str]]]:
    """Of files of commas alone: the longest value of each row is its text."""
    csv.field_size_limit(sys.maxsize)
    by_place = {draft.place: key for key, draft in drafts.items()}
    for file in sorted(path.glob("*.csv")) if path.is_dir() else [path]:
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as source:
            for number, row in enumerate(csv.reader(source), 1):
                if key := by_place.get(f"{file.name}, row {number:,}"):
                    yield key, words_of_html(max(row, key=len))


def _of_manuscripts(path: Path, drafts: Mapping[str, Any]) -> Iterator[tuple[str, Counter[str]]]:
    root = path if path.is_dir() else path.parent
    for file in sorted(path.rglob("*.docx")) if path.is_dir() else [path]:
        if (key := f"file:{file.relative_to(root).as_posix()}") not in drafts:
            continue
        with zipfile.ZipFile(file) as packed:
            text = packed.read("word/document.xml").decode("utf-8", "replace")
        # A run parts no word, and a paragraph, a tab or a line does.
        parts = re.split(r"</w:p>|<w:(?:tab|br)\b[^>]*>", text)
        said = ("".join(re.findall(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>", part)) for part in parts)
        yield key, words(_ADDRESS.sub(" ", " ".join(said)))


SOURCES = {
    "folders": _of_folder,
    "wordpress": _of_wordpress,
    "ghost": _of_ghost,
    "blogger": _of_blogger,
    "substack": _of_substack,
    "medium": _of_medium,
    "drupal": _of_drupal,
    "joomla": _of_joomla,
    "movabletype": _of_movable_type,
    "nitf": _of_nitf,
    "jats": _of_jats,
    "tables": _of_tables,
    "manuscripts": _of_manuscripts,
    "feed": _of_feed,
    "pages": _of_pages,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.words",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("archives", nargs="+", type=Path, metavar="ARCHIVE")
    parser.add_argument(
        "--named", type=int, default=5, help="articles of each archive whose missing words are named"
    )
    chosen = parser.parse_args()

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from standfirst.importers.errors import ImportRefused

    print(f"{'':32} {'articles':>8} {'words':>9} {'printed':>8} {'kept':>8}")
    is_enough = True
    for path in chosen.archives:
        try:
            found = compare(path)
        except ImportRefused as refusal:
            print(f"{path.name:32} {refusal}")
            continue
        share = found.printed / found.words if found.words else 1
        print(f"{path.name[:32]:32} {found.articles:>8,} {found.words:>9,} {share:>8.2%} {found.share:>8.2%}")
        is_enough &= found.share >= ENOUGH
        worst = sorted(found.missing.items(), key=lambda pair: -pair[1].total())[: chosen.named]
        for record, missing in worst:
            some = ", ".join(
                word if n == 1 else f"{word} ×{n}" for word, n in missing.most_common(MOST_NAMED)
            )
            print(f"    {missing.total():>6,} of {record}: {some}")
    sys.exit(0 if is_enough else 1)


if __name__ == "__main__":
    main()
