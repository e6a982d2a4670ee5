"""Works out who wrote what: makes one contributor of each person an export knows, under whatever names.

WordPress knows a writer as an account, as a guest author of a plugin, as an author term on each post, or as several of
these at once. What is one person is joined only on evidence: the source says so (a linked account, an id), or one name
equals another once dots, dashes, case and the domain of an e-mail address are dropped and one of the two is a guest
author, made for nothing else than to be a byline. Two accounts are two people, unless one is the other's e-mail address
and both show the same name.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape

from standfirst.importers.reading.handles import SLUG_LIKE, folded, host_of, public_name, words_of
from standfirst.importers.reading.records import (
    DraftContributor,
    DraftCredit,
    DraftLink,
    LinkedHow,
    ParsedAuthor,
    ParsedPost,
    TermUse,
)
from standfirst.importers.wordpress.reader import Survey, author_uses
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
        self._credited: set[int] = set()
        self._gather_guests()
        self._gather_accounts()
        self._gather_terms()
        self._drafts = {person.number: self._draft(person) for person in self._persons}

    @property
    def contributors(self) -> tuple[DraftContributor, ...]:
        return tuple(self._drafts[person.number] for person in self._persons)

    @property
    def records(self) -> int:
        """How many author records the export holds, counting one for each person it only names."""
        return sum(max(1, len(person.accounts) + len(person.guests)) for person in self._persons)

    def credits(self, post: ParsedPost) -> tuple[DraftCredit, ...]:
        """The byline of a post, in its order, each person once."""
        uses = author_uses(post)
        if not uses:
            return self._creator_credit(post.creator)
        found: dict[str, DraftCredit] = {}
        for use in uses:
            person, how, evidence = self._by_use[use.slug or use.text]
            draft = self._drafts[person.number]
            text = (
                use.text
                if public_name(use.text) == use.text and not _is_made_of(use.text, draft.logins)
                else ""
            )
            found.setdefault(draft.key, DraftCredit(draft.key, how, evidence=evidence, source_text=text))
        return tuple(found.values())

    def raw_byline(self, post: ParsedPost) -> str:
        """What the export says of a post's authors, word for word; for the ledger only."""
        uses = author_uses(post)
        return "; ".join(f"{use.text} <{use.slug}>" for use in uses) if uses else post.creator

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
        creators = [creator for uses, creator in self._found.bylines if not uses and creator]
        for creator in creators:
            self._find_creator(creator)

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
        self._credited.add(person.number)

    def _damaged_login(self, creator: str) -> _Person | None:
        """The account a login is but for stray characters around it, as in `>editor`."""
        plain = creator.strip(" \t<>\"'").casefold()
        known = [person for login, person in self._by_login.items() if login.casefold() == plain]
        return known[0] if len(known) == 1 else None

    def _gather_terms(self) -> None:
        for uses, _ in self._found.bylines:
            for use in uses:
                key = use.slug or use.text
                if key not in self._by_use:
                    self._by_use[key] = found = self._person_of(use)
                    slug = use.slug.removeprefix("cap-")
                    if slug and slug not in found[0].term_slugs:
                        found[0].term_slugs.append(slug)
                self._credited.add(self._by_use[key][0].number)

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

    def _creator_credit(self, creator: str) -> tuple[DraftCredit, ...]:
        if not creator:
            return ()
        person = self._by_login[creator]
        how, evidence = LinkedHow.STATED, "login"
        if creator not in self._found.accounts and (person.accounts or person.guests):
            how, evidence = LinkedHow.INFERRED, "dots, dashes and case dropped"
        elif creator not in self._found.accounts:
            evidence = "login without an author record"
        elif person.guests and not any(guest.linked_login == creator for guest in person.guests):
            how, evidence = LinkedHow.INFERRED, "login equals a guest author"
        return (DraftCredit(self._drafts[person.number].key, how, evidence=evidence),)

    # ------------------------------------------------------------------------------------------------------ drafts

    def _draft(self, person: _Person) -> DraftContributor:
        records = [*person.guests, *person.accounts]
        logins = tuple(dict.fromkeys([*(a.login for a in person.accounts), *person.stray_logins]))
        guest_slugs = tuple(dict.fromkeys([*(g.slug for g in person.guests if g.slug), *person.term_slugs]))
        name, is_derived = self._name(person, records, (*guest_slugs, *logins))
        keys = (*(f"guest:{slug}" for slug in guest_slugs), *(f"login:{login}" for login in logins))
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
            old_ids=tuple(dict.fromkeys(a.source_id for a in person.accounts if a.source_id.isdigit())),
            logins=logins,
            emails=tuple(dict.fromkeys(record.email for record in records if record.email)),
            portrait=next((record.portrait for record in records if record.portrait), None),
            preferred_slug=self._slug(person),
        )

    def _slug(self, person: _Person) -> str:
        """The public slug to keep: a guest author's. An account's was made of its login, and is not kept."""
        slugs = [guest.slug for guest in person.guests if guest.slug]
        if not person.accounts and not person.stray_logins:
            slugs += person.term_slugs
        return next((slug for slug in slugs if "@" not in slug), "")

    def _name(self, person: _Person, records: list[ParsedAuthor], handles: Iterable[str]) -> tuple[str, bool]:
        for record in records:
            name = public_name(markup.plain_text(record.display_name))
            if name:
                return name, False
        for record in records:
            name = public_name(markup.plain_text(f"{record.first_name} {record.last_name}"))
            if name:
                return name, False
        for name in person.term_names:
            # A term's text is the author's name, or only their slug, according to the plugin and its age.
            if public_name(name) == name and not SLUG_LIKE.fullmatch(name):
                return name, False
        made = next((words_of(handle) for handle in handles if words_of(handle)), "")
        return made or "Unnamed contributor", True


def _is_made_of(text: str, logins: Iterable[str]) -> bool:
    return any(text.casefold() == login.casefold() for login in logins) or bool(SLUG_LIKE.fullmatch(text))


def _biography(html: str) -> str:
    text = html.strip()
    if "<p" not in text:
        text = "".join(
            f"<p>{part.strip()}</p>" for part in re.split(r"\n\s*\n", unescape(text)) if part.strip()
        )
    return markup.clean_rich_text(text)
