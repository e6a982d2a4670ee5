"""Works out who wrote what in an archive whose bylines are words: one contributor for each person it names.

WordPress and Ghost know their writers by ids. A folder of files, a feed or a saved page mostly knows them by what was
typed, beside a few profiles perhaps. What is one person is joined only on evidence: the source's own id, or a whole name that
is the same once case, accents and punctuation fold away and that only one profile has. Everything else is left apart, for
an editor to say.

Used in two passes: everything of the archive is *seen* first, then each article's byline is asked for again. It holds plain
values only and may travel to another process.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import NamedTuple, cast

from standfirst.bylines.reading import (
    NOBODY,
    Archive,
    Byline,
    BylineReading,
    Kind,
    ReadCredit,
    Role,
    as_json,
    contributor_kind,
    learn,
    read_byline,
)
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.handles import EMAIL, SLUG_LIKE, folded, host_of, public_name, words_of
from standfirst.importers.reading.keys import ledger_key
from standfirst.importers.reading.records import (
    DraftContributor,
    DraftCredit,
    DraftDoubt,
    DraftLink,
    LinkedHow,
    ParsedAuthor,
    Refused,
)
from standfirst.text import markup
from standfirst.text.names import matching_form

# An editor is asked one question for so many contributors, but for a few.
CONTRIBUTORS_TO_A_QUESTION, FEWEST_OF_CREDITS, FEWEST_OF_NAMES = 20, 5, 2
_LONGEST_LABEL = 8


@dataclass(frozen=True, slots=True)
class ParsedByline:
    """One entry of a field that says who did something: a name, a line of several, or an id of the source's own."""

    raw: str
    field: str = "author"  # what the source calls it
    role: str = ""  # a role's code, where the field itself says what they did
    person: str = ""  # the source's id for them, where the entry is or has one
    url: str = ""
    printed_name: str = ""  # beside an id: the name as it was printed there
    kind: str = ""  # what the source says it is: a byline's kind, as "organisation"
    email: str = ""  # stated beside the name; for matching, and in no public place
    links: tuple[tuple[str, str], ...] = ()  # names in it, with the addresses they were linked to


@dataclass(frozen=True, slots=True)
class ReadByline:
    """What one article's byline comes to."""

    credits: tuple[DraftCredit, ...] = ()
    doubts: tuple[DraftDoubt, ...] = ()
    notes: tuple[str, ...] = ()
    raw: str = ""


@dataclass(slots=True)
class _Person:
    """Somebody, with what the archive says of them."""

    key: str
    profile: ParsedAuthor | None = None
    printed: Counter[str] = field(default_factory=Counter)
    kind: str = "person"
    emails: dict[str, None] = field(default_factory=dict)
    urls: dict[str, None] = field(default_factory=dict)
    is_credited: bool = False

    @property
    def ledger_key(self) -> str:
        return ledger_key(self.key)


class _Found(NamedTuple):
    person: _Person
    credit: ReadCredit | None  # None where the entry is an id, not words
    how: LinkedHow
    evidence: str


class Bylines:
    """The contributors of one archive, and the credits of its articles."""

    def __init__(
        self, *, publication: str = "", language: str = "", organisations: Collection[str] = ()
    ) -> None:
        self._publication, self._language, self._organisations = publication, language, tuple(organisations)
        self._people: dict[str, _Person] = {}
        self._by_fold: dict[str, list[_Person]] = {}
        self._by_name: dict[str, list[_Person]] = {}
        self._by_mail: dict[str, list[_Person]] = {}
        self._readings: dict[tuple[str, str], BylineReading] = {}
        self._seen: dict[ParsedByline, int] = {}
        self._learnt = Archive()
        self._is_settled = False
        self._times: Counter[tuple[str, str]] = Counter()  # how many articles are signed so
        self._joint: dict[str, str] = {}  # names of two who have one profile, by what that goes by

    # ------------------------------------------------------------------------------------------------- the first pass

    def profile(self, author: ParsedAuthor) -> None:
        """Takes in somebody the source has a record of. All profiles come before the first byline.

        A record whose name is of two people is nobody's own: who is credited by it is both.
        """
        if self._is_joint(author):
            for name in (author.source_id, author.slug, author.display_name, *author.aliases):
                self._joint.setdefault(matching_form(name), author.display_name)
            return
        person = self._people.setdefault(f"author:{author.source_id}", _Person(f"author:{author.source_id}"))
        person.profile = person.profile or author
        for name in dict.fromkeys((folded(author.source_id), folded(author.slug), folded(author.login))):
            if name:
                self._by_fold.setdefault(name, []).append(person)
        for name in (author.display_name, *author.aliases):
            if form := matching_form(markup.plain_text(name)):
                self._by_name.setdefault(form, []).append(person)
        self._reached_at(person, author.email)

    def _reached_at(self, person: _Person, address: str) -> None:
        if address and address not in person.emails:
            person.emails[address] = None
            self._by_mail.setdefault(address.casefold(), []).append(person)

    def _is_joint(self, author: ParsedAuthor) -> bool:
        name = markup.plain_text(author.display_name)
        # Before anything was seen: what the archive says of bylines is not asked yet.
        credits = (
            read_byline(name, field="author", language=self._language).credits if name.count(" ") > 2 else ()
        )
        return len(credits) > 1 and all(credit.kind == "person" and " " in credit.name for credit in credits)

    def see(self, entries: Iterable[ParsedByline], times: int = 1) -> None:
        """Takes in a byline, with the number of articles it stands on."""
        for entry in entries:
            self._seen[entry] = self._seen.get(entry, 0) + times
            self._times[entry.raw, entry.field] += times

    def learnt(self, archive: Archive) -> None:
        """Takes in what is known already: where single names are seen, the lines they were read from say more."""
        self._learnt = archive

    def _settle(self) -> None:
        """Finds the people of all that was seen, once: a doubtful byline is settled by the others of the archive."""
        if self._is_settled:
            return
        self._is_settled = True
        nobody = [(entry, times) for entry, times in self._seen.items() if not self._take(entry, times)]
        # An address alone is somebody's, once it is known who is reached there.
        for entry, times in nobody:
            self._take(entry, times)

    def _take(self, entry: ParsedByline, times: int) -> bool:
        """Counts who is credited by an entry; False if nobody is."""
        found = self._found(entry)
        if len(found) == 1:
            self._reached_at(found[0].person, entry.email)
        for person, credit, _, _ in found:
            person.is_credited = True
            if credit is None:
                continue
            person.printed[credit.name] += times
            if (kind := contributor_kind(credit.kind)) != "person":
                person.kind = kind
            self._reached_at(person, credit.email)
            linked = (url for name, url in entry.links if matching_form(name) == matching_form(credit.name))
            person.urls |= dict.fromkeys(filter(None, [credit.url, *linked]))
        return bool(found)

    # ------------------------------------------------------------------------------------------------ the second pass

    @property
    def joint(self) -> tuple[str, ...]:
        """The names of two people each that have one profile."""
        return tuple(dict.fromkeys(self._joint.values()))

    @property
    def records(self) -> int:
        self._settle()
        return len(self._people)

    @cached_property
    def contributors(self) -> tuple[DraftContributor, ...]:
        self._settle()
        return tuple(map(self._draft, self._people.values()))

    def byline(self, entries: Sequence[ParsedByline]) -> ReadByline:
        """The credits of one article, in printed order, each person once in each role."""
        credits: dict[tuple[str, str], DraftCredit] = {}
        doubts: dict[str, DraftDoubt] = {}
        notes: dict[str, None] = {}
        self._settle()
        for entry in entries:
            for person, credit, how, evidence in self._found(entry):
                role = entry.role or (credit.role if credit else "author")
                printed = credit.name if credit else ""
                name = self._names[person.ledger_key]
                # A name in small letters is what an address made of it, not what readers saw.
                if printed == name or printed == name.casefold():
                    printed = ""
                credits.setdefault(
                    (person.key, role),
                    DraftCredit(
                        person.ledger_key,
                        how,
                        role=role,
                        evidence=evidence,
                        source_text=entry.raw if public_name(entry.raw) == entry.raw.strip() else "",
                        printed_name=printed,
                    ),
                )
            reading = self._readings.get((entry.raw, entry.field))
            if reading is None:
                continue
            for left in (credit for credit in reading.credits if credit.kind in NOBODY):
                notes[f"name nobody in the byline, but “{left.name}”"] = None
            if any(EMAIL.search(credit.name) for credit in reading.credits) and not credits:
                notes["name nobody in the byline, but an address of mail, which is printed nowhere"] = None
            if not reading.is_sure and (entry.raw, entry.field) not in self._worth_asking:
                notes[
                    "has a byline that is not certain, and is not asked about: others stand on more articles"
                ] = None
            elif not reading.is_sure:
                doubts[entry.raw] = DraftDoubt(entry.raw, reading.doubts, as_json(reading))
        raw = "; ".join(f"{entry.field}: {entry.raw}" for entry in entries if entry.raw.strip())
        return ReadByline(tuple(credits.values()), tuple(doubts.values()), tuple(notes), raw)

    # -------------------------------------------------------------------------------------------------------- finding

    @cached_property
    def _worth_asking(self) -> frozenset[tuple[str, str]]:
        """The doubtful bylines that an editor is asked about: one for every twenty contributors, the most used first.

        Those that may credit somebody else come before those that only leave open what a name is of.
        """
        doubtful = {key: reading for key, reading in self._readings.items() if not reading.is_sure}
        ranked = sorted(doubtful, key=lambda key: (-self._times[key], key))
        names = [key for key in ranked if _is_of_names_alone(doubtful[key])]
        others = [key for key in ranked if key not in set(names)]
        people = sum(person.is_credited for person in self._people.values())
        some = people // CONTRIBUTORS_TO_A_QUESTION
        asked = others[: max(FEWEST_OF_CREDITS, some)]
        room = max(0, some - len(asked)) if some else FEWEST_OF_NAMES
        return frozenset([*asked, *names[:room]])

    def _found(self, entry: ParsedByline) -> list[_Found]:
        """The people an entry names, and on what evidence they are who they are."""
        if joint := self._joint and self._joint.get(matching_form(entry.person or entry.raw)):
            entry = replace(entry, raw=joint, person="", printed_name="")
        if entry.person:
            known = self._by_id(entry.person, LinkedHow.STATED, "id")
            if not entry.printed_name:
                return [known]
            printed = ReadCredit(
                entry.printed_name, cast(Role, entry.role or "author"), cast(Kind, entry.kind or "person")
            )
            return [known._replace(credit=printed)]
        found: list[_Found] = []
        for credit in self._read(entry).credits:
            if credit.kind in NOBODY or not credit.name.strip():
                continue
            if EMAIL.search(credit.name):
                # It is printed nowhere: it says who somebody is, if somebody is known by it, and nothing else.
                known_by_it = self._by_mail.get(EMAIL.findall(credit.name)[0].casefold(), ())
                if len(known_by_it) == 1:
                    found.append(_Found(known_by_it[0], None, LinkedHow.INFERRED, "e-mail address"))
            elif credit.kind == "slug":
                found.append(self._by_id(credit.name, LinkedHow.STATED, "slug"))
            else:
                found.append(self._by_words(credit))
        return found

    def _by_id(self, number: str, how: LinkedHow, evidence: str) -> _Found:
        key = f"author:{number}"
        if key not in self._people:
            known = self._by_fold.get(folded(number), ())
            if len(known) == 1:
                return _Found(known[0], None, LinkedHow.INFERRED, "dots, dashes and case dropped")
            self._people[key] = _Person(key)
        return _Found(self._people[key], None, how, evidence)

    def _by_words(self, credit: ReadCredit) -> _Found:
        form = matching_form(credit.name)
        known = self._by_name.get(form, ())
        if len(known) == 1:
            return _Found(known[0], credit, LinkedHow.INFERRED, "exact name")
        key = f"name:{form}"
        return _Found(
            self._people.setdefault(key, _Person(key)), credit, LinkedHow.STATED, "name in the byline"
        )

    def _read(self, entry: ParsedByline) -> BylineReading:
        key = (entry.raw, entry.field)
        if key not in self._readings:
            reading = fenced(partial(self._reading, *key), kind="bylines", record=entry.raw[:80])
            if isinstance(reading, Refused):
                reading = BylineReading(entry.raw, (), (f"This {reading.reason}.",))
            self._readings[key] = reading
        return self._readings[key]

    def _reading(self, raw: str, field: str) -> BylineReading:
        return read_byline(
            raw,
            field=field,
            publication=self._publication,
            language=self._language,
            organisations=self._organisations,
            archive=self._archive,
        )

    @cached_property
    def _archive(self) -> Archive:
        found = learn(
            (Byline(entry.raw, entry.field) for entry in self._seen if not entry.person),
            contributors=self._recorded(),
            publication=self._publication,
            language=self._language,
            organisations=self._organisations,
        )
        return found | self._learnt

    def _recorded(self) -> Iterator[str]:
        """Whatever those who have a profile are called."""
        for person in self._people.values():
            if (author := person.profile) is not None:
                names = (author.source_id, author.slug, author.login, author.display_name, *author.aliases)
                yield from filter(None, map(markup.plain_text, names))

    # --------------------------------------------------------------------------------------------------------- drafts

    @cached_property
    def _names(self) -> dict[str, str]:
        return {draft.key: draft.display_name for draft in self.contributors}

    def _draft(self, person: _Person) -> DraftContributor:
        profile = person.profile or ParsedAuthor("name", "")
        name, is_derived = self._name(person)
        slug = profile.slug or (profile.source_id if SLUG_LIKE.fullmatch(profile.source_id) else "")
        urls = dict.fromkeys([*profile.websites, profile.website, *person.urls])
        return DraftContributor(
            key=person.ledger_key,
            display_name=name[:255],
            # Under its name, too: another time the archive may come without the profile.
            source_keys=(
                person.ledger_key,
                *(ledger_key(f"name:{form}") for form in self._own_names(person)),
            ),
            is_name_derived=is_derived,
            rank=1 if is_derived else 3 if person.profile else 2,
            biography=_biography(profile.biography),
            links=tuple(
                DraftLink(host_of(url), url)
                for url in urls
                if (markup.safe_url(url) or "").startswith("http")
            ),
            old_slugs=(slug,) if slug else (),
            emails=tuple(person.emails),
            portrait=profile.portrait,
            preferred_slug=slug if slug and not is_derived else "",
            is_credited=person.is_credited,
            kind=person.kind,
            sort_name=profile.sort_name,
            aliases=tuple(alias for alias in profile.aliases if alias and alias != name),
            identifiers=profile.identifiers,
        )

    def _own_names(self, person: _Person) -> list[str]:
        """The names that are this profile's alone."""
        if person.profile is None:
            return []
        forms = map(matching_form, (person.profile.display_name, *person.profile.aliases))
        return [form for form in dict.fromkeys(forms) if self._by_name.get(form) == [person]]

    def _name(self, person: _Person) -> tuple[str, bool]:
        if person.profile and (name := public_name(markup.plain_text(person.profile.display_name))):
            return name, False
        if person.printed:
            return person.printed.most_common(1)[0][0], False
        return words_of(person.key.partition(":")[2]) or "Unnamed contributor", True


def _is_of_names_alone(reading: BylineReading) -> bool:
    """Whether every word of a byline is of a name or its label: whom it credits is plain, if not what each of them is."""
    left = _squashed(reading.raw)
    for name in (_squashed(credit.name) for credit in reading.credits):
        before, found, left = left.partition(name)
        # A label in letters that write a word in one or two; a word that joins two names may join one.
        if not (name and found) or (before.isascii() and before) or len(before) > _LONGEST_LABEL:
            return False
    return not left and bool(reading.credits)


def _squashed(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def _biography(html: str) -> str:
    text = html.strip()
    if text and "<p" not in text:
        text = "".join(f"<p>{part.strip()}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())
    return markup.clean_rich_text(text)
