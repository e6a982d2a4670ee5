"""RIS: a line for each fact, a tag of two characters before it, every record ended by `ER`.

Lines end with CR and LF, and a value is one line. Names are `Family, Given, Suffix`: a comma in a name that stays whole would
part it, and an asterisk has a meaning, so both go. See “RIS Format Specifications” (2001) for the rules.
"""

from collections.abc import Iterable, Iterator

from standfirst.articles.records import ArticleRecord

from .people import CitedName, cited, in_words

TAGS = {"author": "AU", "editor": "ED", "translator": "A4"}
LONGEST_NAME = 255


def ris(records: Iterable[ArticleRecord], publication: str) -> Iterator[str]:
    """A record for each article, in the order given."""
    return ("".join(_record(record, publication)) for record in records)


def _record(record: ArticleRecord, publication: str) -> Iterator[str]:
    yield _line("TY", "MGZN")
    yield _line("ID", str(record.id))
    people = cited(record)
    for one in people:
        if tag := TAGS.get(one.capacity):
            yield _line(tag, _name(one.name))
    day = record.published_at
    yield _line("TI", record.headline)
    yield _line("T2", publication)
    yield _line("PY", f"{day:%Y}")
    yield _line("DA", f"{day:%Y/%m/%d}/")
    if record.standfirst:
        yield _line("AB", record.standfirst)
    for topic in record.topics:
        yield _line("KW", topic.name)
    if others := in_words([one for one in people if one.capacity not in TAGS]):
        yield _line("N1", others)
    yield _line("LA", record.language)
    yield _line("UR", record.url)
    yield "ER  - \r\n\r\n"


def _line(tag: str, value: str) -> str:
    # Whatever parts lines for anybody is a space: a value must not begin another line.
    printable = "".join(character if character.isprintable() else " " for character in value)
    return f"{tag}  - {' '.join(printable.split())}\r\n"


def _name(name: CitedName) -> str:
    family = " ".join(filter(None, (name.particle, name.family)))
    parts = (family, name.given, name.suffix) if name.family else (name.printed.replace(",", ""),)
    return ", ".join(filter(None, parts)).replace("*", "")[:LONGEST_NAME]
