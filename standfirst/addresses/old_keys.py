"""How WordPress addresses a thing on its front page. Pure Python: the settings name them too."""

import re
from collections.abc import Mapping

# https://developer.wordpress.org/reference/classes/wp/#public_query_vars
OLD_KEYS = frozenset({"p", "page_id", "attachment_id", "author", "cat", "tag", "feed", "m"})

_NUMBER = re.compile(r"[0-9]+", re.ASCII)
# What each key is followed by when it names a thing: what has another form, such as the `m=1` that Blogger puts behind
# every address for a telephone, names none, and the front page is what was asked for.
_NAMES = dict.fromkeys(("p", "page_id", "attachment_id", "author", "cat"), _NUMBER) | {
    "tag": re.compile(r".+"),
    "m": re.compile(r"[0-9]{4}(?:[0-9]{2}){0,5}", re.ASCII),  # a year, a month, a day …
    # https://developer.wordpress.org/reference/classes/wp_rewrite/#properties ($feeds)
    "feed": re.compile(r"feed|rdf|rss|rss2|atom|comments-.+", re.ASCII),
}


def names_a_thing(query: Mapping[str, str]) -> bool:
    """Whether a query asks the front page for one thing of the old system, there or not."""
    return any(key in query and pattern.fullmatch(query[key]) for key, pattern in _NAMES.items())
