"""A Ghost site's tags, as the rules for sections and topics take them.

Ghost has tags alone, in an order: the first public one of a post is its primary tag, and stands in the place of a section.
Internal tags (`#like-this`) were for the theme: nothing public is made of them.
"""

from html import escape

from standfirst.importers.ghost.addresses import Addresses
from standfirst.importers.ghost.reader import Survey
from standfirst.importers.ghost.rows import GhostPost
from standfirst.importers.reading.records import DraftTerm
from standfirst.importers.reading.sections import Categories, SectionRule


def categories_in(found: Survey) -> Categories:
    """The public tags, counted by how many articles each is the primary one of."""
    names = {tag.slug: tag.name for tag in found.tags.values() if not tag.is_internal}
    return Categories(source=found.path.name, uses=found.primary, names=names)


def shelve(
    post: GhostPost, rule: SectionRule, categories: Categories, found: Survey
) -> tuple[str, tuple[str, ...]]:
    """The keys of an article's section ("" for none) and of its topics."""
    slugs = [tag.slug for tag in found.tags_of(post) if not tag.is_internal]
    section, topics = rule.shelve(slugs, categories, has_primary=True)
    return _key(section), tuple(map(_key, topics))


def draft_term(key: str, found: Survey, addresses: Addresses) -> DraftTerm:
    """The section or topic a tag becomes, with the addresses it had."""
    slug = key.partition(":")[2]
    tag = next((tag for tag in found.tags.values() if tag.slug == slug), None)
    return DraftTerm(
        key,
        tag.name if tag else slug,
        slug,
        f"<p>{escape(tag.description, quote=False)}</p>" if tag and tag.description else "",
        tuple(addresses.of_tag(slug)),
    )


def _key(shelf: str) -> str:
    """Ghost calls everything a tag, and so does the report."""
    return f"tag:{shelf.partition(':')[2]}" if shelf else ""
