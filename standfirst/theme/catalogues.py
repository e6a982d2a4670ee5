"""Whether the words of the interface that a publication brings along (gettext's `.mo` files) can be used.

It is asked before there are settings.
"""

import gettext
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from django.utils.translation import to_locale

_PLACES = re.compile(r"%\((\w+)\)[-#0 +]*\d*(?:\.\d+)?[sdifr]")


def broken_catalogues(folder: Path) -> Mapping[Path, str]:
    """What is wrong with each catalogue below a folder that can't be used, or that would break the page it is used on."""
    return {path: said for path in sorted(folder.glob("*/LC_MESSAGES/*.mo")) if (said := _wrong(path))}


def shipped_catalogues(packages: Iterable[str]) -> Iterator[Path]:
    """The folders in which these packages keep their words, as Django looks for them."""
    for package in packages:
        spec = find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            yield Path(folder, "locale")


def words_of(language: str, folders: Iterable[Path]) -> str:
    """The language to take the words of the interface from: this one if any of these folders has it, else English.

    Django does not start in a language that nobody has translated it into.
    """
    locale = to_locale(language)
    has_it = any(gettext.find("django", folder, [locale]) for folder in folders)
    return language if has_it else "en"


def _wrong(path: Path) -> str:
    try:
        with path.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)
    except OSError as error:
        return error.strerror or "it is no catalogue"
    except Exception:  # Damaged bytes fail in as many ways as there are.
        return "it is damaged"
    for message, translation in getattr(catalogue, "_catalog", {}).items():
        message = message[0] if isinstance(message, tuple) else message
        if message and not _can_be_filled_in(translation, message):
            return f"the words for “{message}” can't be filled in"
    return ""


def _can_be_filled_in(translation: str, message: str) -> bool:
    """Whether a translation asks for no more than its message gives."""
    names = set(_PLACES.findall(message))
    if not names:
        return True
    try:
        translation % defaultdict(int, dict.fromkeys(names, 1))
    except (ValueError, TypeError, KeyError):
        return False
    return set(_PLACES.findall(translation)) <= {*names, "num"}
