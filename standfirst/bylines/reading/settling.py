"""Settles what belongs to whom: “A, B and C, BBC”, “A and B in London”, “A (now), B and C (earlier)”."""

import re
from dataclasses import dataclass

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.beside import EMAIL, Beside, is_place
from standfirst.bylines.reading.commas import behind_comma
from standfirst.bylines.reading.context import Context
from standfirst.bylines.reading.drafts import Draft
from standfirst.bylines.reading.evidence import is_like_a_person
from standfirst.bylines.reading.given import is_country, is_english_given_name, is_given_name
from standfirst.bylines.reading.kinds import bare, fold, is_capitalised, is_cjk
from standfirst.bylines.reading.lists import Part
from standfirst.bylines.reading.titles import is_role_and_name
from standfirst.bylines.reading.values import NO_PERSONS

BRACKET = re.compile(r"\s?\([^()]*\)")
LOOSE = (",", "|", "-", "/", "、", "\n", ";")


@dataclass(frozen=True, slots=True)
class Line:
    """The whole byline, for questions that one part of it cannot answer."""

    text: str
    where: Context

    @property
    def is_east_asian(self) -> bool:
        return is_cjk(self.text)

    @property
    def is_one_word(self) -> bool:
        return len(self.text.split()) == 1

    @property
    def all_capitals(self) -> bool:
        letters = [character for character in self.text if character.lower() != character.upper()]
        return bool(letters) and all(character.isupper() for character in letters)


def said_of_others(parts: list[Part], place: int, drafts: list[Draft], line: Line) -> Beside | None:
    """What a part says of those before it; nothing if it names somebody itself."""
    part = parts[place]
    if drafts and drafts[-1].place and part.before == "and" and is_country(part.text):
        # “Ada Quill in Kenya and Uganda”
        return Beside("place", f"{drafts[-1].place} and {part.text}")
    if not drafts or part.before not in LOOSE or is_role_and_name(part.text.split()):
        return None
    previous = drafts[-1]
    if _continues_place(part, previous):
        return Beside("place", f"{previous.place}, {part.text}")
    if previous.kind in NO_PERSONS:
        return _said_of_organisation(part.text, previous)
    after_list = previous.before == "and" and len(drafts) > 1
    is_last = place == len(parts) - 1
    ends = is_last or parts[place + 1].before in (";", "|", "\n")
    closes = ends and (len(drafts) == 1 or after_list or part.before in ("|", "-", "\n"))
    # “Ada Quill (University of Leeds)” is a person: a bracket says nothing of what stands before it.
    outside = BRACKET.sub("", part.text).strip() or part.text
    found = behind_comma(outside, previous.name, line.where, is_last=closes, all_capitals=line.all_capitals)
    if found is not None and found.value == outside:
        found = found._replace(value=part.text)
    if (
        found is None
        and previous.title
        and previous.title.endswith(parts[place - 1].text)
        and part.before == ","
    ):
        words = part.text.split()
        if not is_like_a_person(words) and not is_given_name(words[0]):
            # “Ada Quill, CEO, Terra Incognita”
            return Beside("org", part.text, f"“{part.text}” may be where they work, or another contributor.")
    if found is not None or not is_last:
        return found
    if after_list and part.before in (",", "|") and not line.all_capitals:
        # “A, B and C, Something”: the list was closed by its “and”.
        doubt = f"“{part.text}” may be where they work, or another contributor."
        return Beside("org", part.text, doubt)
    if len(parts) == 2 and part.before in (",", "-", "|") and _is_rather_work(part.text, previous.name, line):
        doubt = f"“{part.text}” may be where {previous.name} works, or another contributor."
        return Beside("org", part.text, doubt)
    return None


def give(beside: Beside, drafts: list[Draft], line: Line) -> list[str]:
    """Gives what a part says to those it is said of. Returns what is not sure about it."""
    last = drafts[-1]
    doubts = [beside.doubt] if beside.doubt else []
    # Behind “A, B and C, …” it may be said of all.
    is_of_all = last.before == "and" or (beside.what == "org" and line.where.is_publication(beside.value))
    all_of_them = _of_whom_nothing_is_said(drafts) if is_of_all else [last]
    match beside.what:
        case "generation":
            with_comma = f"{last.name}, {beside.value}"
            last.name = with_comma if with_comma in line.text else f"{last.name} {beside.value}"
        case "suffix":
            last.suffix = f"{last.suffix}, {beside.value}".strip(" ,")
        case "others":
            doubts.append("Others took part who are not named.")
        case "role":
            for draft in all_of_them:
                draft.roles = beside.roles
        case "title":
            is_for_all = bare(beside.value.split()[-1]).removesuffix("s") in w.JOBS and beside.value.endswith(
                "s"
            )
            if len(all_of_them) > 1 and not is_for_all:
                doubts.append(f"Is “{beside.value}” said of {last.name} alone?")
            for draft in all_of_them if is_for_all else [last]:
                draft.title = f"{draft.title}, {beside.value}" if draft.title else beside.value
        case "org":
            doubts += _give_organisation(beside, drafts, all_of_them, line)
        case "place":
            for draft in all_of_them:
                draft.place = beside.value
            if len(all_of_them) > 2:
                doubts.append(f"Were all of them in {beside.value}?")
        case "note" | "email" | "handle" | "url" | "aka":
            setattr(last, beside.what, getattr(last, beside.what) or beside.value)
        case _:
            pass
    return doubts


def share_backwards(drafts: list[Draft], line: Line) -> None:
    """Gives those before the last what is said of all: a place, a note, a title in the plural, an agency."""
    last = drafts[-1]
    before = _of_whom_nothing_is_said(drafts)[1:]
    if last.before != "and" or (
        last.kind in NO_PERSONS and not (before and last.kind == "agency" and last.place)
    ):
        return
    if last.title and bare(last.title.split()[-1]) in w.SEVERAL_JOBS:
        for draft in before:
            draft.title = last.title
    if before and last.org and f"{last.name} {last.org}" in line.text:
        # The agency in an element of its own, not in brackets.
        for draft in before:
            draft.org = last.org
        last.doubts.append(f"Is “{last.org}” said of {last.name} alone?")
    if not (last.place or last.note):
        return
    for draft in before:
        draft.place = last.place
        draft.note = last.note
    if last.place and (len(before) > 1 or last.kind == "agency"):
        last.doubts.append(f"Were all of them in {last.place}?")


def _give_organisation(
    beside: Beside, drafts: list[Draft], all_of_them: list[Draft], line: Line
) -> list[str]:
    last = drafts[-1]
    if len(drafts) == 1 and is_place(last.name) and fold(beside.value) in w.AGENCIES:
        # “Washington - Reuters”
        last.place, last.name, last.kind, last.doubts = last.name, beside.value, "agency", []
        return []
    is_after_list = last.before == "and" or len(all_of_them) > 1
    if bare(beside.value) in ("inc", "ltd", "llc", "llp", "plc", "gmbh"):
        last.name, last.kind, last.doubts = f"{last.name}, {beside.value}", "organisation", []
        return []
    if last.title and not last.org and not is_after_list and f"{last.name} {last.title}" in line.text:
        # “Sam Marsh Politics Editor, The Post”: it goes on with the title, as printed.
        last.title = f"{last.title}, {beside.value}"
        return []
    if last.org:
        last.title = last.title or beside.value
        return [f"What is “{beside.value}”, behind {last.name}?"]
    is_first = not any(draft.org for draft in drafts)
    for draft in all_of_them:
        draft.org = beside.value
    if len(drafts) > 1 and is_first and not is_after_list and not beside.doubt:
        return [f"Is “{beside.value}” said of {last.name} alone?"]
    return []


def _of_whom_nothing_is_said(drafts: list[Draft]) -> list[Draft]:
    """The last one, and those before it back to the first of whom something has been said."""
    found = [drafts[-1]]
    for draft in reversed(drafts[:-1]):
        if draft.has_attributes or draft.kind in NO_PERSONS:
            break
        found.append(draft)
    return found


def _said_of_organisation(text: str, previous: Draft) -> Beside | None:
    """An agency has an address or a place; whatever else stands behind it is another contributor."""
    if EMAIL.fullmatch(text):
        return Beside("email", text)
    if fold(text) in w.UNNAMED_AGENCIES:
        return Beside("title", text) if previous.kind == "agency" and is_capitalised(text) else None
    return Beside("place", text) if is_place(text) else None


def _is_rather_work(text: str, name: str, line: Line) -> bool:
    """“Eric Marsh, Terra Incognita” on a printed byline: two people would be joined by “and”."""
    words = name.split()
    return (
        line.where.is_printed
        and len(words) > 1
        and is_given_name(words[0])
        and not is_given_name(text.split()[0])
        and "(" not in text
        and not line.is_east_asian
        and not line.all_capitals
    )


def _continues_place(part: Part, previous: Draft) -> bool:
    """“in Newark, Delaware”."""
    one_word = len(part.text.split()) == 1 and is_capitalised(part.text)
    return bool(previous.place) and part.before == "," and one_word and not is_english_given_name(part.text)
