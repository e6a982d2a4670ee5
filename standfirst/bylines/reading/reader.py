"""Reads a byline: cleans it, cuts it into clauses and parts, reads each, and settles what belongs to whom."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.archive import UNKNOWN, Archive
from standfirst.bylines.reading.beside import EMAIL, is_place
from standfirst.bylines.reading.clauses import Clause, clauses
from standfirst.bylines.reading.cleaning import CleanByline, clean
from standfirst.bylines.reading.conjunctions import HAVE_CAPITALS, scripts_of
from standfirst.bylines.reading.context import Context, context
from standfirst.bylines.reading.drafts import Draft
from standfirst.bylines.reading.evidence import doubt_of_person
from standfirst.bylines.reading.inverted import inverted_names
from standfirst.bylines.reading.kinds import (
    CAMEL,
    NOTHING_FOUND,
    TEMPLATE,
    bare,
    fold,
    is_capitalised,
    kind_of,
)
from standfirst.bylines.reading.lists import Part, split
from standfirst.bylines.reading.people import read_part
from standfirst.bylines.reading.settling import Line, give, said_of_others, share_backwards
from standfirst.bylines.reading.values import BylineReading, ReadCredit
from standfirst.bylines.reading.wrapped import unwrapped

# A byline of forty people with their links fits. What is longer is a text in the wrong field, and reading it
# would cost time for nothing.
LONGEST = 4_000
MOST_CREDITS = 200
OTHERS_DOUBT = "Others took part who are not named."
EMPLOYERS = ("agency", "organisation")
# “<name of the author>”
PLACEHOLDER_LIKE_A_TAG = re.compile(r"<[^\W\d_][\w'’]*(?:\s[\w'’]+)+>")
FROM = re.compile(r"^from\s", re.I)
WITH_OTHERS = re.compile(r"^(.*\S)\s(?:et\sal\.?|u\.\s?a\.|ほか|等|외(?:\s?\d+[명인])?)$")
NOTE_BEFORE_NAME = re.compile(r"\(([^()\n]{1,80})\)\s(?=[^\W\d_a-z][^\s,;|/()&]*\s[^\W\d_a-z])")


def read_byline(
    raw: str,
    *,
    field: str = "",
    publication: str = "",
    language: str = "",
    organisations: Collection[str] = (),
    archive: Archive = UNKNOWN,
) -> BylineReading:
    """The credits a byline names, in printed order, and a sentence for each thing that is not sure.

    Nothing is guessed in silence, and nothing makes it fail. `organisations` are names that are known to be no
    person's, `archive` is what the other bylines of the same archive say. The kinds and roles are those of `values`; a
    `field` that names a role gives it to those of whom the byline says nothing else.
    """
    if len(raw) > LONGEST:
        return BylineReading(raw, (), (f"This is too long for a byline ({len(raw):,} characters).",))
    known = frozenset(organisations)
    bylines = unwrapped(raw)
    readings = [_read(byline, field, publication, language, known, archive) for byline in bylines]
    credits = _without_repeats(credit for reading in readings for credit in reading.credits)
    if len(credits) > MOST_CREDITS:
        return BylineReading(raw, (), (f"This names {len(credits)} people: is it a byline?",))
    doubts = dict.fromkeys(doubt for reading in readings for doubt in reading.doubts)
    return BylineReading(raw, tuple(credits), tuple(doubts))


# An archive says “By Ada Quill” a thousand times.
@lru_cache(maxsize=4096)
def _read(
    raw: str, field: str, publication: str, language: str, organisations: frozenset[str], archive: Archive
) -> BylineReading:
    where = context(field, publication, language, organisations, archive)
    byline = clean(raw)
    if not any(character.isalnum() for character in byline.text):
        if PLACEHOLDER_LIKE_A_TAG.fullmatch(raw.strip()):
            return BylineReading(raw, tuple(Draft(raw.strip(), "placeholder").credits((where.role,))))
        return BylineReading(raw)
    whole = byline.text.strip()
    if _says_nobody(named := FROM.sub("", whole), where) and not _says_nobody(whole, where):
        whole = named
    if TEMPLATE.search(whole) or _says_nobody(whole, where):
        kind = kind_of(whole, where)
        beside = ("Something stands beside the placeholder.",) if _is_more_than_template(whole) else ()
        return BylineReading(raw, tuple(Draft(whole, kind.kind).credits((where.role,))), beside)
    reading = _Reading(byline, where)
    credits = reading.credits()
    doubts = reading.doubts
    if not credits and not doubts and not reading.is_label_only:
        doubts.append("No name was found in it.")
    return BylineReading(raw, tuple(credits), tuple(doubts))


def _says_nobody(text: str, where: Context) -> bool:
    """Whether the whole byline is one of the things that stand where a name is missing."""
    folded = fold(text)
    return bool(NOTHING_FOUND.fullmatch(folded)) or any(
        folded in names for names in (w.PLACEHOLDERS, w.STAFF, w.ACCOUNTS, w.SYSTEM)
    )


def _is_more_than_template(text: str) -> bool:
    around = re.sub(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\$\{[^{}]*\}|<%[^<>]*%>", "", text)
    return around != text and any(character.isalpha() for character in around)


class _Reading:
    """One byline on its way from text to credits."""

    def __init__(self, byline: CleanByline, where: Context) -> None:
        self.byline = byline
        self.line = Line(byline.text, where)
        self.where = where
        self.doubts: list[str] = []
        self.is_label_only = False

    def credits(self) -> list[ReadCredit]:
        names = inverted_names(self.byline.text, self.doubts, is_habit=self.where.archive.is_inverted)
        if names is not None:
            drafts = [self._read(name) for name in names]
            self._doubt(drafts, is_labelled=True)
            return [credit for draft in drafts for credit in draft.credits((self.where.role,))]
        found: list[ReadCredit] = []
        cut = clauses(self.byline.text, self.where)
        self.is_label_only = not cut
        for clause in cut:
            if clause.doubt:
                self.doubts.append(clause.doubt)
            drafts = self._drafts(clause)
            for role in clause.roles if clause.is_stated else (self.where.role,):
                for draft in drafts:
                    found += draft.credits((role,), title=clause.title, note=clause.note, place=clause.place)
            self._doubt(drafts, is_labelled=clause.is_stated and self.line.is_east_asian)
        return [self._as_printed(self._with_link(credit)) for credit in _without_repeats(found)]

    def _drafts(self, clause: Clause) -> list[Draft]:
        text = clause.text
        if text.startswith("(") and text.endswith(")") and "(" not in text[1:]:
            text = text[1:-1].strip()
        parts = split(_with_separated_notes(text), self.where)
        are_mononyms = len(parts) > 1 and all(len(part.text.split()) == 1 for part in parts)
        drafts: list[Draft] = []
        for place, part in enumerate(parts):
            if len(parts) > 1 and _is_furniture(parts, place):
                continue
            if (beside := said_of_others(parts, place, drafts, self.line)) is not None:
                self.doubts += give(beside, drafts, self.line)
                continue
            named = self._without_others(part.text)
            if not named:
                continue
            draft = self._read(named, among_mononyms=are_mononyms)
            draft.before = part.before
            draft.doubts += filter(None, [part.doubt])
            if not draft.name:
                _leave_to_the_last(draft, drafts)
                continue
            self._mind_handles(draft, clause)
            if draft.before == "/" and draft.kind == "person" and drafts and self._employs(drafts[-1]):
                # “Reuters/Ada Quill”, “lantern.example/Ada Quill”
                draft.org = draft.org or drafts.pop().name
            is_apart = draft.before == "-" or (draft.before in ("/", "|") and draft.kind == "agency")
            if is_apart and not draft.place and len(drafts) == 1:
                _take_dateline(drafts, draft)
            drafts += [draft, *self._in_its_brackets(draft)]
            share_backwards(drafts, self.line)
        return drafts

    def _employs(self, draft: Draft) -> bool:
        return draft.kind in EMPLOYERS or (draft.kind == "staff" and self.where.is_publication(draft.name))

    def _read(self, text: str, *, among_mononyms: bool = False) -> Draft:
        return read_part(
            text,
            self.where,
            beside_cjk=self.line.is_east_asian,
            among_mononyms=among_mononyms,
            is_alone=self.line.is_one_word,
        )

    def _without_others(self, text: str) -> str:
        """A part without its “et al.”; empty if there is nothing else."""
        if fold(text) in w.OTHERS:
            self.doubts.append(OTHERS_DOUBT)
            return ""
        if with_others := WITH_OTHERS.match(text):
            self.doubts.append(OTHERS_DOUBT)
            return with_others[1]
        return text

    def _mind_handles(self, draft: Draft, clause: Clause) -> None:
        """Translators and their readers go by a handle, if by one Latin word; whom they translate has a name."""
        is_latin_word = draft.name.isascii() and " " not in draft.name
        if self.line.is_east_asian and draft.kind == "person" and draft.doubts and is_latin_word:
            draft.kind = "person" if "author" in clause.roles else "handle"

    def _in_its_brackets(self, draft: Draft) -> list[Draft]:
        """Those whom a bracket named with somebody: “Martin Holm (with Lise Aubry)”."""
        found = [self._read(part.text) for people in draft.others for part in split(people, self.where)]
        for other in found:
            other.before = "and"
        return [other for other in found if other.name]

    def _doubt(self, drafts: list[Draft], *, is_labelled: bool) -> None:
        for draft in drafts:
            self.doubts += draft.doubts
            words = draft.name.split()
            if any(len(CAMEL.findall(word)) > 2 for word in words):
                self.doubts.append(f"Several words may have run together in “{draft.name}”.")
            if draft.kind != "person":
                continue
            if not draft.doubts and (doubt := doubt_of_person(draft, self.where, is_labelled=is_labelled)):
                self.doubts.append(doubt)
            if len(words) < 2 or self.line.is_east_asian:
                continue
            if any(bare(word) in ("and", "by", "with", "from", "for") for word in words):
                self.doubts.append(f"“{draft.name}” does not read like a name.")

    def _as_printed(self, credit: ReadCredit) -> ReadCredit:
        """A nickname's quotation marks are straight while it is read: Marta “Mimi” Holm has her own back."""
        if '"' not in credit.name:
            return credit
        marks = re.escape(credit.name).replace('"', '["“”„‟«»]')
        printed = re.search(marks, self.byline.printed)
        return replace(credit, name=printed[0]) if printed else credit

    def _with_link(self, credit: ReadCredit) -> ReadCredit:
        for words, address in self.byline.links.items():
            if credit.name == words or (len(words) > 3 and (credit.name in words or words in credit.name)):
                if address.lower().startswith("mailto:"):
                    return replace(credit, email=credit.email or address[7:].partition("?")[0])
                if EMAIL.fullmatch(address):
                    return replace(credit, email=credit.email or address)
                return replace(credit, url=credit.url or address)
        return credit


def _is_furniture(parts: list[Part], place: int) -> bool:
    """Whether a part is a button or a heading of the page; other words than those of buttons only on a line of their own."""
    folded = fold(parts[place].text)
    if folded in w.BUTTONS:
        return True
    around = [part.before for part in parts[max(place, 1) : place + 2]]
    return folded in w.FURNITURE and all(sign in ("\n", "|") for sign in around)


def _take_dateline(drafts: list[Draft], draft: Draft) -> None:
    """“Beirut - Ada Quill”: where somebody wrote stands before the name."""
    before = drafts[0].name
    if not is_place(before):
        if " " in before or not scripts_of(before) - HAVE_CAPITALS:
            return
        if draft.kind == "person" and " " not in draft.name:
            return
        draft.doubts.append(f"Is “{before}” where {draft.name} wrote, or another contributor?")
    draft.place = before
    drafts.clear()


def _leave_to_the_last(draft: Draft, drafts: list[Draft]) -> None:
    """A part that named nobody but had an address or a note: it is the last one's."""
    if not drafts:
        return
    for name in ("email", "url", "handle", "note", "org", "place", "title"):
        setattr(drafts[-1], name, getattr(drafts[-1], name) or getattr(draft, name))


def _with_separated_notes(text: str) -> str:
    """“Tim de Lisle (now) Adam Collins (earlier)”: a bracket ends one and the next name begins."""

    def separated(found: re.Match[str]) -> str:
        content = found[1].strip()
        if len(content.split()) == 1 and is_capitalised(content) and not content.isupper():
            return found[0]
        return f"({found[1]}) & "

    return NOTE_BEFORE_NAME.sub(separated, text)


def _without_repeats(credits: Iterable[ReadCredit]) -> list[ReadCredit]:
    seen: set[tuple[str, str]] = set()
    kept = []
    for credit in credits:
        if (credit.name, credit.role) not in seen:
            seen.add((credit.name, credit.role))
            kept.append(credit)
    return kept
