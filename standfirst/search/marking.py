"""Marking what was looked for in what is shown of an article, and choosing the sentence of its body that shows most of it."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from standfirst.text.tokens import folded, is_in_pairs, stream, words

from .meaning import Sought

# A sentence ends at a sign that ends one, also of other scripts; lines end one.
_SENTENCE = re.compile(r"[^.!?…。！？\n]+[.!?…。！？]*[\"”’»)」]*\s*")
LONGEST = 240
# A sentence is looked at as one; one that goes on and on is cut where words begin.
_BEFORE = 60


def marked(text: str, sought: Sought) -> Markup:
    """A text with the words that were looked for in `<mark>`."""
    parts: list[str] = []
    at = 0
    for start, end in _joined(_spans(text, sought)):
        parts += [escape(text[at:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
        at = end
    return Markup("").join([*parts, escape(text[at:])])


def passage(text: str, sought: Sought) -> Markup:
    """The sentence that has most of what was looked for, marked; empty if none has any."""
    wanted = len(sought.tokens | set(sought.phrases)) + bool(sought.begun)
    best, most = "", 0
    for found in _SENTENCE.finditer(text):
        sentence = found.group()
        number = _number_in(sentence, sought)
        if number > most:
            best, most = sentence.strip(), number
            if most >= wanted:
                break
    return marked(_shortened(best, sought), sought) if best else Markup("")


def _number_in(sentence: str, sought: Sought) -> int:
    """How many of the things that were looked for a sentence has."""
    become = stream(sentence)
    there = set(become.split())
    number = len(there & sought.tokens)
    number += 2 * sum(f" {' '.join(phrase)} " in f" {become} " for phrase in sought.phrases)
    if sought.begun and not number:
        number += any(token.startswith(sought.begun) for token in there)
    return number


def _shortened(sentence: str, sought: Sought) -> str:
    """At most so much of a sentence, with what was looked for in it."""
    if len(sentence) <= LONGEST:
        return sentence
    spans = _joined(_spans(sentence, sought))
    start = max(0, (spans[0][0] if spans else 0) - _BEFORE)
    if start and not is_in_pairs(sentence):
        start = sentence.find(" ", start) + 1
    end = start + LONGEST
    cut = sentence[start:end]
    if end < len(sentence) and not is_in_pairs(sentence):
        cut = cut.rpartition(" ")[0] or cut
    return ("… " if start else "") + cut.strip() + (" …" if end < len(sentence) else "")


def _spans(text: str, sought: Sought) -> Iterator[tuple[int, int]]:
    """Where what was looked for stands."""
    found = list(words(text))
    single = sought.tokens
    flat = [(token, word.start, word.end) for word in found for token in word.tokens]
    for word in found:
        if is_in_pairs(text[word.start : word.end]):
            yield from _spans_in_pairs(text, word.start, word.end, sought)
        elif any(
            token in single or (sought.begun and token.startswith(sought.begun)) for token in word.tokens
        ):
            yield word.start, word.end
    for phrase in sought.phrases:
        for place in range(len(flat) - len(phrase) + 1):
            if tuple(
                token for token, _, _ in flat[place : place + len(phrase)]
            ) == phrase and not is_in_pairs(phrase[0]):
                yield flat[place][1], flat[place + len(phrase) - 1][2]


def _spans_in_pairs(text: str, start: int, end: int, sought: Sought) -> Iterator[tuple[int, int]]:
    """In a run of characters without spaces: each place at which the characters stand that were looked for."""
    run = folded(text[start:end])
    if len(run) != end - start:
        return  # Folding has moved the characters, as it does with ligatures: what stands where cannot be said.
    for tokens in (
        *((token,) for token in sought.tokens),
        *sought.phrases,
        *(((sought.begun,),) if sought.begun else ()),
    ):
        wanted = tokens[0] + "".join(token[-1] for token in tokens[1:])
        at = run.find(wanted)
        while at >= 0:
            yield start + at, start + at + len(wanted)
            at = run.find(wanted, at + 1)


def _joined(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places in their order, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
