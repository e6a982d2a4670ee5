"""Where a byline stood: what is known before the first word is read."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from standfirst.bylines.reading.archive import UNKNOWN, Archive, squashed
from standfirst.bylines.reading.given import without_accents
from standfirst.bylines.reading.values import Role
from standfirst.bylines.reading.words import CJK_LABELS, ROLE_WORDS, UNNAMING

LOGIN_FIELDS = re.compile(r"slug|login|user|account|(?:^|_|-|:)(?:id|key)$|nicename|dc:creator", re.I)

ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|les|el|los|las|il|lo|de|het|o|os|as)\s|^l['’]", re.I)
DOMAIN = re.compile(
    r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)*?)(?:\.(?:co|com|org|net))?\.[a-z]{2,12}/?", re.I
)
# What a field can say of everybody in it. That somebody contributed, or wrote words, says nothing beside a name.
OF_PICTURES: frozenset[Role] = frozenset(["photographer", "illustrator"])
STATED: frozenset[Role] = frozenset(
    ["editor", "translator", "proofreader", "photographer", "illustrator", "producer"]
)


@dataclass(frozen=True, slots=True)
class Context:
    """The field a byline comes from, its language, and names known to be no person's."""

    field: str = ""
    language: str = ""
    publication: str = ""
    publication_words: frozenset[str] = frozenset()
    publication_names: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    archive: Archive = UNKNOWN
    role: Role = "author"  # as the field says, where the byline says nothing

    @property
    def holds_logins(self) -> bool:
        return bool(LOGIN_FIELDS.search(self.field))

    @property
    def is_printed(self) -> bool:
        """Whether the field holds a line as readers saw it, rather than a list somebody entered."""
        return "byline" in self.field.casefold()

    def is_publication(self, name: str) -> bool:
        called = {_plain(name), _plain(ARTICLE.sub("", name))}
        called.add(_plain(" ".join(word for word in name.split() if word.casefold() not in UNNAMING)))
        if domain := DOMAIN.fullmatch(name):
            called.add(_plain(domain[1]))
        return bool(called & self.publication_names)

    def is_known(self, name: str) -> bool:
        """Whether the archive itself says that this is one contributor's name."""
        return bool(self.archive.names) and squashed(name) in self.archive.names

    def stands_alone(self, name: str) -> bool:
        """Whether the archive has this for a name in another byline, whoever bears it."""
        return self.is_known(name) or (bool(self.archive.alone) and squashed(name) in self.archive.alone)

    def is_known_organisation(self, name: str) -> bool:
        squashed_name = squashed(name)
        return squashed_name in self.organisations or squashed_name in self.archive.employers


def _plain(name: str) -> str:
    return squashed(without_accents(name))


@lru_cache(maxsize=64)
def _publication(publication: str) -> tuple[frozenset[str], frozenset[str]]:
    words = [word for word in re.split(r"[^\w]+", publication.casefold()) if word]
    named = [word for word in words if word not in UNNAMING]
    names = {_plain(publication), _plain(ARTICLE.sub("", publication)), _plain("".join(named))}
    if " " not in publication and (domain := DOMAIN.fullmatch(publication)):
        names.add(_plain(domain[1]))
    if not any(character in publication for character in "./"):
        names.add(_plain("".join(words)))
    return frozenset(word for word in named if len(word) > 2), frozenset(
        name for name in names if len(name) > 1
    )


@lru_cache(maxsize=256)
def _role(field: str) -> Role:
    """What the name of a field says of those in it: `translator`, `photo_credit`, `译者`."""
    words = [word for word in re.split(r"[^\w]+|_|(?<=[a-z])(?=[A-Z])", field) if word]
    roles = [ROLE_WORDS.get(word.casefold()) or CJK_LABELS.get(word) for word in words]
    if "author" in roles and not OF_PICTURES & set(roles):
        return "author"
    return next((role for role in roles if role in STATED), "author")


def context(
    field: str, publication: str, language: str, organisations: Collection[str], archive: Archive
) -> Context:
    """The context of one byline."""
    words, names = _publication(publication[:200])
    known = frozenset(squashed(name) for name in organisations if name)
    return Context(
        field, language.casefold()[:2], publication, words, names, known, archive, _role(field[:200])
    )
