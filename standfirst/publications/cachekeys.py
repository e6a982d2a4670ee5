"""Surrogate keys of the publication's parts. The publication itself is on every page: `pagecache.keys.EVERYTHING`."""

from .models import Section, Topic

# The front page: what it shows of which sections.
FRONT = "front"
# Which sections, and which topics, have anything public.
SECTIONS = "sections"
TOPICS = "topics"
# Which sections and topics there are, and where; and which pages of the publication's own.
SHELVES = "shelves"
PAGES = "pages"


def section(pk: int) -> str:
    """A section as others link to it: its name and address."""
    return f"section:{pk}"


def topic(pk: int) -> str:
    """A topic as others link to it: its name and address."""
    return f"topic:{pk}"


def shelf_key(shelf: Section | Topic) -> str:
    """Whichever of the two it is."""
    return section(shelf.pk) if isinstance(shelf, Section) else topic(shelf.pk)


def shelf_page(key: str) -> str:
    """All that the own page of a section or topic (by its key) says of it."""
    return f"{key}:page"
