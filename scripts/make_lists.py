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

import faker.providers.lorem
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
# Where surnames are no words of the languages that most bylines are in: “Kumar” says of “Wrzz Kumar” what “Lake” does not
# of “Silver Lake”.
TELLING = frozenset(
    ["az_AZ", "en_IN", "en_KE", "en_NG", "en_PK", "en_TH", "fi_FI", "ha_NG", "he_IL", "hi_IN", "id_ID", "ig_NG", "ja_JP", "lt_LT",
     "lv_LV", "or_IN", "ro_RO", "sw", "ta_IN", "th_TH", "tw_GH", "uz_UZ", "vi_VN", "yo_NG", "zh_CN", "zu_ZA"]
)  # fmt: skip
SPOKEN_WIDELY = ("en", "de", "fr", "es", "it", "nl", "pt")
WORD = re.compile(r"[^\W\d_][\w'’\u0300-\u036f\u0900-\u0fff\u200c-]*")


def main() -> None:
    borne = Counter(_words("first_name"))
    given = {name for name, countries in borne.items() if countries >= WIDELY or name not in PLACES}
    _write("given_names", FAKER, map(without_accents, given))
    sounds = {sound(anyascii(name)) for name in given if _script(name) in SPOKEN}
    _write("given_sounds", FAKER, sounds | {sound(name) for name in given if _script(name) == "LATIN"})
    _write("surnames", FAKER, map(without_accents, _words("last_name")))
    _write("telling_surnames", FAKER, map(without_accents, _telling_surnames()))
    _write("joining_words", CLDR, _joining_words())
    _write("countries", CLDR, _countries())
    _write("cities", CLDR, _cities(map(without_accents, given)))
    _write("months", CLDR, _months())


def _words(kind: str) -> Iterator[str]:
    """The words of names that Faker keeps under attributes of this kind, in small letters, once for each country."""
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        yield from _words_of(module.name, kind)


def _words_of(country: str, kind: str) -> Iterator[str]:
    provider = importlib.import_module(f"faker.providers.person.{country}").Provider
    words: set[str] = set()
    for attribute, value in vars(provider).items():
        if attribute.startswith(kind) and not attribute.endswith("pairs"):
            names = value if isinstance(value, list | tuple | set | dict) else ()
            # Of “Anna Maria” and “تاج الدّين”, the word that begins it.
            words |= {unicodedata.normalize("NFC", name.casefold()).split()[0] for name in names}
    yield from (word for word in words if WORD.fullmatch(word) and (len(word) > 1 or not word.isascii()))


def _telling_surnames() -> Iterator[str]:
    """Surnames of `TELLING` that are borne in no language spoken widely, and are no words that Faker's texts are made of."""
    telling: set[str] = set()
    elsewhere: set[str] = set()
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        words = set(_words_of(module.name, "last_name")) | set(_words_of(module.name, "last_romanized"))
        if module.name in TELLING:
            shortest = 4 if module.name == "zh_CN" else 5  # Date and Mall are Indian surnames too.
            telling |= {word for word in words if len(word) >= shortest or not word.isascii()}
        elif module.name[:2] in SPOKEN_WIDELY:
            elsewhere |= words
    for module in pkgutil.iter_modules(faker.providers.lorem.__path__):
        elsewhere |= {
            word.casefold()
            for word in importlib.import_module(f"faker.providers.lorem.{module.name}").Provider.word_list
        }
    yield from telling - elsewhere


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
            if (
                len(name) > 2
                and "(" not in name
                and not any(map(str.isdigit, name))
                and without_accents(name) not in names
            ):
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
