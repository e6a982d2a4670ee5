"""What no reader of a format took for anything: the last look at every body, whatever it was read from.

Marks of the old site (`standfirst.text.marks`) leave the words they stand in and become blocks for the editor beside them;
code in a wrapper becomes code. A wrapper may begin in one block and end in another, so a body is read as one text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from standfirst.bodies.text import PrintedText, printed_texts, with_text
from standfirst.importers.reading.htmlbody import unknown_block
from standfirst.importers.reading.records import BodyBlock
from standfirst.text.flow import Flow, links_opened
from standfirst.text.marks import OPAQUE, TYPED, Kind, Mark, Part, find_marks, without_typed

# Parts the texts of a body while they are read as one; no mark goes on beyond it.
_BETWEEN = f"\n{OPAQUE}\n"
_MAYBE = re.compile(rf"\[[/!A-Za-z_\[]|\{{[{{%#:.<*/]|%7B|&lt;(?:!--|/?[A-Z])|:::|!!!|\?\?\?|data:|{TYPED}")
# One of these is in whatever that finds; looking for each takes a tenth of it.
_SIGNS = ("[", "{", "%7B", "&lt;", ":::", "!!!", "???", "data:", TYPED)
_SHORTEST_PACKED = 40
_PACKED = re.compile(rf"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{{{_SHORTEST_PACKED}}}")
_LETTER = re.compile(r"\w")
_TWO_PARAGRAPHS = re.compile(rf"\n?{_BETWEEN}\n?")


@dataclass(frozen=True, slots=True)
class Settled:
    """Blocks with no mark left that is sure, the names of what was one, and what may be one and is printed."""

    blocks: tuple[BodyBlock, ...]
    shortcodes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


def settled(blocks: Sequence[BodyBlock], *, source: str, known: Iterable[str] = ()) -> Settled:
    """The blocks of a body without marks of the old site among their words.

    `source` is the format's name, for the editor; `known` are names of shortcodes that the reader of the format found.
    """
    texts = [list(printed_texts(block.type, block.value)) for block in blocks]
    if not any(_may_have_marks(text.text) for some in texts for text in some):
        return Settled(tuple(blocks))
    return _Body(blocks, texts, source).settled(frozenset(known))


def _may_have_marks(text: str) -> bool:
    has_sign = any(sign in text for sign in _SIGNS)
    return (has_sign and _MAYBE.search(text) is not None) or _may_be_packed(text)


def _may_be_packed(text: str) -> bool:
    """Whether a text holds what may be base64. Only where it goes on without a space is looked at: elsewhere it takes longer."""
    at = 0
    while at + _SHORTEST_PACKED <= len(text):
        space = text.rfind(" ", at, at + _SHORTEST_PACKED)
        if space < 0:
            space = text.find(" ", at + _SHORTEST_PACKED)
            space = space if space >= 0 else len(text)
            if _PACKED.search(text, at, space):
                return True
        at = space + 1
    return False


def settled_words(words: str, *, is_html: bool) -> tuple[str, tuple[str, ...]]:
    """A line of words beside a body, such as a standfirst, without marks; and these."""
    if not _may_have_marks(words):
        return words, ()
    flow = Flow(words, is_html=is_html)
    marks = find_marks(flow.text).marks
    if not marks:
        return without_typed(words), ()
    left = flow.without((mark.start, mark.end, _in_place(mark, flow.text, is_html=is_html)) for mark in marks)
    return without_typed(left), tuple(mark.raw for mark in marks)


@dataclass(slots=True)
class _Place:
    """One text of the body, with where it stands in the whole."""

    block: int
    printed: PrintedText
    flow: Flow
    start: int
    spans: list[tuple[int, int, str]] = field(default_factory=list)

    _asked: int = 0  # spans that were looked at
    _read: int = 0  # up to here words were looked for
    _has_words: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.flow.text)

    def has_words_before(self, stop: int) -> bool:
        """Whether words stand before some point of the whole. Asked in order: a body of marks alone is read once."""
        if not self._has_words:
            ends = stop - self.start
            spans = [span for span in self.spans[self._asked :] if span[0] < ends]
            for start, end, _ in [*spans, (ends, ends, "")]:
                self._has_words |= (
                    _LETTER.search(self.flow.text, self._read, max(start, self._read)) is not None
                )
                self._read = max(self._read, end)
            self._asked = len(self.spans)
        return self._has_words


class _Body:
    def __init__(self, blocks: Sequence[BodyBlock], texts: list[list[PrintedText]], source: str) -> None:
        self._source = source
        self._blocks = list(blocks)
        self._before: list[list[Mark]] = [[] for _ in blocks]
        self._after: list[list[Mark]] = [[] for _ in blocks]
        self._links: list[list[str]] = [[] for _ in blocks]
        self._code: dict[int, list[tuple[Mark, _Place]]] = {}
        self._places: list[_Place] = []
        length = 0
        for number, some in enumerate(texts):
            for printed in some:
                text, gone = links_opened(printed.text) if printed.is_html else (printed.text, ())
                self._links[number] += gone
                flow = Flow(text, is_html=printed.is_html)
                self._places.append(_Place(number, printed._replace(text=text), flow, length))
                length += len(flow.text) + len(_BETWEEN)
        self._text = _BETWEEN.join(place.flow.text for place in self._places)
        self._starts = [place.start for place in self._places]
        self._of_block: list[list[_Place]] = [[] for _ in blocks]
        for place in self._places:
            self._of_block[place.block].append(place)

    def settled(self, known: frozenset[str]) -> Settled:
        reading = find_marks(self._text, known)
        for mark in reading.marks:
            self._assign(mark)
        blocks = tuple(block for number in range(len(self._blocks)) for block in self._made(number))
        named = [
            mark for mark in reading.marks if mark.part is not Part.CLOSES and mark.kind is not Kind.CODE
        ]
        return Settled(
            blocks,
            tuple(mark.name[:100] for mark in named if mark.kind is Kind.SHORTCODE),
            tuple(mark.name[:100] for mark in named if mark.kind is not Kind.SHORTCODE),
            reading.doubtful,
        )

    # ------------------------------------------------------------------------------------------------ where marks stand

    def _assign(self, mark: Mark) -> None:
        at = max(0, bisect_right(self._starts, mark.start) - 1)
        touched = [
            place
            for place in self._places[at : bisect_right(self._starts, mark.end, lo=at)]
            if place.start < mark.end and mark.start < place.end
        ]
        if not touched:
            return
        if mark.kind is Kind.CODE and not self._is_code_here(mark, touched):
            opening, closing = mark.inner
            for start, end in ((mark.start, opening), (closing, mark.end)):
                self._assign(Mark(Kind.SHORTCODE, mark.name or "code", start, end, self._text[start:end]))
            return
        first = touched[0]
        if mark.kind is Kind.CODE and (first.printed.path or self._is_in_a_line(mark, first)):
            # Code within a sentence, or where no block can stand, is code where it stands.
            opening, closing = mark.inner
            signs = ("<code>", "</code>") if first.printed.is_html else ("", "")
            first.spans.append((mark.start - first.start, opening - first.start, signs[0]))
            first.spans.append((closing - first.start, mark.end - first.start, signs[1]))
            return
        space = _space(mark, self._text)
        for place in touched:
            start, end = max(mark.start, place.start) - place.start, min(mark.end, place.end) - place.start
            place.spans.append((start, end, space))
        if mark.kind is Kind.CODE:
            self._code.setdefault(first.block, []).append((mark, touched[-1]))
        elif mark.part is Part.CLOSES and mark.partner:
            pass  # shown beside what it closes
        elif first.has_words_before(mark.start):
            self._after[first.block].append(mark)
        else:
            self._before[first.block].append(mark)

    def _is_code_here(self, mark: Mark, touched: list[_Place]) -> bool:
        """Whether a wrapper around code holds only text, and not blocks that are code already."""
        numbers = range(touched[0].block, touched[-1].block + 1)
        kinds = {self._blocks[number].type for number in numbers}
        within = self._text[slice(*mark.inner)].replace(_BETWEEN, "")
        return (
            kinds <= {"paragraph", "list", "html", "heading", "verse", "quotation"} and OPAQUE not in within
        )

    def _is_in_a_line(self, mark: Mark, place: _Place) -> bool:
        if mark.end > place.end or "\n" in self._text[slice(*mark.inner)]:
            return False
        return bool((self._text[place.start : mark.start] + self._text[mark.end : place.end]).strip())

    # ------------------------------------------------------------------------------------------------ what comes of it

    def _made(self, number: int) -> Iterator[BodyBlock]:
        block = self._blocks[number]
        places = self._of_block[number]
        yield from self._for_editor(self._before[number])
        if number in self._code:
            yield from self._with_code(block, places[0], self._code[number])
        else:
            value = block.value
            for place in places:
                left = place.flow.without(place.spans) if place.spans else place.printed.text
                left = without_typed(left)
                if left != place.printed.text or self._links[number]:
                    value = with_text(value, place.printed.path, left)
            if not any(place.spans for place in places) or not _is_empty(block.type, value):
                yield BodyBlock(block.type, value)
        for tag in self._links[number]:
            yield unknown_block("link", tag, source=self._source)
        yield from self._for_editor(self._after[number])

    def _with_code(
        self, block: BodyBlock, place: _Place, found: list[tuple[Mark, _Place]]
    ) -> Iterator[BodyBlock]:
        """A text cut where code stands in it."""
        length = len(place.flow.text)
        position = 0
        for mark, _ in found:
            start, stop = mark.start - place.start, min(mark.end - place.start, length)
            yield from _cut(block, place, position, start)
            code = _TWO_PARAGRAPHS.sub("\n\n", self._text[slice(*mark.inner)]).strip("\n").rstrip()
            if code:
                yield BodyBlock("code", {"language": mark.name[:50], "code": without_typed(code)})
            position = stop
        yield from _cut(block, place, position, length)

    def _for_editor(self, marks: list[Mark]) -> Iterator[BodyBlock]:
        """What the editor sees of marks: each that had words by itself, the others of a place together."""
        plain: list[Mark] = []
        for mark in marks:
            if mark.words:
                yield from self._together(plain)
                plain = []
                yield unknown_block(mark.name[:200], _raw(mark), mark.words, source=self._source)
            else:
                plain.append(mark)
        yield from self._together(plain)

    def _together(self, marks: list[Mark]) -> Iterator[BodyBlock]:
        if marks:
            names = ", ".join(dict.fromkeys(mark.name for mark in marks))
            yield unknown_block(names[:200], "\n".join(map(_raw, marks)), source=self._source)


def _raw(mark: Mark) -> str:
    return f"{mark.raw}{mark.partner.raw}" if mark.partner and mark.part is Part.OPENS else mark.raw


def _cut(block: BodyBlock, place: _Place, start: int, end: int) -> Iterator[BodyBlock]:
    """What is left of a block between two places of its text."""
    length = len(place.flow.text)
    spans = [*place.spans, (0, start, ""), (end, length, "")]
    value = without_typed(place.flow.without(_apart(spans)))
    if not _is_empty(block.type, value):
        yield BodyBlock(block.type, value)


def _apart(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Spans joined where they overlap."""
    joined: list[tuple[int, int, str]] = []
    for start, end, instead in sorted(spans):
        if start >= end:
            continue
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]), joined[-1][2] + instead)
        else:
            joined.append((start, end, instead))
    return joined


def _is_empty(kind: str, value: object) -> bool:
    """Whether a block has nothing left to show. Pictures, embeds and tables show something without words."""
    if kind in ("image", "gallery", "embed", "table", "footnotes"):
        return False
    if kind == "html" and isinstance(value, str) and re.search(r"<(?:img|hr|table|audio|video)\b", value):
        return False
    return not any(re.sub(r"<[^>]*>|&nbsp;", "", text.text).strip() for text in printed_texts(kind, value))


def _in_place(mark: Mark, text: str, *, is_html: bool) -> str:
    words = text[slice(*mark.inner)] if mark.kind is Kind.CODE else mark.words or _space(mark, text)
    return escape(words, quote=False) if is_html else words


def _space(mark: Mark, text: str) -> str:
    """A space where words that a mark kept apart would be glued; none around a part of a word, as a drop cap is."""
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    if not before or not after or before.isspace() or after.isspace():
        return ""
    if before in "]}>" or after in "[{<":
        return " "  # one wrapper ends and the next begins
    if mark.partner is None:
        return (
            " "
            if mark.kind in (Kind.SHORTCODE, Kind.TEMPLATE) and before.isalnum() and after.isalnum()
            else ""
        )
    ends = sorted((mark.start, mark.partner.start))
    return " " if "\n" in text[slice(*ends)] else ""
