"""What the forms of a word have in common, by the Snowball algorithm of its language."""

import threading
from collections.abc import Callable

import snowballstemmer

from standfirst.text.tokens import stream

# By the language's code; the others have none here, and each of their words is its own stem.
ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}

_of_thread = threading.local()


def stem_of(word: str, language: str) -> str:
    """The stem of a word as it is written, in a language such as `en` or `pt-br`; as a token.

    Where marks are left off in writing some algorithms find another stem: ask with the word as it was written.
    """
    algorithm = ALGORITHMS.get(language.lower().partition("-")[0])
    stemmed = _stemmer(algorithm)(word.lower()) if algorithm else word
    return stream(stemmed) or stream(word)


def _stemmer(algorithm: str) -> Callable[[str], str]:
    """Snowball's. It works in an object of its own, which threads cannot share."""
    try:
        stemmers: dict[str, Callable[[str], str]] = _of_thread.stemmers
    except AttributeError:
        stemmers = _of_thread.stemmers = {}
    if algorithm not in stemmers:
        stemmers[algorithm] = snowballstemmer.stemmer(algorithm).stemWord
    return stemmers[algorithm]
