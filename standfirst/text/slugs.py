"""Slugs: the part of an address that stands for a name. Made once, never derived again, without meaning."""

import re
import unicodedata

from anyascii import anyascii

MAX_LENGTH = 100
APOSTROPHES = re.compile("['’ʼ‘`´]")
NOT_SLUG = re.compile(r"[^a-z0-9]+")


def slug_for(name: str, fallback: str = "item") -> str:
    """A slug for a name in any script: `a-z`, `0-9` and `-`, at most 100 characters, never empty.

    Other scripts are transliterated, apostrophes drop out (`O'Neill` gives `oneill`), everything else that
    is no letter or digit separates words. A name without any gives `fallback`.
    """
    ascii_name = anyascii(unicodedata.normalize("NFC", name)).lower()
    slug = NOT_SLUG.sub("-", APOSTROPHES.sub("", ascii_name)).strip("-")
    return _shortened(slug, MAX_LENGTH) or fallback


def numbered_slug(slug: str, number: int) -> str:
    """The slug with a number behind it, still within 100 characters: `ada-quill-2`."""
    ending = f"-{number}"
    return _shortened(slug, MAX_LENGTH - len(ending)) + ending


def _shortened(slug: str, length: int) -> str:
    if len(slug) <= length:
        return slug
    # Cut between words if that keeps most of it.
    cut = slug[:length]
    words = cut.rpartition("-")[0] if slug[length] != "-" else cut
    return (words if len(words) > length // 2 else cut).strip("-")
