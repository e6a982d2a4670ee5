"""Turns what pages mark in ways of their own (pull quotes, verse, notes, players) into what the body's reader knows."""

import re

from lxml import etree

from standfirst.importers.reading.documents import Node, classes, remove, words
from standfirst.importers.reading.htmlbody import clean_caption
from standfirst.importers.reading.records import BodyBlock

_PULL = re.compile(r"(?:\A|[-_])pull-?quote(?:\Z|[-_](?!by|attribution|cite))", re.I)
_PULL_SOURCE = re.compile(r"pull-?quote[-_]+(?:by|attribution|cite|source)", re.I)
_VERSE = re.compile(r"\A(?:wp-block-)?(?:verse|poem|poetry|stanza)\Z", re.I)
_NOTES = re.compile(r"\A(?:footnotes?|endnotes?|wp-block-footnotes|references-list)\Z", re.I)
_BACK = re.compile(r"back|reversefootnote|return", re.I)


def settle_shapes(node: Node) -> list[BodyBlock]:
    """Rewrites a body in place; returns the blocks that come after it."""
    for part in list(node.iter("aside", "div", "blockquote", "figure", "p", "section")):
        names = classes(part)
        if part is node or part.getparent() is None:
            continue
        if any(_PULL.search(name) for name in names):
            _pull_quote(part)
        elif any(_VERSE.match(name) for name in names) and next(part.iter("p", "img"), None) is None:
            part.tag = "pre"
            part.set("class", "wp-block-verse")
        elif part.tag == "figure" and "embed" in " ".join(names):
            _embed(part)
    for table in list(node.iter("table")):
        if "tr-caption-container" in classes(table):
            _captioned_table(table)
    for code in node.iter("code"):
        language = code.get("data-language") or code.get("data-lang")
        if language and re.fullmatch(r"[\w+#-]{1,40}", language):
            code.set("class", f"language-{language}")
    return _notes(node)


def _pull_quote(part: Node) -> None:
    inner = part.find(".//blockquote")
    if part.tag == "figure" and inner is not None:
        return  # the body's reader knows these
    for source in [
        n for n in part.iter() if n is not part and any(_PULL_SOURCE.search(name) for name in classes(n))
    ]:
        source.tag = "cite"
    part.tag = "blockquote"
    part.set("class", "pullquote")
    part.attrib.pop("aria-hidden", None)


def _embed(part: Node) -> None:
    """A player that stands there as a link, because it was not to be loaded."""
    links = [link for link in part.iter("a") if (link.get("href") or "").startswith("http")]
    if len(links) != 1 or next(part.iter("img", "iframe", "video", "audio", "blockquote"), None) is not None:
        return
    player = etree.Element("iframe", src=links[0].get("href"), title=words(links[0], 300))
    for child in [child for child in part if child.tag != "figcaption"]:
        remove(child)
    part.insert(0, player)


def _captioned_table(table: Node) -> None:
    """A picture over its caption, which Blogger lays out as a table."""
    caption = next((cell for cell in table.iter("td") if "tr-caption" in classes(cell)), None)
    pictures = list(table.iter("img"))
    if len(pictures) != 1 or table.getparent() is None:
        return
    figure = etree.Element("figure")
    figure.tail, table.tail = table.tail, None
    table.getparent().replace(table, figure)
    picture = next(pictures[0].iterancestors("a"), pictures[0])
    picture.tail = None
    figure.append(picture)
    if caption is not None:
        caption.tag, caption.tail = "figcaption", None
        figure.append(caption)


def _notes(node: Node) -> list[BodyBlock]:
    """Takes the notes out of a body; their marks in the text are numbered as they are."""
    found: list[dict[str, str]] = []
    for holder in list(node.iter("section", "div", "ol", "aside")):
        if holder.getparent() is None or holder is node:
            continue
        if holder.get("role") not in ("doc-endnotes", "doc-footnotes") and not any(
            _NOTES.match(n) for n in classes(holder)
        ):
            continue
        entries = [entry for entry in holder.iter("li") if entry.get("id")]
        marks = {f"#{entry.get('id')}": str(len(found) + number) for number, entry in enumerate(entries, 1)}
        mentioned = _number_marks(node, holder, marks)
        if not entries or not mentioned:
            continue  # a list of something else, or of notes nobody refers to: it stays where it is
        for entry in entries:
            for link in list(entry.iter("a")):
                if _BACK.search(
                    f"{link.get('class') or ''} {link.get('role') or ''} {link.get('rev') or ''}"
                ) or words(link) in ("↩", "↩︎", "^", "↑"):
                    remove(link)
            inner = "".join(
                [
                    entry.text or "",
                    *(etree.tostring(child, encoding="unicode", method="html") for child in entry),
                ]
            )
            found.append({"mark": str(len(found) + 1), "text": clean_caption(inner)})
        remove(holder)
    return [BodyBlock("footnotes", found)] if found else []


def _number_marks(node: Node, holder: Node, marks: dict[str, str]) -> bool:
    mentioned = False
    for link in list(node.iter("a")):
        number = marks.get("#" + (link.get("href") or "").rpartition("#")[2])
        if number is None or holder in link.iterancestors():
            continue
        place = next(link.iterancestors("sup"), link)
        mark = etree.Element("sup")
        mark.set("data-fn-mark", number)
        mark.text, mark.tail = number, place.tail
        place.getparent().replace(place, mark)
        mentioned = True
    return mentioned
