"""No word of an archive is lost: what its texts say, beside what its articles hold.

    python -m benchmarks.words ARCHIVE …

Of each article or page, the words of the source (taken out of it in the plainest way, not by the readers of
`standfirst.importers`) are looked for among the words of what an import would make of it: printed, or kept for the editor.
Those that are in neither are named.
"""

import argparse
import html
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

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
    drafts = {draft.key: draft for draft in archive.drafts(processes=1) if isinstance(draft, DraftArticle)}
    found = Kept()
    for key, source in SOURCES[format.name](path, drafts):
        draft = drafts[key]
        printed = words(" ".join([draft.words, draft.headline, draft.standfirst, draft.lead_alt]))
        printed += words_of_html(f"{draft.lead_caption} {draft.lead_credit}")
        printed += words(" ".join(names[credit.contributor_key] for credit in draft.credits))
        # What is kept for the editor is as it was typed: HTML, Markdown or code.
        held = " ".join(_texts([block.value for block in draft.body], media))
        kept = (words_of_html(held) | words_of_markdown(held) | words(held)) - words(draft.words)
        day = f"{draft.published_at:%d %B %b %A}" if draft.published_at else ""
        found.add(key, source, printed, kept + words(f"{draft.raw_byline} {day}"))
    return found


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


SOURCES = {
    "folders": _of_folder,
    "wordpress": _of_wordpress,
    "ghost": _of_ghost,
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
