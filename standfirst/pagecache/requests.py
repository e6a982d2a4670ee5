"""Which page a request asks for. Pure Python: asked before Django is entered, and again inside it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

LONGEST_PATH = 1000
# Where an old address leads may depend on its query, and whether it leads anywhere: with one, such an answer is neither
# kept nor taken from what is kept.
BY_QUERY = frozenset({301, 404})
# In a request's environment once its page was rendered: it is of a kind that is kept, and whether it was.
KEPT = "standfirst.kept"
# There as well, if it is no page but says where one is, or that there is none: for the front door to keep.
SIGNPOST = "standfirst.signpost"

# The parameters that make another page of an address. Whatever else stands in a query (utm_source, fbclid, …)
# makes none, and is not looked at.
Counted = Mapping[str, frozenset[str]]


def page_asked_for(environ: Mapping[str, Any], counted: Counted) -> str:
    """The path, with the parameters that count in one order; "" if no page may be kept for such a request.

    `environ` is a WSGI environment (PEP 3333), or Django's `request.META`, which is one.
    """
    path: str = environ["PATH_INFO"]
    if len(path) > LONGEST_PATH or "\0" in path:
        return ""
    query = environ.get("QUERY_STRING")
    if not query or path not in counted:
        return path
    names = counted[path]
    pairs = sorted(pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] in names)
    asked = f"{path}?{urlencode(pairs)}" if pairs else path
    return asked if len(asked) <= LONGEST_PATH else ""
