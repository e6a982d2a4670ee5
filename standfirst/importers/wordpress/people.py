"""Works out who wrote what: makes one contributor of each person an export knows, under whatever names.

WordPress knows a writer as an account, as a guest author of a plugin, as an author term on each post, or as several of
these at once. What is one person is joined only on evidence: the source says so (a linked account, an id), or one name
equals another once dots, dashes, case and the domain of an e-mail address are dropped and one of the two is a guest
author, made for nothing else than to be a byline. Two accounts are two people, unless one is the other's e-mail address
and both show the same name.

A name that is shown is a byline too: an account may be two people who share it, or nobody at all, such as `admin`. And a byline
may stand in a field of the post (`fields`), in words.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from standfirst.bylines import reading as bylines
from standfirst.bylines.reading import (
    NOBODY,
    Archive,
    BylineReading,
    ReadCredit,
    as_json,
    contributor_kind,
    learn,
    read_byline,
)
from standfirst.importers.reading.handles import SLUG_LIKE, folded, host_of, public_name, words_of
from standfirst.importers.reading.people import ReadByline
from standfirst.importers.reading.records import (
    DraftContributor,
    DraftCredit,
    DraftDoubt,
    DraftLink,
    LinkedHow,
    ParsedAuthor,
    ParsedPost,
    TermUse,
)
from standfirst.importers.wordpress.fields import Byline
from standfirst.importers.wordpress.reader import Signature, Survey, author_uses, signature_of
from standfirst.text import markup
from standfirst.text.names import matching_form


def nicename(login: str) -> str:
    """What WordPress made of a login for the address of the author's page."""
    text = re.sub(r"[^a-z0-9\s_.-]", "", login.casefold().replace("@", ""))
    return re.sub(r"-+", "-", re.sub(r"[\s.]+", "-", text)).strip("-")[:50]


@dataclass
class _Person:
    """Somebody, with every record that is them."""

    number: int
    accounts: list[ParsedAuthor] = field(default_factory=list)
    guests: list[ParsedAuthor] = field(default_factory=list)
    term_slugs: list[str] = field(default_factory=list)
    term_names: list[str] = field(default_factory=list)
    stray_logins: list[str] = field(default_factory=list)
    byline_name: str = ""  # of somebody who is known by words alone
    kind: str = "person"

    @property
    def records(self) -> list[ParsedAuthor]:
        return [*self.guests, *self.accounts]


class _Credited(NamedTuple):
    """Somebody a post credits, on what evidence, and in which words."""

    person: _Person
    how: LinkedHow
    evidence: str
    role: str = "author"
    printed_name: str = ""
    source_text: str = ""


@dataclass(slots=True)
class _Said:
    """What one byline comes to."""

    credited: list[_Credited] = field(default_factory=list)
    doubts: list[DraftDoubt] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class People:
    """The contributors of one export, and the credits of its posts."""

    def __init__(self, found: Survey) -> None:
        self._found = found
        self._persons: list[_Person] = []
        self._by_login: dict[str, _Person] = {}
        self._by_guest: dict[str, _Person] = {}
        self._linked: dict[str, _Person] = {}  # by the login of the account that a guest author is linked to
        self._by_fold: dict[str, list[_Person]] = {}
        self._by_use: dict[str, tuple[_Person, LinkedHow, str]] = {}
        self._by_words: dict[str, _Person] = {}  # by name, as names are compared
        self._credited: set[int] = set()
        self._signatures: dict[int, tuple[str, str, BylineReading]] = {}
        self._shared: dict[int, list[_Person]] = {}  # who an account or guest author stands for
        self._gather_guests()
        self._gather_accounts()
        self._gather_terms()
        for signature in found.bylines:
            self._credited |= {credited.person.number for credited in self._said(signature).credited}
        self._drafts = {
            person.number: self._draft(person)
            for person in self._persons
            if person.number not in self._shared
        }

    @property
    def contributors(self) -> tuple[DraftContributor, ...]:
        return tuple(self._drafts.values())

    @property
    def old_slugs_of_several(self) -> Iterator[tuple[str, str]]:
        """What the old author page of several people was called, with the key of the first of them."""
        for number, people in self._shared.items():
            person = self._persons[number]
            for slug in (*self._guest_slugs(person), *map(nicename, self._logins(person))):
                yield slug, self._drafts[people[0].number].key

    @property
    def records(self) -> int:
        """How many author records the export holds, counting one for each person it only names."""
        return sum(max(1, len(person.accounts) + len(person.guests)) for person in self._persons)

    def byline(self, post: ParsedPost) -> ReadByline:
        """The byline of a post, in its order, each person once in each role."""
        said = self._said(signature_of(post, self._found.fields))
        found: dict[tuple[str, str], DraftCredit] = {}
        for person, how, evidence, role, printed_name, text in said.credited:
            draft = self._drafts[person.number]
            is_public = public_name(text) == text and not _is_made_of(text, draft.logins)
            found.setdefault(
                (draft.key, role),
                DraftCredit(
                    draft.key,
                    how,
                    role,
                    evidence,
                    source_text=text if is_public else "",
                    printed_name=printed_name if printed_name != draft.display_name else "",
                ),
            )
        return ReadByline(tuple(found.values()), tuple(said.doubts), tuple(said.notes))

    def raw_byline(self, post: ParsedPost) -> str:
        """What the export says of a post's authors, word for word; for the ledger only."""
        uses = author_uses(post)
        fields = [f"{byline.field}: {byline.raw}" for byline in self._found.fields.byline(post)]
        return "; ".join([*fields, *(f"{use.text} <{use.slug}>" for use in uses or ())] or [post.creator])

    # ----------------------------------------------------------------------------------------------------- joining

    def _somebody(self) -> _Person:
        # Numbered, not known by identity: these travel to another process.
        person = _Person(len(self._persons))
        self._persons.append(person)
        return person

    def _gather_guests(self) -> None:
        for slug, guest in self._found.guests.items():
            person = self._somebody()
            person.guests.append(guest)
            self._by_guest[slug] = person
            if guest.linked_login:
                self._linked[guest.linked_login] = person
            for name in {folded(slug), folded(guest.login)} - {""}:
                self._by_fold.setdefault(name, []).append(person)

    def _gather_accounts(self) -> None:
        for login, account in self._found.accounts.items():
            guest = self._linked.get(login) or self._only_guest(login)
            person = guest or self._same_account(account)
            if person is None:
                person = self._somebody()
            person.accounts.append(account)
            self._by_login[login] = person
            if guest is None:
                known = self._by_fold.setdefault(folded(login), [])
                if person not in known:
                    known.append(person)
        for signature in self._found.bylines:
            if signature.creator:
                self._find_creator(signature.creator)

    def _only_guest(self, login: str) -> _Person | None:
        known = [person for person in self._by_fold.get(folded(login), ()) if person.guests]
        return known[0] if len(known) == 1 else None

    def _same_account(self, account: ParsedAuthor) -> _Person | None:
        """Another account of the same person: one login is the other's address, and both show one name."""
        name = matching_form(account.display_name)
        for person in self._by_fold.get(folded(account.login), ()):
            for other in person.accounts:
                is_address = "@" in account.login or "@" in other.login
                if is_address and name and matching_form(other.display_name) == name:
                    return person
        return None

    def _find_creator(self, creator: str) -> None:
        """Knows a login that stands on a post, also one the export lists no author for."""
        person = self._by_login.get(creator)
        if person is None:
            person = self._linked.get(creator) or self._only_guest(creator) or self._damaged_login(creator)
            if person is None:
                person = self._somebody()
                self._by_fold.setdefault(folded(creator), []).append(person)
            person.stray_logins.append(creator)
            self._by_login[creator] = person

    def _damaged_login(self, creator: str) -> _Person | None:
        """The account a login is but for stray characters around it, as in `>editor`."""
        plain = creator.strip(" \t<>\"'").casefold()
        known = [person for login, person in self._by_login.items() if login.casefold() == plain]
        return known[0] if len(known) == 1 else None

    def _gather_terms(self) -> None:
        for signature in self._found.bylines:
            for use in signature.uses:
                key = use.slug or use.text
                if key not in self._by_use:
                    self._by_use[key] = found = self._person_of(use)
                    slug = use.slug.removeprefix("cap-")
                    if slug and slug not in found[0].term_slugs:
                        found[0].term_slugs.append(slug)

    def _person_of(self, use: TermUse) -> tuple[_Person, LinkedHow, str]:
        # The prefix is taken off once: somebody's own name may begin with it.
        candidates = [use.slug.removeprefix("cap-"), use.slug, use.text]
        for slug in candidates:
            if slug in self._by_guest:
                return self._by_guest[slug], LinkedHow.STATED, "guest author"
        term = self._found.author_terms.get(use.slug)
        for login, account in self._found.accounts.items():
            if term is not None and term.source_id and term.source_id == account.source_id:
                person = self._by_login[login]
                self._name_by_term(person, use, term)
                return person, LinkedHow.STATED, "account of the author term"
        for name in (use.text, *candidates[:2]):
            if name in self._by_login:
                return self._by_login[name], LinkedHow.STATED, "login"
        for login, person in self._by_login.items():
            if nicename(login) == candidates[0]:
                return person, LinkedHow.STATED, "login"
        for slug in candidates[:2]:
            known = self._by_fold.get(folded(slug), [])
            if len(known) == 1:
                return known[0], LinkedHow.INFERRED, "dots, dashes and case dropped"
        person = self._somebody()
        self._name_by_term(person, use, term)
        self._by_guest[candidates[0] or use.text] = person
        self._by_fold.setdefault(folded(candidates[0] or use.text), []).append(person)
        return person, LinkedHow.STATED, "author term"

    def _name_by_term(self, person: _Person, use: TermUse, term: ParsedAuthor | None) -> None:
        person.term_names.append(use.text)
        if not use.slug:
            person.term_slugs.append(use.text)
        if term is not None:
            person.guests.append(term)

    # ----------------------------------------------------------------------------------------------------- crediting

    def _said(self, signature: Signature) -> _Said:
        """Whom a post credits: by a field made to be its byline, else by its author terms, by another field, by its login."""
        said, beside = _Said(), _Said()
        for byline in signature.fields:
            if byline.role:
                self._by_field(byline, beside)
            elif not said.credited and (byline.has_slots or not signature.uses):
                self._by_field(byline, said)
        if not said.credited:
            for use in signature.uses:
                self._credit(_Credited(*self._by_use[use.slug or use.text], source_text=use.text), said)
            if signature.creator:
                self._credit(self._creator(signature.creator), said)
        return _Said(
            [*said.credited, *beside.credited], [*said.doubts, *beside.doubts], [*said.notes, *beside.notes]
        )

    def _by_field(self, byline: Byline, said: _Said) -> None:
        evidence = f"field {byline.field}"
        if byline.references:
            known = [person for one in byline.references if (person := self._by_reference(*one)) is not None]
            for person in known:
                self._credit(_Credited(person, LinkedHow.STATED, evidence, byline.role or "author"), said)
            if len(known) < len(byline.references):
                said.notes.append(f"have authors in the field “{byline.field}” whom the export does not hold")
            return
        reading = self._reading(byline.words)
        said.credited += self._by_reading(reading, evidence, byline)
        said.notes += [_nobody(credit) for credit in reading.credits if credit.kind in NOBODY]
        if not reading.is_sure:
            said.doubts.append(DraftDoubt(byline.words, reading.doubts, as_json(reading)))

    def _by_reference(self, what: str, number: str) -> _Person | None:
        """The guest author or account of an id; `what` is what the id is said to be of."""
        for person in self._persons:
            if "user" not in what and any(guest.source_id == number for guest in person.guests):
                return person
        for person in self._persons:
            if "guest" not in what and any(account.source_id == number for account in person.accounts):
                return person
        return None

    def _by_reading(
        self, reading: BylineReading, evidence: str, byline: Byline | None = None
    ) -> list[_Credited]:
        """Those whom a byline in words credits."""
        found = []
        slots = byline.slots if byline else {}
        for credit in reading.credits:
            if credit.kind in NOBODY or not credit.name.strip():
                continue
            form = matching_form(credit.name)
            person = self._by_reference("user", slots[form]) if form in slots else None
            how, why = LinkedHow.STATED, evidence
            role = (byline and byline.role) or credit.role
            if person is None and form in self._named:
                person, how, why = self._named[form], LinkedHow.INFERRED, f"exact name in {evidence}"
            if person is None and form not in self._by_words:
                self._by_words[form] = self._somebody()
                self._by_words[form].byline_name = credit.name
                self._by_words[form].kind = contributor_kind(credit.kind)
            found.append(
                _Credited(
                    person or self._by_words[form],
                    how,
                    why,
                    role,
                    credit.name,
                    byline.words if byline else "",
                )
            )
        return found

    def _credit(self, credited: _Credited, said: _Said) -> None:
        """Credits somebody the export has a record of: those who share it, if it shows the names of several, or nobody."""
        person = credited.person
        shown, name, reading = self._signs_as(person)
        names = [credit for credit in reading.credits if credit.kind not in NOBODY]
        if reading.credits and not names and reading.is_sure:
            said.notes.append(_nobody(reading.credits[0]))
            return
        if len(names) > 1 and reading.is_sure:
            sharing = self._by_reading(reading, f"name of {credited.evidence}")
            self._shared[person.number] = [one.person for one in sharing]
            said.credited += sharing
            return
        if len(names) > 1:
            said.doubts.append(DraftDoubt(shown, reading.doubts, as_json(reading)))
        elif names and reading.is_sure and person.kind == "person":
            person.kind = contributor_kind(names[0].kind)
        said.credited.append(credited._replace(printed_name=shown if shown != name else ""))

    def _signs_as(self, person: _Person) -> tuple[str, str, BylineReading]:
        """The name the old site printed, the name here, and how that is read; asked once all records are gathered."""
        if person.number not in self._signatures:
            shown, name = self._shown(person), self._name(person)[0]
            self._signatures[person.number] = shown, name, self._reading(shown or name)
        return self._signatures[person.number]

    def _reading(self, words: str) -> BylineReading:
        site = self._found.site
        return read_byline(
            words, field="author", publication=site.title, language=site.language, archive=self._archive
        )

    @cached_property
    def _archive(self) -> Archive:
        """What the names of all accounts say of each other; asked once all records are gathered."""
        site = self._found.site
        names = (self._shown(person) or self._name(person)[0] for person in self._persons)
        shown = [bylines.Byline(name, "author") for name in names if name]
        return learn(shown, publication=site.title, language=site.language)

    @cached_property
    def _named(self) -> dict[str, _Person]:
        """Those of whom the export has a record, by names that are theirs alone; asked once all records are gathered."""
        found: dict[str, list[_Person]] = {}
        for person in self._persons:
            if not person.byline_name:
                for form in {matching_form(self._name(person)[0]), matching_form(self._shown(person))} - {""}:
                    found.setdefault(form, []).append(person)
        return {form: people[0] for form, people in found.items() if len(people) == 1}

    def _creator(self, creator: str) -> _Credited:
        person = self._by_login[creator]
        how, evidence = LinkedHow.STATED, "login"
        if creator not in self._found.accounts and (person.accounts or person.guests):
            how, evidence = LinkedHow.INFERRED, "dots, dashes and case dropped"
        elif creator not in self._found.accounts:
            evidence = "login without an author record"
        elif person.guests and not any(guest.linked_login == creator for guest in person.guests):
            how, evidence = LinkedHow.INFERRED, "login equals a guest author"
        return _Credited(person, how, evidence)

    # ------------------------------------------------------------------------------------------------------ drafts

    def _draft(self, person: _Person) -> DraftContributor:
        records = person.records
        logins, guest_slugs = self._logins(person), self._guest_slugs(person)
        name, is_derived = self._name(person)
        keys = (*(f"guest:{slug}" for slug in guest_slugs), *(f"login:{login}" for login in logins))
        keys = keys or (f"name:{matching_form(person.byline_name)}",)
        biography = next((_biography(record.biography) for record in records if record.biography.strip()), "")
        links = dict.fromkeys(record.website.strip() for record in records if record.website.strip())
        return DraftContributor(
            key=keys[0],
            display_name=name[:255],
            source_keys=keys,
            is_name_derived=is_derived,
            rank=1 if is_derived else 3 if person.guests or person.term_names else 2,
            is_credited=person.number in self._credited,
            biography=biography,
            links=tuple(
                DraftLink(host_of(url), url)
                for url in links
                if (markup.safe_url(url) or "").startswith("http")
            ),
            old_slugs=tuple(dict.fromkeys([*guest_slugs, *(nicename(login) for login in logins)])),
            old_ids=tuple(dict.fromkeys(a.source_id for a in person.accounts if a.source_id)),
            logins=logins,
            emails=tuple(dict.fromkeys(record.email for record in records if record.email)),
            portrait=next((record.portrait for record in records if record.portrait), None),
            preferred_slug=self._slug(person),
            kind=person.kind,
        )

    def _logins(self, person: _Person) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*(a.login for a in person.accounts), *person.stray_logins]))

    def _guest_slugs(self, person: _Person) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*(g.slug for g in person.guests if g.slug), *person.term_slugs]))

    def _slug(self, person: _Person) -> str:
        """The public slug to keep: a guest author's. An account's was made of its login, and is not kept."""
        slugs = [guest.slug for guest in person.guests if guest.slug]
        if not person.accounts and not person.stray_logins:
            slugs += person.term_slugs
        # WordPress stores letters beyond ASCII percent-encoded.
        return next((unquote(slug) for slug in slugs if "@" not in slug), "")

    def _name(self, person: _Person) -> tuple[str, bool]:
        """A person's name, and whether it had to be made of a login or slug."""
        shown = self._shown(person)
        logins = [record.login for record in person.records if record.login]
        whole = next(
            (
                name
                for record in person.records
                if (name := public_name(markup.plain_text(f"{record.first_name} {record.last_name}")))
            ),
            "",
        )
        # A name nobody chose is the login again: whoever gave a first and a last name is called by these.
        if whole and (not shown or any(folded(shown) == folded(login) for login in logins)):
            return whole, False
        if shown:
            return shown, False
        handles = (*self._guest_slugs(person), *self._logins(person))
        return next(
            (words_of(handle) for handle in handles if words_of(handle)), ""
        ) or "Unnamed contributor", True

    def _shown(self, person: _Person) -> str:
        """The name that the old site printed; empty if the export does not say it."""
        for record in person.records:
            if name := public_name(markup.plain_text(record.display_name)):
                return name
        for name in person.term_names:
            # A term's text is the author's name, or only their slug, according to the plugin and its age.
            if public_name(name) == name and not SLUG_LIKE.fullmatch(name):
                return name
        for creator in person.stray_logins:
            # The first exports held what was printed, not the login; and no login is made of several words.
            if (self._found.site.version == "1.0" or re.search(r"\S\s+\S", creator)) and public_name(creator):
                return public_name(creator).strip(" \t<>\"'")
        return person.byline_name


def _nobody(credit: ReadCredit) -> str:
    return f"name nobody in the byline, but “{credit.name}”"


def _is_made_of(text: str, logins: Iterable[str]) -> bool:
    return any(text.casefold() == login.casefold() for login in logins) or bool(SLUG_LIKE.fullmatch(text))


def _biography(html: str) -> str:
    text = html.strip()
    if "<p" not in text:
        text = "".join(
            f"<p>{part.strip()}</p>" for part in re.split(r"\n\s*\n", unescape(text)) if part.strip()
        )
    return markup.clean_rich_text(text)
