"""Finds headline, byline and standfirst in a manuscript: by style, or else by where and how they stand."""

import re
from dataclasses import dataclass, field

from lxml import etree

from standfirst.bylines.reading import read_byline
from standfirst.importers.manuscripts.converting import CLASS
from standfirst.importers.manuscripts.styles import Style
from standfirst.importers.reading.documents import Node, classes, flatten, remove, words
from standfirst.importers.reading.htmlbody import BodyBuilder, parse_fragment
from standfirst.importers.reading.records import BodyBlock
from standfirst.importers.reading.shapes import settle_shapes

_LONGEST_HEADLINE, _LONGEST_BYLINE, _LONGEST_NAME, _LONGEST_STANDFIRST = 160, 160, 60, 900
# Words that begin a byline, and a headline or a sentence now and then: so the names behind them decide.
_BEGINS = re.compile(
    r"(?:(?:(?:words|text|story|report|interview|essay|reported|written|von|by|par|por|di|door|av|af|od|от|автор|autor(?:in)?|auteur|author|"
    r"verfasser(?:in)?|texte?|texto|testo|tekst)\b(?:\s+by\b)?\s*:?)|[—–-]|文[／/:：]|作者[:：])\s*(?=\S)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"[^\W\d_]+(?: [^\W\d_]+){0,2}\s*[:：]\s*\S|[^\W\d_]+ (?:by|von|par|por|di|door|av|af) \S"
)
_ENDS = re.compile(r"[.。!?…:;,]\Z")


@dataclass(slots=True)
class Pieces:
    """A manuscript taken apart."""

    headline: str = ""
    bylines: list[str] = field(default_factory=list)
    standfirst: str = ""
    blocks: list[BodyBlock] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def take_apart(html: str) -> Pieces:
    """The pieces of a manuscript, and the rest of it as body blocks."""
    found = Pieces()
    body = parse_fragment(html)
    if body is None or not len(body):
        return found
    flatten(body)
    root = body[0]
    _by_style(root, found)
    if not found.headline:
        _headline_by_place(root, found)
    if not found.bylines:
        _byline_by_place(root, found)
    if not found.standfirst:
        _standfirst_by_place(root, found)
    _settle_captions(root)
    _settle_cells(root)
    _settle_notes(root)
    after = settle_shapes(root)
    rest = "".join(str(etree.tostring(child, encoding="unicode", method="html")) for child in body)
    found.blocks = [*BodyBuilder().build(rest), *after]
    return found


def _by_style(root: Node, found: Pieces) -> None:
    headlines = _take(root, Style.HEADLINE)
    found.headline = " ".join(headlines)
    found.bylines = _take(root, Style.BYLINE)
    found.standfirst = " ".join(_take(root, Style.STANDFIRST))


def _take(root: Node, style: Style) -> list[str]:
    """Takes the paragraphs of a style out, up to the first text behind them: a style may be used again further down."""
    taken: list[str] = []
    for node in list(root):
        names = classes(node)
        if f"{CLASS}{style}" in names and next(node.iter("img"), None) is None:
            if text := words(node):
                taken.append(text)
            remove(node)
        elif words(node) and not any(name.startswith(CLASS) for name in names) and taken:
            break
    return taken


def _first(root: Node) -> list[Node]:
    """The first paragraphs and headings that say something."""
    return [node for node in root if isinstance(node.tag, str) and words(node)][:6]


def _headline_by_place(root: Node, found: Pieces) -> None:
    first = _first(root)
    for number, node in enumerate(first[:3]):
        text = words(node)
        if _is_byline(text):
            continue
        if not _is_headline(node):
            return  # the text has begun
        if _is_kicker(text) and number + 1 < len(first) and _is_headline(first[number + 1]):
            continue  # “ESSAY”, above the headline: it stays where it is
        found.headline = text
        found.notes.append("have a headline known by its place, not by its style")
        _out(node)
        return


def _byline_by_place(root: Node, found: Pieces) -> None:
    """Takes the first line that is a byline, and those behind it that say what others did."""
    for number, node in enumerate(_first(root)[:4]):
        text = words(node)
        if node.tag not in ("p", "h2", "h3", "h4") or len(text) > _LONGEST_BYLINE:
            continue
        is_first = number == 0 or (number == 1 and _is_kicker(words(_first(root)[0])))
        if (found.bylines and _is_labelled(text)) or (
            not found.bylines and (_is_byline(text) or (is_first and _is_name(text)))
        ):
            found.bylines.append(text)
            _out(node)
        elif found.bylines:
            break
    if found.bylines:
        found.notes.append("have a byline known by its place, not by its style")


def _is_headline(node: Node) -> bool:
    text = words(node)
    if node.tag in ("h1", "h2"):
        return True
    is_short = len(text) <= _LONGEST_HEADLINE and not _ENDS.search(text.rstrip("?!"))
    return node.tag == "p" and is_short and not classes(node)


def _is_kicker(text: str) -> bool:
    """Whether a line is a word or two in capitals, that says what follows."""
    return text.isupper() and len(text.split()) <= 2 and len(text) <= 30 and not _is_name(text)


def _is_labelled(text: str) -> bool:
    """Whether a line names people behind what they did: “Photographs: Ben Marsh”."""
    if not _LABELLED.match(text):
        return False
    reading = read_byline(text, field="byline")
    return (
        reading.is_sure
        and bool(reading.credits)
        and all(credit.role != "author" for credit in reading.credits)
    )


def _standfirst_by_place(root: Node, found: Pieces) -> None:
    """A first paragraph that is set off as a whole, where the second is not."""
    first = _first(root)
    if len(first) < 2 or not found.headline:
        return
    text = words(first[0])
    if (
        _is_set_off(first[0])
        and not _is_set_off(first[1])
        and len(text.split()) >= 6
        and len(text) <= _LONGEST_STANDFIRST
    ):
        found.standfirst = text
        found.notes.append("have a standfirst known by its place, not by its style")
        _out(first[0])


def _is_byline(text: str) -> bool:
    begins = _BEGINS.match(text)
    if begins is None or len(text) > _LONGEST_BYLINE:
        return False
    reading = read_byline(text, field="byline")
    # Whom nothing is known of is asked about, but the line that names them is no part of the text.
    may_be_people = all(
        credit.kind == "person"
        and " " in credit.name
        and not any(word[0].islower() for word in credit.name.split())
        for credit in reading.credits
    )
    return (
        (reading.is_sure or may_be_people)
        and any(credit.kind in ("person", "organisation") for credit in reading.credits)
        and _are_names(text[begins.end() :])
    )


def _is_name(text: str) -> bool:
    """Whether a line is one person's name and nothing else."""
    if len(text) > _LONGEST_NAME or _ENDS.search(text) or not 2 <= len(text.split()) <= 4:
        return False
    reading = read_byline(text, field="byline")
    return reading.is_sure and [credit.kind for credit in reading.credits] == ["person"] and _are_names(text)


def _are_names(text: str) -> bool:
    """Whether most words begin with a capital, or the script has none."""
    letters = [word[0] for word in text.split() if word[0].isalpha()]
    return bool(letters) and sum(not letter.islower() for letter in letters) * 2 > len(letters)


def _is_set_off(node: Node) -> bool:
    """Whether all words of a paragraph are in italics or bold."""
    if node.tag != "p":
        return False
    inside = "".join(words(child) for child in node if child.tag in ("em", "strong", "i", "b"))
    return bool(inside) and inside.replace(" ", "") == words(node).replace(" ", "")


def _out(node: Node) -> None:
    """Takes a paragraph's words out; a picture in it stays."""
    pictures = list(node.iter("img"))
    for picture in pictures:
        picture.tail = None
        node.addprevious(picture)
    remove(node)


def _settle_captions(root: Node) -> None:
    """Joins captions with the pictures they stand below, or above."""
    for caption in [node for node in root.iter("p") if f"{CLASS}{Style.CAPTION}" in classes(node)]:
        caption.attrib.pop("class")
        for neighbour in (caption.getprevious(), caption.getnext()):
            if neighbour is None or neighbour.tag not in ("p", "img") or words(neighbour):
                continue
            pictures = [neighbour] if neighbour.tag == "img" else list(neighbour.iter("img"))
            if len(pictures) != 1:
                continue
            figure = etree.Element("figure")
            neighbour.addprevious(figure)
            figure.append(pictures[0])
            if neighbour.tag == "p":
                remove(neighbour)
            caption.tag = "figcaption"
            figure.append(caption)
            break


def _settle_cells(root: Node) -> None:
    """Frees the words of a cell that is one paragraph, as nearly all are."""
    for cell in root.iter("td", "th"):
        if len(cell) == 1 and cell[0].tag == "p":
            etree.strip_tags(cell, "p")


def _settle_notes(root: Node) -> None:
    """Says of the list of notes that it is one."""
    lists = [node for node in root if node.tag == "ol"]
    if (
        lists
        and (items := list(lists[-1]))
        and all(re.match(r"(?:foot|end)note-", item.get("id") or "") for item in items)
    ):
        lists[-1].set("role", "doc-endnotes")
