"""Parses a small XML document whole, with nothing in it expanded or fetched, and nothing about it guessed; and what is read of one."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from html import escape
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from lxml import etree

from standfirst.importers.reading.documents import LARGEST
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.members import Member, read_each
from standfirst.importers.reading.mending import DocumentTypeDeclared, Mending, mended_chunks
from standfirst.importers.reading.plain import ParsedArticle, Record
from standfirst.importers.reading.records import LeftBehind, Refused

Node: TypeAlias = Any  # an lxml element
_DEEPEST = 60


class Broken(Exception):
    """A document that cannot be read; the message says why."""


def parsed(member: Member) -> Node:
    """The root of a document. A document type is dropped unread. Raises Broken for what is not well-formed, or out of bounds."""
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
    )
    size = 0
    try:
        with member.open() as source:
            for chunk, _ in mended_chunks(source, Mending(is_needed=True), drops_doctype=True):
                size += len(chunk)
                if size > LARGEST:
                    raise Broken("is larger than any article (over 12 MB)")
                parser.feed(chunk)
        return parser.close()
    except etree.XMLSyntaxError as error:
        raise Broken(f"is broken XML, at line {error.lineno or 1:,}") from error
    except DocumentTypeDeclared as error:
        raise Broken("declares a document type in an odd place") from error


def name_of(node: Node) -> str:
    """An element's name without its namespace."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def first(node: Node, name: str) -> Node | None:
    """The first element of a name in an element, however deep, or that itself."""
    return next((child for child in node.iter() if name_of(child) == name), None)


def html_inside(node: Node, html_of: Callable[[Node, int], str], depth: int) -> str:
    """What is inside an element as HTML, `html_of` each element in it; no word is lost, however deep it lies."""
    if depth > _DEEPEST:
        return escape(" ".join(node.itertext()), quote=False)
    parts = [escape(node.text or "", quote=False)]
    for child in node:
        parts += [html_of(child, depth + 1), escape(child.tail or "", quote=False)]
    return "".join(parts)


def beside(member: Member, source: str) -> str:
    """The place of a file that a document names: an address, or a path from the top of the archive."""
    if not source or "://" in source or source.startswith("/"):
        return source
    return (PurePosixPath(member.name).parent / source).as_posix()


def records_of(
    documents: list[Member],
    articles: Callable[[Member], Iterable[ParsedArticle]],
    on_bytes: Callable[[int], None] | None,
) -> Iterator[Record]:
    """What the articles of documents come to, each document read inside a fence; one that is broken is left behind."""

    def read(member: Member) -> list[Record]:
        try:
            return list(articles(member))
        except Broken as why:
            return [LeftBehind("other", f"a file that {why}", 1, (member.name,))]

    for member in read_each(documents, on_bytes):
        found = fenced(partial(read, member), kind="articles", record=member.name)
        yield from [found] if isinstance(found, Refused) else found


def words_of(node: Node, without: tuple[str, ...] = ()) -> str:
    """The words of an element in one line, less those of some elements in it."""
    parts: list[str] = []

    def walk(inner: Node) -> None:  # no deeper than the parser, which takes 256 elements within each other
        if name_of(inner) in without:
            return
        parts.append(inner.text or "")
        for child in inner:
            walk(child)
            parts.append(child.tail or "")

    walk(node)
    return " ".join("".join(parts).split())
