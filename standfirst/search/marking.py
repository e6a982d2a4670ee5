"""Marking what was looked for in what is shown of an article, and choosing the sentence of its body that shows most of it."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup, escape

from standfirst.bodies.text import without_markup
from standfirst.text.tokens import folded, is_in_pairs, stream, words

from .meaning import Sought

# A sentence ends at a sign that ends one, also of other scripts; lines end one.
_SENTENCE = re.compile(r"[^.!?…。！？\n]+[.!?…。！？]*[\"”’»)」]*\s*")
# A longer sentence is cut around the first of what was looked for.
LONGEST = 240
_BEFORE = 60


def marked(text: str, sought: Sought) -> Markup:
    """A text with the words that were looked for in `<mark>`."""
    looks_like = _looking_for(sought)
    if looks_like is None or not _is_in(text, looks_like):
        return escape(text)
    parts: list[str] = []
    at = 0
    for start, end in _joined(_spans(text, sought)):
        parts += [escape(text[at:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
        at = end
    return Markup("").join([*parts, escape(text[at:])])


def passage(texts: Iterable[str], sought: Sought) -> Markup:
    """The sentence of a body's texts (markup and all) that has most of what was looked for, marked; empty if none has any."""
    looks_like = _looking_for(sought)
    if looks_like is None:
        return Markup("")
    best, most = "", 0
    wanted = len(sought.words) + 2 * len(sought.phrases)
    for text in texts:
        # Most texts have none of it: they are not even taken out of their markup.
        if not _is_in(text, looks_like):
            continue
        for found in _SENTENCE.finditer(without_markup(text)):
            sentence = found.group()
            if not _is_in(sentence, looks_like):
                continue
            number = _number_in(sentence, sought)
            if number > most:
                best, most = sentence.strip(), number
            if most >= wanted:
                break
        if most >= wanted:
            break
    return marked(_shortened(best, sought), sought) if best else Markup("")


@lru_cache(64)
def _looking_for(sought: Sought) -> re.Pattern[str] | None:
    """What the least of it looks like in a text without marks."""
    single = [re.escape(token) for token in sought.tokens]
    in_pairs = [re.escape(_run(phrase)) for phrase in sought.phrases if is_in_pairs(phrase[0])]
    others = [re.escape(phrase[-1]) for phrase in sought.phrases if not is_in_pairs(phrase[0])]
    wanted = sorted({*single, *others, *filter(None, [re.escape(sought.begun)])}, key=len, reverse=True)
    in_pairs += [token for token in wanted if is_in_pairs(token)]
    alike = [rf"\b(?:{'|'.join(wanted)})"] if wanted else []
    return re.compile("|".join(in_pairs + alike), re.IGNORECASE) if in_pairs or alike else None


def _is_in(text: str, looks_like: re.Pattern[str]) -> bool:
    return looks_like.search(text if text.isascii() else folded(text)) is not None


def _number_in(sentence: str, sought: Sought) -> int:
    """How many of the things that were looked for a sentence has."""
    become = stream(sentence)
    there = set(become.split())
    number = sum(not there.isdisjoint(forms) for forms in sought.words)
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
    for word in found:
        if is_in_pairs(text[word.start : word.end]):
            yield from _spans_in_pairs(text, word.start, word.end, sought)
        elif any(
            token in sought.tokens or (sought.begun and token.startswith(sought.begun))
            for token in word.tokens
        ):
            yield word.start, word.end
    others = [phrase for phrase in sought.phrases if not is_in_pairs(phrase[0])]
    flat = [(token, word) for word in found for token in word.tokens] if others else []
    for phrase in others:
        for place in range(len(flat) - len(phrase) + 1):
            here = flat[place : place + len(phrase)]
            if tuple(token for token, _word in here) == phrase:
                yield here[0][1].start, here[-1][1].end


def _spans_in_pairs(text: str, start: int, end: int, sought: Sought) -> Iterator[tuple[int, int]]:
    """In a run of characters without spaces: each place at which the characters stand that were looked for."""
    run = folded(text[start:end])
    if len(run) != end - start:
        return  # Folding has moved the characters, as it does with ligatures: what stands where cannot be said.
    begun = ((sought.begun,),) if sought.begun else ()
    for tokens in (*((token,) for token in sought.tokens), *sought.phrases, *begun):
        wanted = _run(tokens)
        at = run.find(wanted)
        while at >= 0:
            yield start + at, start + at + len(wanted)
            at = run.find(wanted, at + 1)


def _run(pairs: tuple[str, ...]) -> str:
    """The characters that have become these pairs."""
    # Each pair but the first repeats a character with its marks.
    return pairs[0] + "".join(later[len(_overlap(earlier, later)) :] for earlier, later in pairwise(pairs))


def _overlap(earlier: str, later: str) -> str:
    return next(
        (
            later[:size]
            for size in range(min(len(earlier), len(later)) - 1, 0, -1)
            if earlier.endswith(later[:size])
        ),
        "",
    )


def _joined(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places in their order, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
