"""What is meant by what was asked: the forms of each word, whom and what it names, what results are narrowed to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection

from standfirst.addresses.slugs import can_be_slug
from standfirst.bylines.models import Role
from standfirst.contributors.queries import contributor_at
from standfirst.database.prepared import Prepared
from standfirst.publications.queries import section_at, topic_at
from standfirst.text.stems import stem_of
from standfirst.text.tokens import KEY, tokens

from .asking import Asked, Said, as_words
from .engines import engine
from .entries import name_keys, year_key
from .matches import Match, Term
from .models import Word
from .names import person_key, shelf_key

STEMS = Prepared(lambda words: Word.objects.filter(word__in=words).order_by().values_list("word", "stem"))
RELATED = Prepared(
    lambda stems: Word.objects.filter(stem__in=stems).order_by("word").values_list("word", "stem")
)
# More forms of a word than these are hardly meant, and each costs.
MOST_FORMS = 8
# Of the words that begin as the last one does, in bodies. In heads the index finds beginnings by itself.
MOST_COMPLETIONS = 24
SHORTEST_COMPLETED = 3
# Of whom or what is called by a word.
MOST_NAMED = 24
MOST_YEARS = 200


@dataclass(frozen=True, slots=True)
class Forms:
    """A token and its forms that there are, the one that was typed first; and whether it is itself one that there is."""

    words: list[str]
    is_there: bool


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in words, for those who mark them: the forms of each, what is begun, and what follows one another."""

    words: tuple[frozenset[str], ...] = ()
    begun: str = ""
    phrases: tuple[tuple[str, ...], ...] = ()

    @property
    def tokens(self) -> frozenset[str]:
        return frozenset().union(*self.words)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the index is asked for: heads, everywhere, or both, and what is found in either. Without either nothing was asked."""

    heads: Match | None = None
    everywhere: Match | None = None
    sought: Sought = field(default_factory=Sought)
    keys: frozenset[str] = frozenset()  # those it is narrowed to
    fields: tuple[Said, ...] = ()  # what was typed that narrows it

    @property
    def has_words(self) -> bool:
        return bool(self.sought.words or self.sought.phrases)


def meaning_of(asked: Asked, *, by_shown_names: bool = False) -> Meaning:
    """What the index is to be asked. By names that may be shown alone, nobody learns of the others from what is found."""
    filters, words, fields = _filters(asked, by_shown_names)
    unwanted, unwanted_fields = _unwanted(asked, by_shown_names)
    fields = (*fields, *unwanted_fields)
    if not words:
        groups = tuple(filters)
        match = Match(groups, unwanted) if groups else None
        # Whether a body has what is not wanted, heads do not say.
        if unwanted:
            return Meaning(everywhere=match, keys=_keys(groups), fields=fields)
        return Meaning(heads=match, keys=_keys(groups), fields=fields)
    forms = _forms([one.tokens[0] for one in words if len(one.tokens) == 1], words)
    named = _named(words, forms, by_shown_names)
    heads, everywhere = list(filters), list(filters)
    for one in words:
        heads.append(_alternatives(one, forms, named, is_in_heads=True))
        everywhere.append(_alternatives(one, forms, named, is_in_heads=False))
    return Meaning(
        heads=None if unwanted else Match(tuple(heads)),
        everywhere=Match(tuple(everywhere), unwanted),
        sought=_sought(words, forms),
        keys=_keys(filters),
        fields=fields,
    )


# --- words -------------------------------------------------------------------------------------------------------------


def _alternatives(
    one: Said, forms: dict[str, Forms], named: dict[str, list[str]], *, is_in_heads: bool
) -> tuple[Term, ...]:
    """What stands for a word that was typed."""
    if one.is_phrase or len(one.tokens) > 1:
        terms = [Term(one.tokens, is_begun=one.is_begun and is_in_heads)]
        # “Quill's” is found where it stands so, and so is Quill.
        if len(one.tokens) == 2 and one.tokens[0] == f"{one.tokens[1]}s":
            terms.append(Term(one.tokens[1:]))
        return tuple(terms)
    (token,) = one.tokens
    terms = [Term((form,)) for form in forms[token].words]
    if one.is_begun:
        terms += [Term((token,), is_begun=True)] if is_in_heads else _completed(token, forms[token])
    terms += [Term((KEY + key,)) for key in named.get(token, ())]
    return tuple(dict.fromkeys(terms))


def _forms(found: Sequence[str], words: Iterable[Said]) -> dict[str, Forms]:
    """The forms of each of these tokens."""
    written = {one.tokens[0]: one.text for one in words}
    stems: dict[str, set[str]] = {token: set() for token in found}
    for word, stem in STEMS.rows(words=list(stems)) if stems else ():
        stems[word].add(stem)
    there = {token for token, known in stems.items() if known}
    for token, known in stems.items():
        if not known:
            known.add(stem_of(written[token], settings.LANGUAGE_CODE))
    related: dict[str, list[str]] = {}
    asked = sorted(set().union(*stems.values()))
    for word, stem in RELATED.rows(stems=asked, limit=MOST_FORMS * 20) if asked else ():
        related.setdefault(stem, []).append(word)
    return {
        token: Forms(
            list(dict.fromkeys([token, *(word for stem in sorted(known) for word in related.get(stem, ()))]))[
                :MOST_FORMS
            ],
            is_there=token in there,
        )
        for token, known in stems.items()
    }


def _completed(token: str, forms: Forms) -> list[Term]:
    """The words that a word which is only begun may become. One that is a word already is meant as it is."""
    if len(token) < SHORTEST_COMPLETED or len(forms.words) > 1 or forms.is_there:
        return []
    words = sorted((word for (word,) in _beginning("search_word", "word", "word", token)), key=len)
    return [Term((word,)) for word in words[:MOST_COMPLETIONS]]


def _sought(words: Sequence[Said], forms: dict[str, Forms]) -> Sought:
    single = [one for one in words if len(one.tokens) == 1]
    return Sought(
        words=tuple(frozenset(one.tokens if one.is_phrase else forms[one.tokens[0]].words) for one in single),
        begun=next((one.tokens[0] for one in single if one.is_begun), ""),
        phrases=tuple(one.tokens for one in words if len(one.tokens) > 1),
    )


def _unwanted(asked: Asked, is_shown: bool) -> tuple[tuple[Term, ...], tuple[Said, ...]]:
    """What is not wanted, and the fields among it."""
    terms = [Term(one.tokens) for one in asked.unwanted]
    fields = []
    for one in asked.fields:
        if one.is_unwanted and (narrowing := _narrowing(one, roles=(), is_shown=is_shown)):
            terms += narrowing
            fields.append(one)
    return tuple(terms), tuple(fields)


# --- names -------------------------------------------------------------------------------------------------------------


def _named(words: Sequence[Said], forms: dict[str, Forms], is_shown: bool) -> dict[str, list[str]]:
    """The keys of whom and what each word names. Whoever is named by more of the words comes first."""
    single = [one for one in words if len(one.tokens) == 1 and not one.is_phrase]
    of_word: dict[str, set[str]] = {}
    for one in single:
        token = one.tokens[0]
        found = (
            _beginning("search_name", "token", "key", token, is_shown)
            if one.is_begun
            else _called([token], is_shown)
        )
        of_word[token] = {key for (key,) in found}
        if len(forms[token].words) > 1:
            # “Essay” is what “Essays” are called by; of people nobody's name is inflected.
            of_word[token] |= {key for (key,) in _called(forms[token].words[1:]) if key[0] != "c"}
    times: dict[str, int] = {}
    for keys in of_word.values():
        for key in keys:
            times[key] = times.get(key, 0) + 1
    return {
        token: sorted(keys, key=lambda key: (-times[key], len(key), key))[:MOST_NAMED]
        for token, keys in of_word.items()
    }


def called(
    names: Sequence[str], *, letters: str, is_begun: bool = False, is_shown: bool = False
) -> list[str]:
    """The keys of those that are called by all of these tokens, of kinds such as `c` (contributors), `s`, `t`."""
    keys: set[str] | None = None
    for place, token in enumerate(names):
        is_last = place == len(names) - 1
        found = (
            _beginning("search_name", "token", "key", token, is_shown)
            if is_begun and is_last
            else _called([token], is_shown)
        )
        those = {key for (key,) in found if key[0] in letters}
        keys = those if keys is None else keys & those
        if not keys:
            return []
    return sorted(keys or (), key=lambda key: (len(key), key))


def _called(names: Sequence[str], is_shown: bool = False) -> list[tuple[str]]:
    shown = " AND is_shown" if is_shown else ""
    slots = ", ".join(["%s"] * len(names))
    return _rows(f"SELECT DISTINCT key FROM search_name WHERE token IN ({slots}){shown} LIMIT 5000", names)


def _beginning(table: str, column: str, wanted: str, start: str, is_shown: bool = False) -> list[tuple[str]]:
    condition, parameters = engine().beginning(column, start)
    shown = " AND is_shown" if is_shown else ""
    return _rows(
        f"SELECT DISTINCT {wanted} FROM {table} WHERE {condition}{shown} LIMIT 1000", list(parameters)
    )


def _rows(sql: str, parameters: Sequence[str]) -> list[tuple[str]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


# --- what results are narrowed to --------------------------------------------------------------------------------------


def _filters(asked: Asked, is_shown: bool) -> tuple[list[tuple[Term, ...]], list[Said], tuple[Said, ...]]:
    """What results are narrowed to; the words, with them what was typed as a field and is none; the fields that are some."""
    words = list(asked.words)
    fields = []
    groups: list[tuple[Term, ...]] = []
    wanted = [one for one in asked.fields if not one.is_unwanted]
    roles = [role for one in wanted if one.field == "role" for role in _roles(one)]
    has_people = any(one.field == "by" for one in wanted)
    for one in wanted:
        if one.field == "role" and has_people and roles:
            fields.append(one)
            continue  # It is theirs: see `_by`.
        terms = _narrowing(one, roles=roles, is_shown=is_shown)
        if terms is None:
            words += as_words(one)
        else:
            groups.append(terms)
            fields.append(one)
    return groups, words, tuple(fields)


def _narrowing(one: Said, *, roles: Sequence[int], is_shown: bool) -> tuple[Term, ...] | None:
    """What stands for a field; None if what was typed as one is none."""
    match one.field:
        case "by":
            return _by(one, roles, is_shown)
        case "in" | "topic":
            keys = _shelves(one)
        case "year":
            keys = _years(one.text)
        case _:
            keys = [f"r{role}" for role in _roles(one)]
    return tuple(Term((KEY + key,)) for key in keys) or None


def _by(one: Said, roles: Sequence[int], is_shown: bool) -> tuple[Term, ...]:
    """Who is meant: by their slug, else by any name they are known by or are printed under."""
    person = contributor_at(one.text) if can_be_slug(one.text) else None
    if person is not None and person.has_page:
        keys, printed = [person_key(person.pk)], []
    else:
        keys = called(one.tokens, letters="c", is_shown=is_shown)[:MOST_NAMED]
        printed = [] if roles else name_keys(one.tokens)[-1:]
    if roles:
        keys = [f"{key}r{role}" for key in keys for role in roles]
    # A key that nobody has: what is asked for by nobody's name finds nothing, and never everything.
    return tuple(Term((KEY + key,)) for key in [*keys, *printed] or ["nobody"])


def _shelves(one: Said) -> list[str]:
    shelf = None
    if can_be_slug(one.text):
        shelf = section_at(one.text) if one.field == "in" else topic_at(one.text)
    if shelf is not None:
        return [shelf_key(shelf)]
    return called(one.tokens, letters="s" if one.field == "in" else "t")[:MOST_NAMED]


def _years(text: str) -> list[str]:
    first, dash, last = text.partition("-")
    last = last if dash else first
    if not all(len(year) == 4 and year.isascii() and year.isdigit() for year in (first, last)):
        return []
    return [year_key(year) for year in range(int(first), min(int(last), int(first) + MOST_YEARS) + 1)]


def _roles(one: Said) -> list[int]:
    wanted = list(one.tokens)
    return [
        role.pk
        for role in Role.objects.all()
        if wanted in (tokens(role.code), tokens(role.label), tokens(role.plural_label))
    ]


def _keys(groups: Iterable[tuple[Term, ...]]) -> frozenset[str]:
    return frozenset(term.tokens[0][1:] for group in groups for term in group)
