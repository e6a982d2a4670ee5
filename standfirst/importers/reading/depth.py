"""HTML whose elements stand within each other without end, made shallow before a parser sees it.

libxml2 reads to a depth of 2,048 and drops what lies deeper, words and all.
"""

import re

DEEPEST = 200
# With fewer tags no text comes near the parser's end.
_FEW = 2_000
_TAG = re.compile(r"<(!--|/?)([a-zA-Z][^\s/>]*)?(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>?")
# No tag is in these.
_ENDS = {"!--": "-->", "script": "</script", "style": "</style", "textarea": "</textarea", "title": "</title"}
_EMPTY = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
# Ended by the next of their kind, so that a long row of them is not deep.
_ENDED_BY_THE_NEXT = frozenset(["p", "li", "dt", "dd", "tr", "td", "th", "option", "tbody"])


def shallow(html: str) -> str:
    """The same HTML without the tags, but with the words, of what lies deeper than anybody writes."""
    if html.count("<") < _FEW:
        return html
    lower = html.lower()
    open_tags: list[str] = []
    out: list[str] = []
    done = position = 0
    while (start := html.find("<", position)) >= 0 and (tag := _TAG.match(html, start)):
        position = tag.end()
        name = (tag[2] or "").lower()
        if end := _ENDS.get(tag[1] or name):
            position = lower.find(end, start + 4)
            if position < 0:
                break
        elif name and name not in _EMPTY and not tag[0].endswith("/>"):
            is_dropped = len(open_tags) > DEEPEST
            if tag[1]:
                is_dropped &= _close(open_tags, name)
            else:
                if open_tags and open_tags[-1] == name and name in _ENDED_BY_THE_NEXT:
                    open_tags.pop()
                open_tags.append(name)
                is_dropped = len(open_tags) > DEEPEST
            if is_dropped:
                out += [html[done:start], " "]
                done = position
    return "".join([*out, html[done:]]) if out else html


def _close(open_tags: list[str], name: str) -> bool:
    """Ends the nearest open element of a name, and what was left open in it; says whether there is one near."""
    for back in range(1, min(len(open_tags), 50) + 1):
        if open_tags[-back] == name:
            del open_tags[-back:]
            return True
    return False
