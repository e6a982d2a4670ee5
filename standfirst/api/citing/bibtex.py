"""BibTeX, for biber and BibTeX: an `@article` for each, in UTF-8, every character as it was printed.

What is special to TeX is written so that it prints as itself; letters of any script stay as they are (biber reads UTF-8, and
so do BibTeX's successors). Titles stand in braces of their own, so that no style changes their capitals.
"""

import re
from collections.abc import Iterable, Iterator

from standfirst.articles.records import ArticleRecord
from standfirst.text.slugs import slug_for

from .people import Cited, CitedName, by_capacity, cited, in_words

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Braces are counted by BibTeX even behind a backslash: they are written by name.
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "`": r"\textasciigrave{}",
    '"': r"\textquotedbl{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
}
# Two of these side by side would become another character: a dash, or a quotation mark.
JOINED = re.compile(r"([-,'])(?=\1)")
# Those that biblatex and BibTeX have a field for.
FIELDS = ("author", "editor", "translator")


def bibtex(records: Iterable[ArticleRecord], publication: str) -> Iterator[str]:
    """An entry for each article, in the order given."""
    return (_entry(record, publication) for record in records)


def escaped(text: str) -> str:
    """Text that TeX prints as it is, on one line."""
    one_line = " ".join(_printable(text).split())
    return JOINED.sub(r"\1{}", "".join(SPECIAL.get(character, character) for character in one_line))


def _entry(record: ArticleRecord, publication: str) -> str:
    people = by_capacity(record)
    others = [one for one in cited(record) if one.capacity not in FIELDS]
    day = record.published_at
    fields = {
        **{field: _names(people[field]) for field in FIELDS if field in people},
        "title": f"{{{escaped(record.headline)}}}",
        "journal": f"{{{escaped(publication)}}}",
        "year": f"{day:%Y}",
        "month": MONTHS[day.month - 1],
        "date": f"{day:%Y-%m-%d}",
        "url": record.url,
        "abstract": escaped(record.standfirst),
        "keywords": ", ".join(escaped(topic.name) for topic in record.topics),
        "note": escaped(in_words(others)),
        "language": record.language,
    }
    # A month is a word of BibTeX's own, and no text.
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'}"
        for name, value in fields.items()
        if value
    ]
    return "@article{" + ",\n".join([_key(record), *lines]) + "\n}\n\n"


def _names(people: list[Cited]) -> str:
    return " and ".join(_name(one.name) for one in people)


def _name(name: CitedName) -> str:
    # “and” between two words would part the name: what cannot be said in parts is one.
    # BibTeX knows a particle by its small letters, before the family name.
    parts = [" ".join(filter(None, (name.particle, name.family))), name.suffix, name.given]
    if not name.family or any("and" in part.casefold().split() for part in parts):
        return f"{{{escaped(name.printed)}}}"
    return ", ".join(escaped(part) for part in parts if part)


def _key(record: ArticleRecord) -> str:
    """What the entry is cited by: `quill2024-901`. The number makes it one article's alone."""
    named = record.authors or record.credits
    first = slug_for(_filed(named[0].name), fallback="unsigned").replace("-", "") if named else "unsigned"
    return f"{first[:40]}{record.published_at:%Y}-{record.id}"


def _filed(name: str) -> str:
    return name.split()[-1] if name.split() else name


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
