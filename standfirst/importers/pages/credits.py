"""Decides whom a page credits, from everything on it that names somebody.

What readers saw and what machines were told are held against each other. Where they agree, the credit says which of them
do; where one names only some of the people another names, the fuller one is taken, for many systems tell machines the
first author only. Where they contradict each other, the surest one is taken and an editor is asked.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from standfirst.bylines.reading import NO_PERSONS, NOBODY, Archive, BylineReading, as_json, read_byline
from standfirst.importers.pages.reading import VISIBLE
from standfirst.importers.pages.records import Named
from standfirst.importers.reading.handles import EMAIL
from standfirst.importers.reading.people import ParsedByline
from standfirst.importers.reading.records import DraftDoubt
from standfirst.text.names import matching_form

# The surest first.
_STRUCTURED = ("JSON-LD", "microdata", "RDFa", "h-entry", "rel=author")
_FOOT = "credits at the foot"


@dataclass(slots=True)
class _Person:
    """Somebody one source names, as far as this page tells."""

    name: str
    form: str
    role: str
    kind: str = ""
    url: str = ""
    is_nobody: bool = False
    sources: list[str] = field(default_factory=list)
    email: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whom a page credits: entries for `people.Bylines`, the places that name each, and what contradicts it."""

    entries: tuple[ParsedByline, ...] = ()
    evidence: tuple[str, ...] = ()  # for each entry
    doubts: tuple[DraftDoubt, ...] = ()
    raw: str = ""  # the byline as readers saw it


@dataclass(frozen=True, slots=True)
class CreditReader:
    """Reads the names on the pages of one site."""

    site_name: str = ""
    name_at: Callable[[str], str] = lambda url: ""  # the name of whoever has a page at this address
    person_at: Callable[[str], str] = lambda url: ""  # their id, if they have
    archive: Archive = field(default_factory=Archive)  # what the bylines of all pages say of each other

    def decide(self, named: Sequence[Named], language: str = "") -> Decision:
        by_source = self._by_source(named, language)
        raw = next((one.name for one in named if one.source == VISIBLE), "")
        visible = by_source.pop(VISIBLE, [])
        foot = by_source.pop(_FOOT, [])
        authors = {
            source: [person for person in people if person.role == "author"]
            for source, people in by_source.items()
        }
        real = {
            source: people
            for source, people in authors.items()
            if any(not self._is_no_one(p) for p in people)
        }
        chosen, chosen_from, doubts = self._choose(real or authors, visible)
        people = self._merged(chosen, chosen_from, by_source, visible, foot)
        entries = tuple(
            ParsedByline(
                raw=person.name,
                field="author" if person.role in ("", "author") else person.role,
                role="organisation" if person.role == "author" and person.kind in NO_PERSONS else person.role,
                person=self.person_at(person.url) if person.url else "",
                url=person.url,
                printed_name=person.name,
                kind=person.kind,
            )
            for person in people
        )
        evidence = tuple(", ".join(dict.fromkeys(person.sources)) for person in people)
        text = raw or ", ".join(person.name for person in people if person.role == "author")
        found = tuple(self._doubt(text, reason, language) for reason in doubts)
        if raw and chosen_from == VISIBLE and not (reading := self._read(raw, "byline", language)).is_sure:
            found += (DraftDoubt(raw, reading.doubts, as_json(reading)),)
        return Decision(entries, evidence, found, text)

    # ------------------------------------------------------------------------------------------------------ reading

    def _by_source(self, named: Sequence[Named], language: str) -> dict[str, list[_Person]]:
        # Two people of one name may stand in one byline, each with an address: in the order of their links.
        links: dict[str, list[str]] = {}
        for source in (f"{VISIBLE} link", ""):
            for one in named:
                if one.url and one.name and one.source.startswith(source):
                    known = links.setdefault(matching_form(one.name), [])
                    if not any(self._is_same(one.url, url) for url in known):
                        known.append(one.url)
        found: dict[str, list[_Person]] = {}
        for one in named:
            if one.source == f"{VISIBLE} link":
                continue
            name = one.name or self.name_at(one.url)
            if not name:
                continue
            people = found.setdefault(one.source, [])
            for person in self._people(one, name, links, language):
                # A page says `creator` after `author`, and the same people again.
                if not any(self._is_again(known, person) for known in people):
                    people.append(person)
        return found

    def _is_again(self, known: _Person, person: _Person) -> bool:
        if (known.form, known.role) != (person.form, person.role):
            return False
        return not (known.url and person.url) or self._is_same(known.url, person.url)

    def _is_same(self, one: str, other: str) -> bool:
        """Whether two addresses are of one person's page; addresses elsewhere tell nobody apart."""
        return (
            one == other
            or not (self.person_at(one) and self.person_at(other))
            or self.person_at(one) == self.person_at(other)
        )

    def _people(self, one: Named, name: str, links: dict[str, list[str]], language: str) -> Iterable[_Person]:
        seen: dict[str, int] = {}
        reading = self._read(name, "byline" if one.role == "byline" else "author", language, one.kind)
        stated = one.role if one.role not in ("", "byline") else ""
        times = Counter(matching_form(credit.name) for credit in reading.credits)
        for credit in reading.credits:
            form = matching_form(credit.name)
            if not form:
                continue
            known = links.get(form, [])
            number = seen[form] = seen.get(form, -1) + 1
            role = stated if stated and stated != "author" else credit.role or "author"
            if role == "organisation" and one.kind == "person":
                role = "author"
            # A reading has a name once in each role: where two links have it, it is two people's.
            of_one = (
                [one.url]
                if one.url and len(reading.credits) == 1
                else known[number : number + 1] or known[-1:]
            )
            for url in (known if len(known) > 1 and not one.url and times[form] == 1 else of_one) or [""]:
                yield _Person(
                    name=credit.name,
                    form=form,
                    role="author" if role == "organisation" else role,
                    kind="organisation"
                    if one.kind == "organisation" and credit.kind == "person"
                    else credit.kind,
                    url=url,
                    is_nobody=credit.kind in NOBODY or EMAIL.search(credit.name) is not None,
                    sources=[one.source],
                    email=one.email or credit.email,
                )

    def _read(self, raw: str, field: str, language: str, kind: str = "") -> BylineReading:
        organisations = (raw,) if kind == "organisation" else ()
        return read_byline(
            raw,
            field=field,
            publication=self.site_name,
            language=language,
            organisations=organisations,
            archive=self.archive,
        )

    def _is_no_one(self, person: _Person) -> bool:
        """Whether a name says only that nobody was named: an account, or the site itself."""
        return person.is_nobody or (bool(self.site_name) and person.form == matching_form(self.site_name))

    # ------------------------------------------------------------------------------------------------------ choosing

    def _choose(
        self, authors: dict[str, list[_Person]], visible: list[_Person]
    ) -> tuple[list[_Person], str, list[str]]:
        """The people of the source to believe, its name, and who contradicts it."""
        order = [source for source in _STRUCTURED if authors.get(source)]
        order += [source for source in authors if source not in order and authors[source]]
        if not order:
            return visible, VISIBLE, []
        best = order[0]
        for source in order[1:]:
            if _forms(authors[best]) < _forms(authors[source]) and source in _STRUCTURED:
                best = source
        chosen = authors[best]
        doubts: list[str] = []
        seen = [person for person in visible if not self._is_no_one(person)]
        if seen and _forms(chosen) <= _forms(visible):
            return visible, VISIBLE, self._against(visible, VISIBLE, authors, order)
        if all(self._is_no_one(person) for person in chosen) and seen:
            return visible, VISIBLE, []
        if seen and not _forms(seen) <= _forms(chosen):
            if not _forms(seen) & _forms(chosen) and best.startswith("meta"):
                # What `meta` says is set once for a whole site, often enough; readers saw the other.
                doubts.append(f"{best} names {_names(chosen)}, the visible byline {_names(visible)}")
                return visible, VISIBLE, doubts
            doubts.append(f"{best} names {_names(chosen)}, the visible byline {_names(visible)}")
        return chosen, best, doubts + self._against(chosen, best, authors, order)

    def _against(
        self, chosen: list[_Person], best: str, authors: dict[str, list[_Person]], order: list[str]
    ) -> list[str]:
        found = []
        for source in order:
            others = [person for person in authors[source] if not self._is_no_one(person)]
            if source == best:
                continue
            if others and not _forms(others) <= _forms(chosen) and not _alike(others, chosen):
                found.append(f"{best} names {_names(chosen)}, {source} {_names(others)}")
        return found

    def _merged(
        self,
        chosen: list[_Person],
        chosen_from: str,
        by_source: dict[str, list[_Person]],
        visible: list[_Person],
        foot: list[_Person],
    ) -> list[_Person]:
        """The chosen people, those named in other roles beside them, and for each who else names them."""
        people = [person for person in chosen if not self._is_no_one(person)]
        # Where the site is all that is named, it signs as itself.
        people = people or [person for person in chosen if not person.is_nobody]
        there = _forms(people)
        # The foot says what they did; schema.org knows a photographer as a contributor only.
        for person in foot:
            if (person.form, person.role) not in {(p.form, p.role) for p in people}:
                people.append(person)
        there |= _forms(people)
        for source in _STRUCTURED:
            for person in by_source.get(source, ()):
                if person.role != "author" and person.form not in there and not self._is_no_one(person):
                    people.append(person)
                    there.add(person.form)
        if chosen_from != VISIBLE:
            for person in visible:
                if person.role != "author" and person.form not in there and not self._is_no_one(person):
                    people.append(person)
                    there.add(person.form)
        everywhere = [*by_source.values(), visible, foot]
        for person in people:
            for others in everywhere:
                for other in others:
                    if other.form == person.form and self._is_again(replace(other, role=person.role), person):
                        person.sources += [source for source in other.sources if source not in person.sources]
                        person.url = person.url or other.url
                        person.kind = other.kind if person.kind in ("", "person") else person.kind
        return people

    def _doubt(self, raw: str, said: str, language: str) -> DraftDoubt:
        reading = {**as_json(self._read(raw, "byline", language)), "places": said[:400]}
        return DraftDoubt(raw, ("places on the page name different people",), reading)


def _forms(people: Iterable[_Person]) -> set[str]:
    return {person.form for person in people}


def _alike(some: Iterable[_Person], others: Iterable[_Person]) -> bool:
    """Whether the names of one are parts of the others': “Lavery” or “I. Lavery” beside “Ivo Larch”."""
    pool = [set(re.findall(r"\w+", person.form)) for person in others]
    return all(any(set(re.findall(r"\w+", person.form)) <= words for words in pool) for person in some)


def _names(people: Iterable[_Person]) -> str:
    names = [EMAIL.sub("", person.name).strip() for person in people]
    return "“" + ", ".join(name for name in names if name)[:150] + "”"
