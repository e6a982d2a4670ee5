"""What a byline says, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

Role = Literal[
    "author",
    "editor",
    "translator",
    "proofreader",
    "photographer",
    "illustrator",
    "reader",
    "producer",
    "contributor",
    "organisation",
]
Kind = Literal[
    "person",
    "handle",
    "team",
    "staff",
    "agency",
    "organisation",
    "account",
    "placeholder",
    "system",
    "slug",
]
# What each kind becomes here: a contributor's kind, in the words of `contributors.models.Kind`; "" is nobody, for whom
# no page is made.
BECOMES: Mapping[str, str] = {
    "person": "person",
    "handle": "person",
    "slug": "person",
    "team": "collective",
    "staff": "house_name",
    "agency": "organisation",
    "organisation": "organisation",
    "account": "",
    "placeholder": "",
    "system": "",
}
NOBODY = frozenset(kind for kind, becomes in BECOMES.items() if not becomes)
# No person is meant by them: they are credited in the role `organisation`.
NO_PERSONS = frozenset(kind for kind, becomes in BECOMES.items() if becomes != "person")


def contributor_kind(kind: str) -> str:
    """The kind of the contributor that somebody read as `kind` becomes: a person, unless the reading says otherwise."""
    return BECOMES.get(kind) or "person"


@dataclass(frozen=True, slots=True)
class ReadCredit:
    """One name in a byline, with what stood beside it. Role `organisation` says that no person is meant.

    No page should be made for the kinds in `NOBODY`.
    """

    name: str
    role: Role = "author"
    kind: Kind = "person"
    title: str = ""
    org: str = ""
    place: str = ""
    email: str = ""
    handle: str = ""
    url: str = ""
    nickname: str = ""
    aka: str = ""
    prefix: str = ""
    suffix: str = ""
    note: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class BylineReading:
    """The raw byline, word for word, the credits read from it, and a sentence for everything that is not sure."""

    raw: str
    credits: tuple[ReadCredit, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        return not self.doubts


def as_json(reading: BylineReading) -> dict[str, Any]:
    """What can be written as JSON: credits without their empty keys, whether it is sure, and if not why."""
    credits = [
        {field.name: value for field in fields(credit) if (value := getattr(credit, field.name))}
        for credit in reading.credits
    ]
    said: dict[str, Any] = {"raw": reading.raw, "credits": credits, "sure": reading.is_sure}
    if reading.doubts:
        said["doubts"] = list(reading.doubts)
    return said
