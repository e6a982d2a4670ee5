"""Reads a byline: cleans it, cuts it into clauses and parts, reads each, and settles what belongs to whom."""

import re
from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.beside import EMAIL, Beside
from standfirst.bylines.reading.brackets import in_brackets
from standfirst.bylines.reading.clauses import Clause, clauses
from standfirst.bylines.reading.cleaning import CleanByline, clean
from standfirst.bylines.reading.commas import behind_comma
from standfirst.bylines.reading.context import Context, context
from standfirst.bylines.reading.drafts import NO_PERSONS, Draft
from standfirst.bylines.reading.given import is_given_name
from standfirst.bylines.reading.inverted import inverted_names
from standfirst.bylines.reading.kinds import (
    TEMPLATE,
    bare,
    fold,
    is_capitalised,
    is_cjk,
    kind_of,
)
from standfirst.bylines.reading.lists import Part, split
from standfirst.bylines.reading.people import read_part
from standfirst.bylines.reading.values import BylineReading, ReadCredit

# A byline of forty people with their links fits. What is longer is a text in the wrong field, and reading it
# would cost time for nothing.
LONGEST = 4_000
MOST_CREDITS = 200


def read_byline(
    raw: str,
    *,
    field: str = "",
    publication: str = "",
    language: str = "",
    organisations: Collection[str] = (),
) -> BylineReading:
    """The credits a byline names, in printed order, and a sentence for each thing that is not sure.

    Nothing is guessed in silence, and nothing makes it fail. `organisations` are names that are known to be no
    person's. The kinds and roles are those of `values`.
    """
    if len(raw) > LONGEST:
        return BylineReading(raw, (), (f"This is too long for a byline ({len(raw):,} characters).",))
    return _read(raw, field, publication, language, frozenset(organisations))


# An archive says “By Ada Quill” a thousand times.
@lru_cache(maxsize=4096)
def _read(
    raw: str, field: str, publication: str, language: str, organisations: frozenset[str]
) -> BylineReading:
    where = context(field, publication, language, organisations)
    byline = clean(raw)
    if not any(character.isalnum() for character in byline.text):
        return BylineReading(raw)
    whole = byline.text.strip()
    if TEMPLATE.search(whole) or _says_nobody(whole, where):
        kind = kind_of(whole, where)
        return BylineReading(raw, tuple(Draft(whole, kind.kind).credits(("author",))))
    reading = _Reading(byline, where)
    credits = reading.credits()
    doubts = reading.doubts
    if not credits and not doubts and not reading.is_label_only:
        doubts.append("No name was found in it.")
    if len(credits) > MOST_CREDITS:
        return BylineReading(raw, (), (f"This names {len(credits)} people: is it a byline?",))
    return BylineReading(raw, tuple(credits), tuple(dict.fromkeys(doubts)))


def _says_nobody(text: str, where: Context) -> bool:
    """Whether the whole byline is one of the things that stand where a name is missing."""
    folded = fold(text)
    return folded in w.PLACEHOLDERS or folded in w.STAFF or folded in w.ACCOUNTS or folded in w.SYSTEM


class _Reading:
    """One byline on its way from text to credits."""

    def __init__(self, byline: CleanByline, where: Context) -> None:
        self.byline = byline
        self.where = where
        self.doubts: list[str] = []
        self.is_label_only = False
        letters = [
            character
            for character in byline.text
            if character.isalpha() and character.lower() != character.upper()
        ]
        self.all_capitals = bool(letters) and all(character.isupper() for character in letters)
        self.beside_cjk = is_cjk(byline.text)

    def credits(self) -> list[ReadCredit]:
        found: list[ReadCredit] = []
        if (names := inverted_names(self.byline.text, self.doubts)) is not None:
            for name in names:
                draft = read_part(name, self.where, beside_cjk=self.beside_cjk)
                found += draft.credits(("author",))
                self.doubts += draft.doubts
            return found
        cut = clauses(self.byline.text, self.where)
        self.is_label_only = not cut
        for clause in cut:
            if clause.doubt:
                self.doubts.append(clause.doubt)
            drafts = self._drafts(clause)
            for role in clause.roles:
                for draft in drafts:
                    found += [
                        credit
                        for credit in draft.credits((role,), title=clause.title, note=clause.note)
                        if credit not in found
                    ]
            for draft in drafts:
                self.doubts += draft.doubts
        return [self._with_link(credit) for credit in _without_repeats(found)]

    def _drafts(self, clause: Clause) -> list[Draft]:
        text = clause.text
        if text.startswith("(") and text.endswith(")") and "(" not in text[1:]:
            text = text[1:-1].strip()
        parts = split(_with_separated_notes(text), self.where)
        mononyms = len(parts) > 1 and all(len(part.text.split()) == 1 for part in parts)
        drafts: list[Draft] = []
        for place, part in enumerate(parts):
            is_last = place == len(parts) - 1
            if self._is_beside(part, parts, place, drafts, is_last):
                continue
            if fold(part.text) in w.OTHERS:
                self.doubts.append("Others took part who are not named.")
                continue
            if drafts and (
                match := re.match(
                    r"^(.*\S)\s(?:et\sal\.?|and\sothers|and\smore|u\.\s?a\.|ほか|等|외)$", part.text
                )
            ):
                part = Part(match[1], part.before)
                self.doubts.append("Others took part who are not named.")
            draft = self._draft(part, mononyms, clause)
            if not draft.name:
                self._leftover(draft, drafts)
                continue
            drafts.append(draft)
            drafts += [
                Draft(name=other.name, kind=other.kind, before="and", doubts=other.doubts)
                for people in draft.others
                for piece in split(people, self.where)
                if (other := read_part(piece.text, self.where, beside_cjk=self.beside_cjk)).name
            ]
            _share_backwards(drafts)
        self._question_names(drafts)
        return drafts

    def _draft(self, part: Part, mononyms: bool, clause: Clause) -> Draft:
        text = part.text
        if match := re.match(r"^(.*\S)\s(?:et\sal\.?|u\.\s?a\.|等|외(?:\s?\d+[명인])?)$", text):
            text = match[1]
            self.doubts.append("Others took part who are not named.")
        draft = read_part(
            text,
            self.where,
            beside_cjk=self.beside_cjk,
            among_mononyms=mononyms,
            is_alone=len(self.byline.text.split()) == 1,
        )
        draft.before = part.before
        if (
            self.beside_cjk
            and draft.kind == "person"
            and draft.doubts
            and draft.name.isascii()
            and " " not in draft.name
        ):
            # Translators and their readers go by a handle, if they go by a Latin word; whom they translate has a name.
            draft.kind = "person" if "author" in clause.roles else "handle"
        return draft

    def _leftover(self, draft: Draft, drafts: list[Draft]) -> None:
        if not drafts:
            return
        for name in ("email", "url", "handle", "note", "org", "place", "title"):
            if value := getattr(draft, name):
                setattr(drafts[-1], name, getattr(drafts[-1], name) or value)

    def _is_beside(
        self, part: Part, parts: list[Part], place: int, drafts: list[Draft], is_last: bool
    ) -> bool:
        """Whether the part only says something of those before it; if so it is given to them."""
        if not drafts or part.before not in (",", "|", "-", "/", "、", "\n", ";"):
            return False
        previous = drafts[-1]
        if previous.kind in NO_PERSONS and previous.kind not in ("agency",):
            if self._continues_place(part, previous):
                return True
            beside = in_brackets(part.text, previous.name, self.where) if EMAIL.fullmatch(part.text) else None
            if beside is None:
                return False
        elif self._continues_place(part, previous):
            return True
        else:
            after_list = previous.before == "and" and len(drafts) > 1
            ends = is_last or parts[place + 1].before in (";", "|", "\n")
            beside = behind_comma(
                part.text,
                previous.name,
                self.where,
                is_last=ends and (len(drafts) == 1 or after_list or part.before in ("|", "-", "\n")),
                all_capitals=self.all_capitals,
                after_list=after_list,
            )
            if (
                beside is None
                and part.before in (",", "|")
                and after_list
                and is_last
                and not self.all_capitals
            ):
                # “A, B and C, Something”: the list was closed by its “and”.
                beside = Beside(
                    "org", part.text, f"“{part.text}” may be where they work, or another contributor."
                )
            if beside is None and self._is_rather_work(part, parts, drafts, is_last):
                beside = Beside(
                    "org",
                    part.text,
                    f"“{part.text}” may be where {previous.name} works, or another contributor.",
                )
        if beside is None:
            return False
        self._give(beside, drafts, after_list=previous.before == "and")
        return True

    def _is_rather_work(self, part: Part, parts: list[Part], drafts: list[Draft], is_last: bool) -> bool:
        """“Eric Berger, Ars Technica” on a printed byline: two people would be joined by “and”."""
        words = part.text.split()
        return (
            self.where.is_printed
            and is_last
            and len(parts) == 2
            and part.before == ","
            and len(drafts[0].name.split()) > 1
            and is_given_name(drafts[0].name.split()[0])
            and not is_given_name(words[0])
            and not self.beside_cjk
            and not self.all_capitals
        )

    def _continues_place(self, part: Part, previous: Draft) -> bool:
        """“in Newark, Delaware”."""
        if (
            (
                previous.place
                and part.before == ","
                and len(part.text.split()) <= 2
                and is_capitalised(part.text)
            )
            and len(part.text.split()) == 1
            and not is_given_name(part.text)
        ):
            previous.place = f"{previous.place}, {part.text}"
            return True
        return False

    def _give(self, beside: Beside, drafts: list[Draft], *, after_list: bool) -> None:
        last = drafts[-1]
        if beside.doubt:
            self.doubts.append(beside.doubt)
        match beside.what:
            case "generation":
                last.name = (
                    f"{last.name}, {beside.value}"
                    if f"{last.name}, {beside.value}" in self.byline.text
                    else f"{last.name} {beside.value}"
                )
            case "suffix":
                last.suffix = f"{last.suffix}, {beside.value}".strip(" ,")
            case "others":
                self.doubts.append("Others took part who are not named.")
            case "role":
                for draft in _back_to_attributes(drafts) if after_list else [last]:
                    draft.roles = beside.roles
            case "org":
                sharing = _back_to_attributes(drafts) if after_list else [last]
                if last.title and not last.org and not after_list and self._title_is_inline(last):
                    last.title = f"{last.title}, {beside.value}"
                    return
                if (
                    not after_list
                    and len(drafts) > 1
                    and not any(draft.org for draft in drafts)
                    and not beside.doubt
                ):
                    self.doubts.append(f"Is “{beside.value}” said of {last.name} alone?")
                for draft in sharing:
                    draft.org = draft.org or beside.value
                if last.org != beside.value:
                    last.title = last.title or beside.value
            case "title":
                many = (
                    bare(beside.value.split()[-1]).endswith("s")
                    and bare(beside.value.split()[-1])[:-1] in w.JOBS
                )
                for draft in _back_to_attributes(drafts) if many and after_list else [last]:
                    draft.title = f"{draft.title}, {beside.value}" if draft.title else beside.value
                if after_list and not many and len(_back_to_attributes(drafts)) > 1:
                    self.doubts.append(f"Is “{beside.value}” said of {last.name} alone?")
            case "place":
                last.place = last.place or beside.value
            case "note":
                last.note = last.note or beside.value
            case "email":
                last.email = last.email or beside.value
            case "handle":
                last.handle = last.handle or beside.value
            case "url":
                last.url = last.url or beside.value
            case "aka":
                last.aka = last.aka or beside.value
            case _:
                pass

    def _title_is_inline(self, draft: Draft) -> bool:
        """“Sam Stein Senior Politics Editor, The Post”: what follows belongs to the title, as it is printed."""
        return f"{draft.name} {draft.title}" in self.byline.text

    def _question_names(self, drafts: list[Draft]) -> None:
        """Says of a name that has a word of another clause in it that it is doubtful."""
        for draft in drafts:
            words = draft.name.split()
            if draft.kind != "person" or len(words) < 2 or self.beside_cjk:
                continue
            if any(bare(word) in ("and", "by", "with", "from", "for") for word in words):
                draft.doubts.append(f"“{draft.name}” does not read like a name.")

    def _with_link(self, credit: ReadCredit) -> ReadCredit:
        for words, address in self.byline.links.items():
            if credit.name == words or (len(words) > 3 and (credit.name in words or words in credit.name)):
                if address.lower().startswith("mailto:"):
                    return replace(credit, email=credit.email or address[7:].partition("?")[0])
                return replace(credit, url=credit.url or address)
        return credit


def _back_to_attributes(drafts: list[Draft]) -> list[Draft]:
    """The last one and those before it of whom nothing has been said yet."""
    sharing = [drafts[-1]]
    for draft in reversed(drafts[:-1]):
        if draft.has_attributes or draft.kind in NO_PERSONS:
            break
        sharing.append(draft)
    return sharing


def _share_backwards(drafts: list[Draft]) -> None:
    """“A and B in London” places both, “A, B and C (earlier)” notes all three."""
    last = drafts[-1]
    if not (last.place or last.note) or last.before not in ("and", ",") or last.kind in NO_PERSONS:
        return
    if last.before == "," and not last.note:
        return
    if last.before == ",":
        return
    sharing = _back_to_attributes(drafts)[1:]
    for draft in sharing:
        draft.place = draft.place or last.place
        draft.note = draft.note or last.note
    if last.place and len(sharing) > 1:
        last.doubts.append(f"Were all of them in {last.place}?")


def _with_separated_notes(text: str) -> str:
    """“Tim de Lisle (now) Adam Collins (earlier)”: a bracket ends one and the next name begins."""

    def separated(found: re.Match[str]) -> str:
        content = found[1].strip()
        if len(content.split()) == 1 and is_capitalised(content) and not content.isupper():
            return found[0]
        return f"({found[1]}) & "

    return re.sub(r"\(([^()\n]{1,80})\)\s(?=[^\W\d_a-z][^\s,;|/()&]*\s[^\W\d_a-z])", separated, text)


def _without_repeats(credits: list[ReadCredit]) -> list[ReadCredit]:
    seen: set[tuple[str, str]] = set()
    kept = []
    for credit in credits:
        if (credit.name, credit.role) not in seen:
            seen.add((credit.name, credit.role))
            kept.append(credit)
    return kept
