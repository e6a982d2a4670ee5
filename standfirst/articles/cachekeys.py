"""Surrogate keys of articles."""


def article(pk: int) -> str:
    """An article as lists show it: headline, standfirst, names, date, section."""
    return f"article:{pk}"


def picture(pk: int) -> str:
    """The picture beside an article, in lists that have pictures."""
    return f"article:{pk}:picture"
