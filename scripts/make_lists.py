"""Makes the lists of names and words that bylines are read with, from Faker (given names, surnames) and CLDR.

    python scripts/make_lists.py            needs faker and babel

Writes `standfirst/bylines/reading/lists/`. Faker has the given names of some eighty languages and countries, kept by
people who bear them; CLDR, by way of Babel, has the word for “and”, and the names of countries, of cities and of months, of nearly every language.
The output is committed, so nothing that runs needs this script, nor either library.
"""

import importlib
import pkgutil
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import faker.providers.person
from anyascii import anyascii
from babel import Locale, localedata

from standfirst.bylines.reading.given import sound, without_accents
from standfirst.bylines.reading.words import CITIES, COUNTRIES

LISTS = Path(__file__).resolve().parent.parent / "standfirst/bylines/reading/lists"
FAKER = "From Faker (https://github.com/joke2k/faker), MIT licence, © Daniele Faraglia and contributors."
CLDR = "From Unicode CLDR (https://cldr.unicode.org), Unicode licence v3, © Unicode, Inc., by way of Babel."
# Scripts whose letters say the vowels, so that what a transliteration gives is how the name is written in Latin letters.
SPOKEN = ("CYRILLIC", "GREEK", "DEVANAGARI", "BENGALI", "GUJARATI", "TAMIL", "GEORGIAN", "ARMENIAN")
# Somebody is called Paris, but more papers are: a place is a name where it is one in many countries, as Jordan is.
PLACES = CITIES | COUNTRIES
WIDELY = 5
WORD = re.compile(r"[^\W\d_][\w'’\u0300-\u036f\u0900-\u0fff\u200c-]*")


def main() -> None:
    borne = Counter(_words("first_name"))
    given = {name for name, countries in borne.items() if countries >= WIDELY or name not in PLACES}
    _write("given_names", FAKER, map(without_accents, given))
    sounds = {sound(anyascii(name)) for name in given if _script(name) in SPOKEN}
    _write("given_sounds", FAKER, sounds | {sound(name) for name in given if _script(name) == "LATIN"})
    _write("surnames", FAKER, map(without_accents, _words("last_name")))
    _write("joining_words", CLDR, _joining_words())
    _write("countries", CLDR, _countries())
    _write("cities", CLDR, _cities(map(without_accents, given)))
    _write("months", CLDR, _months())


def _words(kind: str) -> Iterator[str]:
    """The words of names that Faker keeps under attributes of this kind, in small letters, once for each country."""
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        words: set[str] = set()
        for attribute, value in vars(provider).items():
            if attribute.startswith(kind) and not attribute.endswith("pairs"):
                names = value if isinstance(value, list | tuple | set | dict) else ()
                # Of “Anna Maria” and “تاج الدّين”, the word that begins it.
                words |= {unicodedata.normalize("NFC", name.casefold()).split()[0] for name in names}
        yield from (word for word in words if WORD.fullmatch(word) and (len(word) > 1 or not word.isascii()))


def _joining_words() -> Iterator[str]:
    """What stands between two names, language by language: `he` and `ו`, with the spaces that belong to it."""
    for language, locale in _languages():
        patterns = locale.list_patterns.get("standard", {})
        found = re.fullmatch(r"\{0\}(.+)\{1\}", patterns.get("2", ""))
        if found and any(character.isalpha() for character in found[1]):
            yield f"{language}\t{found[1].replace(chr(0xA0), ' ').replace(chr(0x200B), '')}"


def _countries() -> Iterator[str]:
    """The names of countries in the languages that Faker has names of."""
    for locale in _spoken():
        for code, name in locale.territories.items():
            if len(code) == 2 and code.isalpha() and "(" not in name and len(name) > 3:
                yield unicodedata.normalize("NFC", name.casefold())


def _cities(given: Iterable[str]) -> Iterator[str]:
    """The names of the cities that time zones are called after, in the languages that Faker has names of."""
    names = frozenset(given)
    for locale in _spoken():
        for zone in locale.time_zones.values():
            name = unicodedata.normalize("NFC", zone.get("city", "").casefold())
            if len(name) > 2 and "(" not in name and not any(map(str.isdigit, name)) and without_accents(name) not in names:
                yield name


def _months() -> Iterator[str]:
    """The names of the months, written out and abbreviated, in the languages that Faker has names of."""
    for locale in _spoken():
        for form in locale.months.values():
            for length in ("wide", "abbreviated"):
                for name in form[length].values():
                    plain = unicodedata.normalize("NFC", name.casefold()).rstrip(".")
                    if len(plain) > 2 and not any(map(str.isdigit, plain)):
                        yield plain


def _spoken() -> Iterator[Locale]:
    """The languages that Faker has names of."""
    spoken = {module.name[:2] for module in pkgutil.iter_modules(faker.providers.person.__path__)}
    yield from (locale for language, locale in _languages() if language in spoken)


def _languages() -> Iterator[tuple[str, Locale]]:
    for identifier in sorted(localedata.locale_identifiers()):
        if "_" not in identifier:
            yield identifier, Locale.parse(identifier)


def _script(name: str) -> str:
    return unicodedata.name(name[0], "").partition(" ")[0]


def _write(name: str, source: str, lines: Iterable[str]) -> None:
    path = LISTS / f"{name}.txt"
    unique = sorted(set(lines))
    path.write_text("\n".join([f"# {source} Made by scripts/make_lists.py.", *unique, ""]), encoding="utf-8")
    print(f"{path.name}: {len(unique):,}, {path.stat().st_size / 1024:,.0f} kB")


if __name__ == "__main__":
    main()
