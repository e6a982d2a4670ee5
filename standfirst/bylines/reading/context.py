"""Where a byline stood: what is known before the first word is read."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from standfirst.bylines.reading.words import UNNAMING

LOGIN_FIELDS = re.compile(r"slug|login|user|account|(?:^|_|-|:)(?:id|key)$|nicename|dc:creator", re.I)

ARTICLE = re.compile(r"^the\s", re.I)


def squashed(text: str) -> str:
    """A text without anything but its letters and digits, in small letters."""
    return "".join(character for character in text.casefold() if character.isalnum())


@dataclass(frozen=True, slots=True)
class Context:
    """The field a byline comes from, its language, and names known to be no person's."""

    field: str = ""
    language: str = ""
    publication: str = ""
    publication_words: frozenset[str] = frozenset()
    publication_names: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()

    @property
    def holds_logins(self) -> bool:
        return bool(LOGIN_FIELDS.search(self.field))

    @property
    def is_printed(self) -> bool:
        """Whether the field holds a line as readers saw it, rather than a list somebody entered."""
        return "byline" in self.field.casefold()

    def is_publication(self, name: str) -> bool:
        return bool({squashed(name), squashed(ARTICLE.sub("", name))} & self.publication_names)

    def is_known_organisation(self, name: str) -> bool:
        return squashed(name) in self.organisations


@lru_cache(maxsize=64)
def _publication(publication: str) -> tuple[frozenset[str], frozenset[str]]:
    words = [word for word in re.split(r"[^\w]+", publication.casefold()) if word]
    named = [word for word in words if word not in UNNAMING]
    names = {squashed(publication), "".join(named)}
    if not any(character in publication for character in "./"):
        names.add("".join(words))
    return frozenset(word for word in named if len(word) > 2), frozenset(
        name for name in names if len(name) > 1
    )


def context(field: str, publication: str, language: str, organisations: Collection[str]) -> Context:
    """The context of one byline."""
    words, names = _publication(publication[:200])
    known = frozenset(squashed(name) for name in organisations if name)
    return Context(field, language.casefold()[:2], publication, words, names, known)
