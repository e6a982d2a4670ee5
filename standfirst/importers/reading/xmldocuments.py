"""Parses a small XML document whole, with nothing in it expanded or fetched, and nothing about it guessed."""

from typing import Any, TypeAlias

from lxml import etree

from standfirst.importers.reading.documents import LARGEST
from standfirst.importers.reading.members import Member
from standfirst.importers.reading.mending import DocumentTypeDeclared, Mending, mended_chunks

Node: TypeAlias = Any  # an lxml element


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
