"""Whether a word is somebody's given name, as far as a list of English ones can tell."""

from functools import lru_cache


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    # Read on first use: most bylines never ask.
    from nicknames import name_triplets

    return frozenset(
        name.casefold() for triplet in name_triplets() for name in (triplet.name1, triplet.name2) if name
    )


def is_given_name(word: str) -> bool:
    """True for a known English given name or nickname. False says nothing: most of the world's are not listed."""
    return word.casefold() in _given_names()
