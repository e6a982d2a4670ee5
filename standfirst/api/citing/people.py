"""Who is cited, in which capacity, and how their names come apart: as printed, or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass

from standfirst.articles.records import ArticleRecord, CreditRecord
from standfirst.text.names import given_and_particle, sort_name

# What references can say of a person without words, as CSL calls it (https://docs.citationstyles.org, “Name variables”).
CAPACITIES = frozenset(
    {
        "compiler",
        "composer",
        "curator",
        "director",
        "editor",
        "guest",
        "host",
        "illustrator",
        "interviewer",
        "narrator",
    }
    | {"organizer", "performer", "producer", "script-writer", "translator"}
)


@dataclass(frozen=True, slots=True)
class CitedName:
    """A name as references need it. Without `family` it stays whole: it is an organisation's, or does not come apart.

    `particle` is what stands before the family name and is not filed by: the “van der” of Hanneke van der Meer.
    """

    printed: str
    family: str = ""
    given: str = ""
    suffix: str = ""
    particle: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A person in one capacity; `label` is what the magazine calls it."""

    name: CitedName
    capacity: str
    label: str


def cited(record: ArticleRecord) -> tuple[Cited, ...]:
    """Everybody credited on an article, in printed order, nobody twice in one capacity."""
    people = (
        Cited(
            cited_name(credit),
            _capacity(credit),
            credit.role_label,
        )
        for credit in record.credits
    )
    return tuple({(one.name, one.capacity, _said(one)): one for one in people}.values())


def by_capacity(record: ArticleRecord) -> Mapping[str, list[Cited]]:
    """The same, by capacity."""
    people: dict[str, list[Cited]] = {}
    for one in cited(record):
        people.setdefault(one.capacity, []).append(one)
    return people


def in_words(people: list[Cited]) -> str:
    """Those in a capacity that has no place of its own: “Photographer: Ben Marsh; Reader: Cleo Field”."""
    return "; ".join(f"{one.label}: {one.name.printed}" for one in people)


def cited_name(credit: CreditRecord) -> CitedName:
    """The printed name taken apart, if putting it together again gives what was printed; otherwise whole."""
    printed = " ".join(credit.name.split())
    if not credit.is_person or "," in printed:
        return CitedName(printed)
    family, *rest = sort_name(printed).split(", ")
    if not rest or len(rest) > 2:
        return CitedName(printed)
    (given, particle), suffix = given_and_particle(rest[0]), rest[1] if len(rest) == 2 else ""
    if " ".join(filter(None, (given, particle, family, suffix))) != printed:
        return CitedName(printed)
    return CitedName(printed, family, given, suffix, particle)


def _capacity(credit: CreditRecord) -> str:
    if credit.is_authorship:
        return "author"
    for word in (credit.role, credit.schema_property):
        if word in CAPACITIES:
            return word
    return "contributor"


def _said(one: Cited) -> str:
    """What tells apart those who share the capacity that stands for all others."""
    return one.label if one.capacity == "contributor" else ""
