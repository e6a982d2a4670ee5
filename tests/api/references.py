"""References read back by others' parsers: who is cited in which capacity, in order, and what of."""

import csv
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

import rispy
from jsonschema import Draft7Validator
from pybtex.bibtex.utils import split_tex_string
from pybtex.database import Person, parse_string

# What TeX prints for each of these, by its own manuals.
PRINTED_BY_TEX = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciicircum{}": "^",
    r"\textasciitilde{}": "~",
    r"\textasciigrave{}": "`",
    r"\textquotedbl{}": '"',
    r"\textless{}": "<",
    r"\textgreater{}": ">",
    **{rf"\{character}": character for character in "$&#%_"},
    "{}": "",
}
COMMAND = re.compile("|".join(re.escape(command) for command in PRINTED_BY_TEX))


@dataclass(frozen=True)
class Reference:
    """What a reference says; the people who have a place of their own in every format, and the rest in words."""

    id: str
    title: str
    url: str
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    standfirst: str = ""


def from_bibtex(text: str) -> list[Reference]:
    return [
        Reference(
            id=key.rpartition("-")[2],
            title=printed(entry.fields["title"]),
            url=entry.fields["url"],
            authors=_named(entry, "author"),
            editors=_named(entry, "editor"),
            translators=_translators(entry.fields.get("translator", "")),
            standfirst=printed(entry.fields.get("abstract", "")),
        )
        for key, entry in parse_string(text, "bibtex").entries.items()
    ]


def printed(tex: str) -> str:
    """What TeX prints. Braces that only hold together what they hold are not printed."""
    commands = COMMAND.sub(lambda found: f"\0{list(PRINTED_BY_TEX).index(found.group())}\0", tex)
    plain = commands.replace("{", "").replace("}", "")
    return re.sub("\0(\\d+)\0", lambda found: list(PRINTED_BY_TEX.values())[int(found.group(1))], plain)


def _named(entry, role):
    return tuple(_person(person) for person in entry.persons.get(role, ()))


def _person(person):
    first, middle, prelast, last, lineage = (
        getattr(person, f"{part}_names") for part in ("first", "middle", "prelast", "last", "lineage")
    )
    return printed(" ".join([*first, *middle, *prelast, *last, *lineage]))


def _translators(field):
    # Not one of the two that the parser takes for people's.
    return tuple(_person(Person(name)) for name in split_tex_string(field, " and ")) if field else ()


def from_ris(text: str) -> list[Reference]:
    assert "\n" not in text.replace("\r\n", "")
    for line in text.split("\r\n"):
        assert not line or re.match(r"[A-Z][A-Z0-9]  - ", line), line
    return [
        Reference(
            id=record["id"],
            title=record["title"],
            url=record["urls"][0],
            authors=_turned(record.get("authors", ())),
            editors=_turned(record.get("editors", ())),
            translators=_turned(record.get("subsidiary_authors", ())),
            standfirst=record.get("abstract", ""),
        )
        for record in rispy.loads(text, implementation=_Ris)
    ]


class _Ris(rispy.RisParser):
    """As the library's, with the editors, which the description of 2001 has no tag for and every manager reads."""

    DEFAULT_MAPPING = {**rispy.TAG_KEY_MAPPING, "ED": "editors"}
    DEFAULT_LIST_TAGS = [*rispy.LIST_TYPE_TAGS, "ED"]


def _turned(names):
    turned = []
    for name in names:
        family, *rest = name.split(", ")
        given, suffix = [*rest, "", ""][:2]
        turned.append(" ".join(filter(None, (given, family, suffix))))
    return tuple(turned)


def from_csl(text: str) -> list[Reference]:
    items = json.loads(text)
    schema = json.loads((Path(__file__).parent / "csl" / "csl-data.json").read_text())
    Draft7Validator(schema).validate(items)
    return [
        Reference(
            id=item["id"],
            title=item["title"],
            url=item["URL"],
            **{
                f"{role}s": tuple(map(_csl_name, item.get(role, ())))
                for role in ("author", "editor", "translator")
            },
            standfirst=item.get("abstract", ""),
        )
        for item in items
    ]


def _csl_name(name):
    return name.get("literal") or " ".join(
        filter(
            None,
            (name.get(part) for part in ("given", "non-dropping-particle", "family", "suffix")),
        )
    )


def from_csv(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
