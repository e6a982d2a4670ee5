"""Surrogate keys of articles."""

import hashlib

# Which months have anything, and when something in each appeared or was changed in substance.
MONTHS = "articles:months"


def month(year: int, number: int) -> str:
    """The articles that appeared in a month, as crawlers are told of them: address, picture, last change in substance."""
    return f"articles:{year:04d}-{number:02d}"


def article(pk: int) -> str:
    """An article as lists show it: headline, standfirst, names, date, section."""
    return f"article:{pk}"


def picture(pk: int) -> str:
    """The picture beside an article, in lists that have pictures."""
    return f"article:{pk}:picture"


def reading_on(pk: int) -> str:
    """What an article's page leads on to: others by the same contributors. It is no part of the article."""
    return f"article:{pk}:more"


def in_tree(slug: str) -> str:
    """Which public article, if any, is meant by a slug, as in the addresses that Wagtail's tree would give it."""
    return f"article-slug:{hashlib.blake2b(slug.encode(), digest_size=9).hexdigest()}"
