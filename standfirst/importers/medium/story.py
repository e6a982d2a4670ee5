"""Reads the file of one story: an `h-entry` (https://microformats.org/wiki/h-entry) with Medium's own marks in its text.

The text says the headline and the subtitle again, as its first elements, and where an author wrote no subtitle the export has
the beginning of the text for one.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from standfirst.importers.reading.addresses import old_path
from standfirst.importers.reading.documents import Node, classes, read_document, remove, words
from standfirst.importers.reading.moments import stated_moment

_NUMBER = re.compile(r"(?:\A|[-_/])([0-9a-f]{8,14})\Z")
_CUT = ("…", "...")


@dataclass(frozen=True, slots=True)
class Story:
    """A story as its file says it."""

    number: str  # Medium's own id
    title: str
    content: str  # HTML, without what is said above it
    standfirst: str = ""
    author: str = ""
    profile: str = ""  # the address of its author's
    published: datetime | None = None
    canonical: str = ""
    address: str = ""  # at medium.com, by its id alone

    @property
    def was_public(self) -> bool:
        """Whether it says that it was published, and where."""
        return self.published is not None and bool(self.canonical or self.address)


def read_story(content: bytes, stem: str, own: Collection[str] = ()) -> Story:
    """Reads a story; `stem` is the name of its file without the ending. Raises Unreadable for what is none.

    `own` are addresses of stories of the same account: links to them become paths.
    """
    root = read_document(content).root
    body = _part(root, "body")
    title = words(_of_class(root, "h1", "p-name")) or words(next(root.iter("title"), None))
    subtitle = words(_part(root, "subtitle"))
    said = _without_what_is_above(body, title, subtitle) if body is not None else ()
    for link in body.iter("a") if body is not None and own else ():
        href = (link.get("href") or "").partition("?")[0].partition("#")[0]
        if href in own:
            link.set("href", old_path(href))
    author = _of_class(root, "a", "p-author")
    moment = _of_class(root, "time", "dt-published")
    place = (
        next((link.get("href") or "" for link in moment.iterancestors("a")), "") if moment is not None else ""
    )
    number = _NUMBER.search(stem) or _NUMBER.search(place)
    return Story(
        number=number[1] if number else stem,
        title=title,
        content=_html(body) if body is not None else "",
        standfirst="" if _is_beginning(subtitle, said) else subtitle,
        author=words(author),
        profile=(author.get("href") or "") if author is not None else "",
        published=stated_moment(moment.get("datetime") or "", UTC) if moment is not None else None,
        canonical=_address(_of_class(root, "a", "p-canonical")),
        address=place,
    )


def read_profile(content: bytes) -> tuple[str, str]:
    """The name and address of the account a profile is of; nothing else of it is kept."""
    root = read_document(content).root
    return words(_of_class(root, "h3", "p-name")), _address(_of_class(root, "a", "u-url"))


def _part(root: Node, field: str) -> Node | None:
    return next((part for part in root.iter("section") if part.get("data-field") == field), None)


def _of_class(root: Node, tag: str, name: str) -> Node | None:
    return next((node for node in root.iter(tag) if name in classes(node)), None)


def _address(link: Node | None) -> str:
    href = (link.get("href") or "") if link is not None else ""
    return href if href.startswith(("http://", "https://")) else ""


def _without_what_is_above(body: Node, title: str, subtitle: str) -> tuple[str, ...]:
    """Takes the headline, the subtitle and the first line between sections out of a text; returns its first paragraphs."""
    for line in list(body.iter("div"))[:1]:
        if "section-divider" in classes(line):
            remove(line)
    paragraphs: list[str] = []
    for part in list(body.iter("h2", "h3", "h4", "p", "blockquote")):
        said = words(part)
        if not said:
            continue
        names = classes(part)
        if (
            part.tag != "p"
            and not paragraphs
            and (
                ("graf--title" in names and _alike(said, title))
                or _alike(said, title)
                or _alike(said, subtitle)
            )
        ):
            remove(part)
            continue
        paragraphs.append(said)
        if len(paragraphs) == 3:
            break
    return tuple(paragraphs)


def _alike(one: str, other: str) -> bool:
    return bool(other) and (one == other or _is_beginning(other, (one,)))


def _is_beginning(subtitle: str, said: tuple[str, ...]) -> bool:
    """Whether a subtitle is only the beginning of what is said, cut where there was no more room."""
    for sign in _CUT:
        if subtitle.endswith(sign) and any(
            text.startswith(subtitle.removesuffix(sign).rstrip()) for text in said
        ):
            return True
    return bool(subtitle) and subtitle in said


def _html(body: Node) -> str:
    return "".join(str(etree.tostring(child, encoding="unicode", method="html")) for child in body)
